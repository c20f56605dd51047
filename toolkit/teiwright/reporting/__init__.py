"""How findings are told: to people on a terminal, and to machines in the formats they read.

    text        one line for each finding that an editor can jump to, below it the line of the source
    structured  JSON, for programs of one's own
    sarif       SARIF 2.1.0, for code scanning
    junit       JUnit XML, for test dashboards
    github      workflow commands, which GitHub shows beside the lines of a change

All take an ``Account`` (``account.py``): the reports, what could not be checked, what was accepted. Nothing that a
document, a schema or a file's name holds can break a format, or steer a terminal.
"""
