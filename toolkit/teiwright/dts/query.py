"""What a request asks: its parameters, each at most once, and in the form that they must have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

LONGEST = 2000  # characters of a value
MOST = 50  # parameters
UNRESERVED = "-._~"
PAGE = re.compile(r"[1-9][0-9]{0,8}")
DOWN = re.compile(r"-1|[0-9]{1,9}")


class Refusal(Exception):
    """A request that is not answered as it wishes: the status (RFC 9110, 15) and why, in a sentence."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail


class Query(NamedTuple):
    """A request: what follows the question mark as it was sent, and the values by name; one that is empty counts as not
    given.
    """

    sent: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, sent: bytes | str) -> Query:
        """Raises Refusal (400) where that cannot be read."""
        text = sent.decode("latin-1") if isinstance(sent, bytes) else sent
        try:
            pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST)
        except UnicodeDecodeError:
            raise Refusal(400, "The query is not percent-encoded UTF-8.") from None
        except ValueError:
            raise Refusal(400, f"The query has more than {MOST} parameters.") from None
        values: dict[str, str] = {}
        for name, value in pairs:
            if name in values:
                raise Refusal(400, f'The parameter "{shown(name)}" is given twice.')
            if len(value) > LONGEST:
                raise Refusal(400, f'The parameter "{shown(name)}" is longer than {LONGEST} characters.')
            values[name] = value
        return cls(text, values)

    def get(self, name: str) -> str:
        """A value, "" where there is none."""
        return self.values.get(name, "")

    def required(self, name: str) -> str:
        """A value. Raises Refusal (400) where there is none."""
        if not self.get(name):
            raise Refusal(400, f'The parameter "{name}" is missing.')
        return self.get(name)

    def chosen(self, name: str, among: tuple[str, ...]) -> str:
        """One of some values, the first where none is given. Raises Refusal (400)."""
        value = self.get(name) or among[0]
        if value not in among:
            raise Refusal(400, f'The parameter "{name}" is "{shown(value)}"; expected {" or ".join(among)}.')
        return value

    def page(self) -> int:
        """The page asked for, from 1; 0 where none is. Raises Refusal (400)."""
        value = self.get("page")
        if value and not PAGE.fullmatch(value):
            raise Refusal(400, f'The parameter "page" is "{shown(value)}"; expected a number from 1.')
        return int(value or 0)

    def down(self) -> int | None:
        """How many levels down are asked for, -1 for all. Raises Refusal (400)."""
        value = self.get("down")
        if value and not DOWN.fullmatch(value):
            raise Refusal(400, f'The parameter "down" is "{shown(value)}"; expected a number from -1.')
        return int(value) if value else None

    def with_page(self, number: int) -> str:
        """The same query for another page."""
        values = {**{name: value for name, value in self.values.items() if name != "page"}, "page": str(number)}
        return "&".join(f"{quote(name, safe=UNRESERVED)}={encoded(value)}" for name, value in values.items())


def encoded(value: str) -> str:
    """A value as it stands in a query (RFC 6570, 3.2.8)."""
    return quote(value, safe=UNRESERVED)


def shown(value: str) -> str:
    """A value as a sentence can show it."""
    readable = "".join(one if one.isprintable() else "�" for one in value[:80])
    return f"{readable}…" if len(value) > 80 else readable
