"""Zotero's words for kinds of works, which its RDF and its MODS bear, and CSL's types for them."""

from __future__ import annotations

ZOTERO = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine", "newspaperArticle": "article-newspaper", "book": "book", "bookSection": "chapter",
    "conferencePaper": "paper-conference", "thesis": "thesis", "report": "report", "webpage": "webpage", "manuscript": "manuscript", "document": "document",
    "encyclopediaArticle": "entry-encyclopedia", "dictionaryEntry": "entry-dictionary", "blogPost": "post-weblog", "forumPost": "post", "letter": "personal_communication",
    "interview": "interview", "presentation": "speech", "film": "motion_picture", "artwork": "graphic", "audioRecording": "song", "tvBroadcast": "broadcast",
    "computerProgram": "software", "dataset": "dataset", "standard": "standard", "map": "map", "patent": "patent", "case": "legal_case", "statute": "legislation", "bill": "bill",
    "hearing": "hearing", "preprint": "article", "email": "personal_communication", "videoRecording": "motion_picture", "radioBroadcast": "broadcast", "podcast": "song",
    "instantMessage": "personal_communication",
}  # fmt: skip
NEAREST = {"periodical": "book", "pamphlet": "book", "classic": "book", "collection": "book", "entry": "encyclopediaArticle", "review": "journalArticle",
           "review-book": "journalArticle", "musical_score": "book", "treaty": "statute", "regulation": "statute", "performance": "presentation",
           "figure": "artwork", "event": "document"}  # fmt: skip


def of_zotero(word: str) -> str:
    """CSL's type for a word of Zotero's; "" for none."""
    return ZOTERO.get(word, "")


def zotero_of(kind: str) -> str:
    """Zotero's word for a type of CSL; "" for none.

    >>> zotero_of("chapter"), zotero_of("periodical"), of_zotero("letter")
    ('bookSection', 'book', 'personal_communication')
    """
    return NEAREST.get(kind) or next((word for word, there in ZOTERO.items() if there == kind), "")
