"""WeasyPrint, where it is installed with what it needs. It is imported only here."""

from __future__ import annotations

import warnings
from typing import Any

from teiwright.errors import ToolkitError

LIBRARIES = "on Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONTS = "on Debian and Ubuntu: apt-get install fonts-dejavu-core"
NO_FONTS = ".*Expect ugly output"  # what WeasyPrint warns of when it is imported; Pango would then crash


class PrintingError(ToolkitError):
    """A PDF could not be made: what makes it is not installed, or it cannot lay the page out."""


def engine() -> Any:
    """The module. Raises PrintingError: not installed, without its libraries, or without any font."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", NO_FONTS, UserWarning)
        try:
            import weasyprint
        except ImportError:
            hint = 'pip install "teiwright[pdf]"'
            raise PrintingError("", "PDF needs WeasyPrint, which is not installed", hint) from None
        except OSError:  # from cffi, for a shared library that cannot be loaded
            problem = "WeasyPrint does not find the libraries of Pango that it needs"
            raise PrintingError("", problem, LIBRARIES) from None
        except UserWarning:
            raise PrintingError("", "PDF needs a font, and no font is installed", FONTS) from None
    return weasyprint
