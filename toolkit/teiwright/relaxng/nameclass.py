"""Name classes: which names an element or attribute pattern takes (RELAX NG, sections 4.16 and 6.2.6).

Names are written as lxml writes them: ``{namespace}local``, or ``local`` without a namespace.
"""

from __future__ import annotations

from collections.abc import Iterator


def clark(namespace: str, local: str) -> str:
    """A name as lxml writes it.

    >>> clark("", "a"), clark("urn:x", "a")
    ('a', '{urn:x}a')
    """
    return f"{{{namespace}}}{local}" if namespace else local


def namespace_of(name: str) -> str:
    """The namespace in a name, empty where it is in none."""
    return name[1:].partition("}")[0] if name[:1] == "{" else ""


def local_of(name: str) -> str:
    """The local part of a name."""
    return name.rpartition("}")[2]


class NameClass:
    """A set of names. Equal ones are equal objects for dicts and sets."""

    __slots__ = ()

    def key(self) -> object:
        """What makes it equal to others of its kind."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return self is other or (type(self) is type(other) and self.key() == other.key())

    def __hash__(self) -> int:
        return hash(self.key())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key()!r})"

    def contains(self, name: str) -> bool:
        """Whether a name is in the set."""
        raise NotImplementedError

    def names(self) -> frozenset[str] | None:
        """All names in the set, or None where they are without number."""
        return None

    def parts(self) -> Iterator[NameClass]:
        """This class and those it is made of."""
        yield self

    def samples(self) -> Iterator[str]:
        """Names such that two classes overlap exactly when both contain a sample of one of them."""
        for part in self.parts():
            yield from part.sample()

    def sample(self) -> Iterator[str]:
        """The samples that this class itself contributes."""
        return iter(())

    def overlaps(self, other: NameClass) -> bool:
        """Whether some name is in both sets."""
        return any(self.contains(name) and other.contains(name) for name in (*self.samples(), *other.samples()))


# A name that no schema uses: no XML name has a space.
OTHER = " other"


class Name(NameClass):
    """One name."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def key(self) -> object:
        return self.name

    def contains(self, name: str) -> bool:
        return name == self.name

    def names(self) -> frozenset[str] | None:
        return frozenset((self.name,))

    def sample(self) -> Iterator[str]:
        yield self.name


class AnyName(NameClass):
    """All names but some."""

    __slots__ = ("excepted",)

    def __init__(self, excepted: NameClass | None = None) -> None:
        self.excepted = excepted

    def key(self) -> object:
        return self.excepted

    def contains(self, name: str) -> bool:
        return self.excepted is None or not self.excepted.contains(name)

    def parts(self) -> Iterator[NameClass]:
        yield self
        if self.excepted:
            yield from self.excepted.parts()

    def sample(self) -> Iterator[str]:
        yield clark(OTHER, OTHER)


class NsName(NameClass):
    """All names of a namespace but some."""

    __slots__ = ("excepted", "namespace")

    def __init__(self, namespace: str, excepted: NameClass | None = None) -> None:
        self.namespace = namespace
        self.excepted = excepted

    def key(self) -> object:
        return self.namespace, self.excepted

    def contains(self, name: str) -> bool:
        return namespace_of(name) == self.namespace and (self.excepted is None or not self.excepted.contains(name))

    def parts(self) -> Iterator[NameClass]:
        yield self
        if self.excepted:
            yield from self.excepted.parts()

    def sample(self) -> Iterator[str]:
        yield clark(self.namespace, OTHER)


class NameChoice(NameClass):
    """The names of several classes together."""

    __slots__ = ("members",)

    def __init__(self, members: tuple[NameClass, ...]) -> None:
        self.members = members

    def key(self) -> object:
        return self.members

    def contains(self, name: str) -> bool:
        return any(member.contains(name) for member in self.members)

    def names(self) -> frozenset[str] | None:
        names: set[str] = set()
        for member in self.members:
            finite = member.names()
            if finite is None:
                return None
            names |= finite
        return frozenset(names)

    def parts(self) -> Iterator[NameClass]:
        yield self
        for member in self.members:
            yield from member.parts()
