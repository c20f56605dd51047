"""Persons, places, bodies, events and works, where texts name them and when things were, as data for other programs.

``collection`` reads documents once, for all formats: ``records`` what they record, ``mentions`` what their texts name,
``relations`` what ties both, ``moments`` what is dated. Each format is a module of its own.
"""
