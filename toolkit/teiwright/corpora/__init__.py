"""Texts of documents for the tools of corpus linguists, with the way back to the characters of the TEI file.

``reading`` makes the running text of a document, character by character; ``sentences`` parts it; ``conllu``, ``folder``,
``standoff`` and ``docbin`` are the formats that are made of it.
"""
