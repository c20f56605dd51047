"""What archives and libraries ask of a document: ``description`` reads its header once, a module for each format says it
in that format's words.
"""
