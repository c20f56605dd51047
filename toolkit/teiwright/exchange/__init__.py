"""What leaves a TEI document as data for other programs.

``contract`` says what a format gets and gives, ``formats`` which formats there are, ``mapping`` how a format's table of
what goes where is written. What makes each stands in a room of its own: bibliography/, registers/, linked/, dts/,
archive/, corpora/.
"""
