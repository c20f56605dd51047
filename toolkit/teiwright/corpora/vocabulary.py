"""What elements of TEI mean to a running text: tables, and nothing else."""

from __future__ import annotations

from teiwright.names import tei


def _named(names: str) -> frozenset[str]:
    return frozenset(map(tei, names.split()))


TEXT = tei("text")
NOTE = tei("note")
CHOICE = tei("choice")
APPARATUS = tei("app")
# An empty line stands before and behind them.
DIVISIONS = _named("body front back group text floatingText div div1 div2 div3 div4 div5 div6 div7 titlePage")
# A line each; sentences end with them.
BLOCKS = DIVISIONS | _named(
    """p ab head lg item row cell sp speaker castItem castGroup castList titlePart docTitle docAuthor docImprint docDate
    docEdition byline imprimatur opener closer trailer salute signed dateline postscript epigraph argument list listBibl
    listPerson listPlace listOrg listEvent listNym listObject person personGrp place org event nym object biblStruct
    biblFull msDesc msPart msItem entry entryFree superEntry figure table addrLine address set prologue epilogue
    performance view camera tech caption sound eg ab u annotationBlock spGrp incident kinesic vocal writing noteGrp
    relation listRelation linkGrp"""
)
LINE = tei("l")  # a line each, which ends no sentence
# Blocks where they stand between blocks, part of a line where they stand in one.
SOMETIMES = _named("stage quote cit q said bibl label note formula seg graphic desc")
CONTAINERS = (
    DIVISIONS
    | _named(
        "lg sp list item cit quote epigraph argument figure opener closer postscript set prologue epilogue castList"
    )
) - {TEXT}
BREAKS = _named("lb pb cb gb milestone")  # part words, unless @break says no (Guidelines #att.breaking)
UNBROKEN = "no"
# What is said about a text, and what pages repeat: no part of the text that runs on.
APART = _named(
    """fw metamark figDesc index certainty precision respons listAnnotation annotation spanGrp span linkGrp link interpGrp
    interp altGrp alt joinGrp join timeline fs fLib fvLib teiHeader facsimile standOff sourceDoc xenoData egXML"""
)
# A choice of two readings: which elements each of them takes first, and which it never takes.
PREFERRED = {"corrected": ("corr", "reg", "expan"), "transcribed": ("sic", "orig", "abbr")}
LEFT_OUT = {"corrected": _named("del surplus am"), "transcribed": _named("del supplied ex")}
# A note inside of them belongs to what they say.
RECORDS = _named(
    """bibl biblStruct biblFull msDesc msItem person personGrp place org event nym object entry entryFree relation
    respStmt category"""
)
TOKENS = _named("w pc")
WORD = tei("w")
SENTENCE = tei("s")
ABBREVIATION = tei("abbr")
# What an export gives as annotations unless it is told otherwise: names, dates, measures, and their like.
ANNOTATIONS = tuple(
    """persName placeName orgName geogName objectName eventName name rs country region settlement district bloc date
    time num measure term foreign title""".split()
)
