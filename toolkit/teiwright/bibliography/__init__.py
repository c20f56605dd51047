"""Bibliographies: the works that TEI documents describe or cite, out to what other programs read, and back.

There is one model, items of CSL-JSON (``item``). ``collection`` gets them from documents, by the stylesheet that reads TEI
records; ``csl``, ``bibtex``, ``biblatex``, ``ris``, ``mods`` and ``zotero_rdf`` write and read them, ``formatted`` prints
them in a style. ``importing`` knows what a file is, ``record`` makes TEI of an item, ``joining`` puts it into an edition.
"""
