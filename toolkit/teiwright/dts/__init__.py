"""Distributed Text Services 1.0: collections, citable units and passages of TEI documents for programs that ask for them
over the web (https://dtsapi.org/versions/v1.0).

CiteStructure   structures.py   how a document is cited, as its header declares it (patterns.py: as it declares it for CTS)
resolving.py    which elements that means, found by Saxon; scheme.py: the scheme of documents that declare none
Anatomy         anatomy.py      where each element begins and ends, so that a passage is cut from the bytes
Tree, Unit      units.py        citable units in order: siblings, descendants, ranges
Volume          volume.py       one document with its trees; Card, card.py: what its header says
Catalogue       catalogue.py    collections and their members; Shelf, shelf.py: all of it, followed while files change
Answers         answers.py      what each endpoint answers; objects.py: the JSON-LD of it
application.py, server.py       the same over HTTP; static.py, export.py: as files for any web server
"""
