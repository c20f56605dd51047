"""Linked data: documents, what they record and what their texts name, as RDF of one profile (docs/exchange/linked-data.md).

``vocabulary`` has the terms, ``document``, ``records``, ``annotations`` and ``taxonomies`` each make triples of one matter,
``graph`` all of them. ``shapes.ttl`` says in SHACL what every export is like.
"""
