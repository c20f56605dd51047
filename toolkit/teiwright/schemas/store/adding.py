"""How a schema comes into a store: gathered, named, compared with what was there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from teiwright.address import canonical, web_address
from teiwright.errors import SchemaError
from teiwright.names import Kind
from teiwright.schemas.store import LONGEST_NAME, Added, Store, asked_address
from teiwright.schemas.store.bundle import Bundle, Fetched, gathered
from teiwright.schemas.store.files import FOLDER
from teiwright.schemas.store.index import Index, StoredFile, StoredSchema

NAME = re.compile(r"\w[\w.+-]*( [\w.+-]+)*")
# What the TEI's Stylesheets write into a schema of a release, and where tei-c.org keeps such schemas.
EDITION = re.compile(rb"TEI Edition Location: https?://(?:www\.)?tei-c\.org/Vault/P5/([0-9][0-9A-Za-z.]*)/")
EXEMPLAR = re.compile(r"tei_\w+\.(?:rng|rnc|xsd)")
TEI = "https://www.tei-c.org/"
BEGINNING = 20_000  # bytes of a schema in which its edition is looked for


def addition(
    store: Store, source: str, fetch: Callable[[str], Fetched], today: str, name: str, others: tuple[str, ...]
) -> Added:
    """Adds a schema to a store; see there."""
    asked = asked_address(source)
    for address in others:
        if web_address(address) is None:
            raise SchemaError(address, "not a web address", 'expected one that begins with "https:" or "http:"')
    require_name(name or _own_name(source, asked))
    bundle = gathered(asked or _absolute(source), fetch)
    addresses = (*bundle.members[0].addresses, *others)
    own_name = _own_name(source, asked)

    def make(kept: Index) -> tuple[StoredSchema, StoredSchema | None]:
        before = _before(kept, name, own_name, asked, addresses)
        chosen = name or (before.name if before else own_name)
        known = _unlike((*addresses, *(before.addresses if before else ())))
        files = tuple(_stored(bundle))
        stated = () if asked else _stated(bundle)
        return StoredSchema(chosen, bundle.kind, asked or own_name, known, stated, today, files), before

    added = store.replace(bundle, make)
    fetched = tuple(file for file in added.schema.files if file.addresses)
    return added._replace(fetched=fetched)


def require_name(name: str) -> str:
    """A name that a schema may have. Raises SchemaError for others, such as those that look like paths or options."""
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        hint = f"expected letters, digits and . _ + -, beginning with a letter or digit, at most {LONGEST_NAME}"
        raise SchemaError(name.replace("\0", "�"), "a schema cannot have this name", f"{hint}; give one by --as NAME")
    return name


def _own_name(source: str, asked: str | None) -> str:
    """The name of its file."""
    return PurePosixPath(unquote(urlsplit(asked).path)).name if asked else Path(source).name


def _absolute(source: str) -> str:
    try:
        return Path(source).absolute().as_uri()
    except ValueError:
        raise SchemaError(source.replace("\0", "�"), "no file can have this name") from None


def _before(
    kept: Index, name: str, own_name: str, asked: str | None, addresses: tuple[str, ...]
) -> StoredSchema | None:
    """The schema that a new one replaces: of the same address, else a file's of the same name. Raises SchemaError
    where another schema has the name.
    """
    wanted = set(map(canonical, addresses))
    same = [schema for schema in kept if wanted.intersection(map(canonical, schema.addresses))]
    chosen = name or (same[0].name if same else own_name)
    namesake = next((schema for schema in kept if schema.name == chosen), None)
    if namesake is None or namesake in same:
        return namesake or (same[0] if same else None)
    if not same and not asked and web_address(namesake.source) is None:
        return namesake
    problem = f'the name "{chosen}" is that of another schema, {namesake.source}'
    raise SchemaError(asked or own_name, problem, "give this one another by --as NAME")


def _stored(bundle: Bundle) -> Iterator[StoredFile]:
    for member in bundle.members:
        path = f"{FOLDER}/{bundle.identity}/{member.path}"
        yield StoredFile(path, member.addresses, len(member.data), member.sha256)


def _unlike(addresses: Iterable[str]) -> tuple[str, ...]:
    """Addresses, each that means the same once, as it came first."""
    found: dict[str, str] = {}
    for address in addresses:
        found.setdefault(canonical(address), address)
    return tuple(found.values())


def _stated(bundle: Bundle) -> tuple[str, ...]:
    """The addresses that one of TEI's own schemas has at tei-c.org, by the edition it states: of that version, and
    of the current release, since a file that a user chose to keep is what they want to hold documents against.
    """
    main = bundle.members[0]
    edition = EDITION.search(main.data[:BEGINNING])
    file = PurePosixPath(main.path).name
    if not edition or not EXEMPLAR.fullmatch(file):
        return ()
    folder = "xsd" if bundle.kind == Kind.XSD else "relaxng"
    inner = f"xml/tei/custom/schema/{folder}/{file}"
    return f"{TEI}Vault/P5/{edition[1].decode('ascii')}/{inner}", f"{TEI}release/{inner}"
