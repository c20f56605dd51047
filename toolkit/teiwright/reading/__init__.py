"""Formats to read that are made of the page: text, Markdown, the structure as JSON, and which character comes from where.

Page         page.py       what html.xsl makes of a document, as a tree
Block, Run   content.py    its blocks and what runs on in them, freed of HTML
walk.py      the one way from elements of the page to blocks
text.py, markdown.py, structure.py   blocks to characters
offsets.py   which text of the document each range of characters comes from
formats.py   all of it behind one function
"""
