"""Languages as other programs write them: tags of BCP 47, or names in English."""

from __future__ import annotations

import re

# The names that babel has, by tag.
NAMES = {"en": "english", "de": "german", "fr": "french", "it": "italian", "es": "spanish", "pt": "portuguese", "nl": "dutch",
         "pl": "polish", "ru": "russian", "la": "latin", "cs": "czech", "sv": "swedish", "da": "danish", "fi": "finnish",
         "hu": "hungarian", "el": "greek", "tr": "turkish", "uk": "ukrainian", "bg": "bulgarian", "ca": "catalan"}  # fmt: skip
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*(-x(-[A-Za-z0-9]{1,8})+)?|[xi](-[A-Za-z0-9]{1,8})+")
BY_NAME = {name: tag for tag, name in NAMES.items()}


def tag_of(said: str) -> str:
    """The tag of a language, "" where what is said is none.

    >>> tag_of("English"), tag_of("en_US"), tag_of("ru-Latn"), tag_of("eng; ger")
    ('en', 'en-US', 'ru-Latn', '')
    """
    tag = said.strip().replace("_", "-")
    return BY_NAME.get(said.strip().lower(), tag if TAG.fullmatch(tag) else "")
