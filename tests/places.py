"""Where the tests find things: the repository itself, and the shared reference material that may be beside it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
CASES = ROOT / "tests" / "cases"
CHAPTER = ROOT / "tei" / "lenin-2-chapter-19.xml"
TRANSCRIPTION = ROOT / "tei" / "source" / "lenin-2-chapter-19.txt"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the reference material ../shared is not here")
