"""RELAX NG (OASIS Committee Specification of 3 December 2001), read and matched in Python alone.

grammar = Grammar.read("tei_all.rng")
for diagnostic in grammar.validate(Source.read("tyger.xml")):
    print(diagnostic)
"""

from teiwright.relaxng.grammar import Grammar

__all__ = ["Grammar"]
