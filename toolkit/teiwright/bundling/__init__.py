"""One self-contained file of an edition that is spread over several, and the way back.

``gathering`` puts together, ``parting`` gives the parts back.
"""
