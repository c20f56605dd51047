"""Characters of XML names and Unicode blocks, as W3C XML Schema 1.0 knows them.

XML Schema 1.0 (part 2, appendix F) and RELAX NG (section 3) build on the names of XML 1.0 before its fifth
edition; expat and jing do too. The ranges below are what expat accepts beyond ASCII.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

# Ranges in hexadecimal, beyond ASCII: what may begin a name, and what may only follow.
BEGINNERS = """
    C0-D6 D8-F6 F8-131 134-13E 141-148 14A-17E 180-1C3 1CD-1F0 1F4-1F5 1FA-217 250-2A8 2BB-2C1 386 388-38A 38C
    38E-3A1 3A3-3CE 3D0-3D6 3DA 3DC 3DE 3E0 3E2-3F3 401-40C 40E-44F 451-45C 45E-481 490-4C4 4C7-4C8 4CB-4CC 4D0-4EB
    4EE-4F5 4F8-4F9 531-556 559 561-586 5D0-5EA 5F0-5F2 621-63A 641-64A 671-6B7 6BA-6BE 6C0-6CE 6D0-6D3 6D5 6E5-6E6
    905-939 93D 958-961 985-98C 98F-990 993-9A8 9AA-9B0 9B2 9B6-9B9 9DC-9DD 9DF-9E1 9F0-9F1 A05-A0A A0F-A10 A13-A28
    A2A-A30 A32-A33 A35-A36 A38-A39 A59-A5C A5E A72-A74 A85-A8B A8D A8F-A91 A93-AA8 AAA-AB0 AB2-AB3 AB5-AB9 ABD AE0
    B05-B0C B0F-B10 B13-B28 B2A-B30 B32-B33 B36-B39 B3D B5C-B5D B5F-B61 B85-B8A B8E-B90 B92-B95 B99-B9A B9C B9E-B9F
    BA3-BA4 BA8-BAA BAE-BB5 BB7-BB9 C05-C0C C0E-C10 C12-C28 C2A-C33 C35-C39 C60-C61 C85-C8C C8E-C90 C92-CA8 CAA-CB3
    CB5-CB9 CDE CE0-CE1 D05-D0C D0E-D10 D12-D28 D2A-D39 D60-D61 E01-E2E E30 E32-E33 E40-E45 E81-E82 E84 E87-E88 E8A
    E8D E94-E97 E99-E9F EA1-EA3 EA5 EA7 EAA-EAB EAD-EAE EB0 EB2-EB3 EBD EC0-EC4 F40-F47 F49-F69 10A0-10C5 10D0-10F6
    1100 1102-1103 1105-1107 1109 110B-110C 110E-1112 113C 113E 1140 114C 114E 1150 1154-1155 1159 115F-1161 1163
    1165 1167 1169 116D-116E 1172-1173 1175 119E 11A8 11AB 11AE-11AF 11B7-11B8 11BA 11BC-11C2 11EB 11F0 11F9
    1E00-1E9B 1EA0-1EF9 1F00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4
    1FB6-1FBC 1FBE 1FC2-1FC4 1FC6-1FCC 1FD0-1FD3 1FD6-1FDB 1FE0-1FEC 1FF2-1FF4 1FF6-1FFC 2126 212A-212B 212E
    2180-2182 3007 3021-3029 3041-3094 30A1-30FA 3105-312C 4E00-9FA5 AC00-D7A3
"""
FOLLOWERS = """
    B7 2D0-2D1 300-345 360-361 387 483-486 591-5A1 5A3-5B9 5BB-5BD 5BF 5C1-5C2 5C4 640 64B-652 660-669 670 6D6-6E4
    6E7-6E8 6EA-6ED 6F0-6F9 901-903 93C 93E-94D 951-954 962-963 966-96F 981-983 9BC 9BE-9C4 9C7-9C8 9CB-9CD 9D7
    9E2-9E3 9E6-9EF A02 A3C A3E-A42 A47-A48 A4B-A4D A66-A71 A81-A83 ABC ABE-AC5 AC7-AC9 ACB-ACD AE6-AEF B01-B03 B3C
    B3E-B43 B47-B48 B4B-B4D B56-B57 B66-B6F B82-B83 BBE-BC2 BC6-BC8 BCA-BCD BD7 BE7-BEF C01-C03 C3E-C44 C46-C48
    C4A-C4D C55-C56 C66-C6F C82-C83 CBE-CC4 CC6-CC8 CCA-CCD CD5-CD6 CE6-CEF D02-D03 D3E-D43 D46-D48 D4A-D4D D57
    D66-D6F E31 E34-E3A E46-E4E E50-E59 EB1 EB4-EB9 EBB-EBC EC6 EC8-ECD ED0-ED9 F18-F19 F20-F29 F35 F37 F39 F3E-F3F
    F71-F84 F86-F8B F90-F95 F97 F99-FAD FB1-FB7 FB9 20D0-20DC 20E1 3005 302A-302F 3031-3035 3099-309A 309D-309E
    30FC-30FE
"""

ASCII_FOLLOWERS = frozenset("0123456789.-")  # what may not begin a name

# Unicode blocks by the names that XML Schema gives them (part 2, appendix F.1.1), and the later ones up to Unicode 5.1.
BLOCKS = """
    BasicLatin:0-7F Latin-1Supplement:80-FF LatinExtended-A:100-17F LatinExtended-B:180-24F IPAExtensions:250-2AF
    SpacingModifierLetters:2B0-2FF CombiningDiacriticalMarks:300-36F Greek:370-3FF Cyrillic:400-4FF Armenian:530-58F
    Hebrew:590-5FF Arabic:600-6FF Devanagari:900-97F Bengali:980-9FF Gurmukhi:A00-A7F Gujarati:A80-AFF Oriya:B00-B7F
    Tamil:B80-BFF Telugu:C00-C7F Kannada:C80-CFF Malayalam:D00-D7F Thai:E00-E7F Lao:E80-EFF Tibetan:F00-FFF
    Georgian:10A0-10FF HangulJamo:1100-11FF LatinExtendedAdditional:1E00-1EFF GreekExtended:1F00-1FFF
    GeneralPunctuation:2000-206F SuperscriptsandSubscripts:2070-209F CurrencySymbols:20A0-20CF
    CombiningMarksforSymbols:20D0-20FF LetterlikeSymbols:2100-214F NumberForms:2150-218F Arrows:2190-21FF
    MathematicalOperators:2200-22FF MiscellaneousTechnical:2300-23FF ControlPictures:2400-243F
    OpticalCharacterRecognition:2440-245F EnclosedAlphanumerics:2460-24FF BoxDrawing:2500-257F
    BlockElements:2580-259F GeometricShapes:25A0-25FF MiscellaneousSymbols:2600-26FF Dingbats:2700-27BF
    CJKSymbolsandPunctuation:3000-303F Hiragana:3040-309F Katakana:30A0-30FF Bopomofo:3100-312F
    HangulCompatibilityJamo:3130-318F Kanbun:3190-319F EnclosedCJKLettersandMonths:3200-32FF
    CJKCompatibility:3300-33FF CJKUnifiedIdeographs:4E00-9FFF HangulSyllables:AC00-D7AF HighSurrogates:D800-DB7F
    HighPrivateUseSurrogates:DB80-DBFF LowSurrogates:DC00-DFFF PrivateUse:E000-F8FF,F0000-FFFFD,100000-10FFFD
    CJKCompatibilityIdeographs:F900-FAFF AlphabeticPresentationForms:FB00-FB4F ArabicPresentationForms-A:FB50-FDFF
    CombiningHalfMarks:FE20-FE2F CJKCompatibilityForms:FE30-FE4F SmallFormVariants:FE50-FE6F
    ArabicPresentationForms-B:FE70-FEFF HalfwidthandFullwidthForms:FF00-FFEF Specials:FFF0-FFFF Syriac:700-74F
    Thaana:780-7BF Sinhala:D80-DFF Myanmar:1000-109F Ethiopic:1200-137F Cherokee:13A0-13FF
    UnifiedCanadianAboriginalSyllabics:1400-167F Ogham:1680-169F Runic:16A0-16FF Khmer:1780-17FF Mongolian:1800-18AF
    BraillePatterns:2800-28FF CJKRadicalsSupplement:2E80-2EFF KangxiRadicals:2F00-2FDF
    IdeographicDescriptionCharacters:2FF0-2FFF BopomofoExtended:31A0-31BF CJKUnifiedIdeographsExtensionA:3400-4DBF
    YiSyllables:A000-A48F YiRadicals:A490-A4CF OldItalic:10300-1032F Gothic:10330-1034F Deseret:10400-1044F
    ByzantineMusicalSymbols:1D000-1D0FF MusicalSymbols:1D100-1D1FF MathematicalAlphanumericSymbols:1D400-1D7FF
    CJKUnifiedIdeographsExtensionB:20000-2A6DF CJKCompatibilityIdeographsSupplement:2F800-2FA1F Tags:E0000-E007F
    GreekandCoptic:370-3FF CyrillicSupplementary:500-52F Tagalog:1700-171F Hanunoo:1720-173F Buhid:1740-175F
    Tagbanwa:1760-177F CombiningDiacriticalMarksforSymbols:20D0-20FF MiscellaneousMathematicalSymbols-A:27C0-27EF
    SupplementalArrows-A:27F0-27FF SupplementalArrows-B:2900-297F MiscellaneousMathematicalSymbols-B:2980-29FF
    SupplementalMathematicalOperators:2A00-2AFF KatakanaPhoneticExtensions:31F0-31FF PrivateUseArea:E000-F8FF
    VariationSelectors:FE00-FE0F SupplementaryPrivateUseArea-A:F0000-FFFFF
    SupplementaryPrivateUseArea-B:100000-10FFFF Limbu:1900-194F TaiLe:1950-197F KhmerSymbols:19E0-19FF
    PhoneticExtensions:1D00-1D7F MiscellaneousSymbolsandArrows:2B00-2BFF YijingHexagramSymbols:4DC0-4DFF
    LinearBSyllabary:10000-1007F LinearBIdeograms:10080-100FF AegeanNumbers:10100-1013F Ugaritic:10380-1039F
    Shavian:10450-1047F Osmanya:10480-104AF CypriotSyllabary:10800-1083F TaiXuanJingSymbols:1D300-1D35F
    VariationSelectorsSupplement:E0100-E01EF CyrillicSupplement:500-52F ArabicSupplement:750-77F
    EthiopicSupplement:1380-139F NewTaiLue:1980-19DF Buginese:1A00-1A1F PhoneticExtensionsSupplement:1D80-1DBF
    CombiningDiacriticalMarksSupplement:1DC0-1DFF Glagolitic:2C00-2C5F Coptic:2C80-2CFF GeorgianSupplement:2D00-2D2F
    Tifinagh:2D30-2D7F EthiopicExtended:2D80-2DDF SupplementalPunctuation:2E00-2E7F CJKStrokes:31C0-31EF
    ModifierToneLetters:A700-A71F SylotiNagri:A800-A82F VerticalForms:FE10-FE1F AncientGreekNumbers:10140-1018F
    OldPersian:103A0-103DF Kharoshthi:10A00-10A5F AncientGreekMusicalNotation:1D200-1D24F NKo:7C0-7FF
    Balinese:1B00-1B7F LatinExtended-C:2C60-2C7F LatinExtended-D:A720-A7FF Phags-pa:A840-A87F Phoenician:10900-1091F
    Cuneiform:12000-123FF CuneiformNumbersandPunctuation:12400-1247F CountingRodNumerals:1D360-1D37F
    Sundanese:1B80-1BBF Lepcha:1C00-1C4F OlChiki:1C50-1C7F CyrillicExtended-A:2DE0-2DFF Vai:A500-A63F
    CyrillicExtended-B:A640-A69F Saurashtra:A880-A8DF KayahLi:A900-A92F Rejang:A930-A95F Cham:AA00-AA5F
    AncientSymbols:10190-101CF PhaistosDisc:101D0-101FF Lycian:10280-1029F Carian:102A0-102DF Lydian:10920-1093F
    MahjongTiles:1F000-1F02F DominoTiles:1F030-1F09F
"""

WORD_BREAKERS = str.maketrans("", "", ".-")  # of the characters of names, those that Python's identifiers cannot have


def is_ncname(text: str) -> bool:
    """Whether a text is a name without a colon (Namespaces in XML, NCName).

    >>> is_ncname("lg-1"), is_ncname("tei:lg"), is_ncname("1lg")
    (True, False, False)
    """
    if text.isascii():  # the table of names is only made when a name leaves ASCII: most documents never need it
        return text.translate(WORD_BREAKERS).isidentifier() and text[0] not in ".-"
    return ":" not in text and is_name(text)


def is_name(text: str) -> bool:
    """Whether a text is a name (XML 1.0, Name)."""
    return text[:1] not in ASCII_FOLLOWERS and is_nmtoken(text) and not _is_in(_followers(), text[0])


def is_nmtoken(text: str) -> bool:
    """Whether a text is a name token (XML 1.0, Nmtoken)."""
    return bool(text) and all(map(is_name_character, text))


def is_name_character(character: str) -> bool:
    """Whether one character may stand in a name, or the colon between two parts of it."""
    if character.isascii():
        return character.isalnum() or character in "_:.-"
    return _is_in(_beginners(), character) or _is_in(_followers(), character)


@cache
def _beginners() -> list[int]:
    return _edges(BEGINNERS)


@cache
def _followers() -> list[int]:
    return _edges(FOLLOWERS)


def _edges(ranges: str) -> list[int]:
    """Where ranges of code points begin, and where they have ended, in turns."""
    edges = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        edges += [int(first, 16), int(last or first, 16) + 1]
    return edges


def _is_in(edges: list[int], character: str) -> bool:
    from bisect import bisect_right

    return bisect_right(edges, ord(character)) % 2 == 1


@cache
def block(name: str) -> tuple[tuple[int, int], ...] | None:
    """The ranges of code points of a Unicode block, or None where no block has the name.

    >>> block("BasicLatin")
    ((0, 127),)
    """
    return next((_ranges(ranges) for known, _, ranges in _blocks() if known == name), None)


def _blocks() -> Iterator[tuple[str, str, str]]:
    return (line.partition(":") for line in BLOCKS.split())


def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (part.split("-") for part in text.split(","))
    return tuple((int(first, 16), int(last, 16)) for first, last in pairs)
