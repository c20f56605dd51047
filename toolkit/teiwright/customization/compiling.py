"""From an ODD to the schemas compiled from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from teiwright.customization import relaxng, schematron, xsd
from teiwright.customization.grammar import Builder
from teiwright.customization.specification import Specification
from teiwright.customization.stamp import Stamp, serialized
from teiwright.errors import SchemaError
from teiwright.names import tei
from teiwright.output import write_file


@dataclass(frozen=True, slots=True)
class Compiled:
    """The schemas compiled from a customization, as texts. ``imported`` are the parts of the XSD for other
    namespaces, by file name; ``notes`` what an editor should know, a sentence each.
    """

    rng: str
    xsd: str
    sch: str
    imported: dict[str, str]
    notes: tuple[str, ...]

    def files(self, stem: str) -> dict[str, str]:
        """The texts by file name."""
        return {f"{stem}.rng": self.rng, f"{stem}.xsd": self.xsd, f"{stem}.sch": self.sch, **self.imported}

    def write(self, folder: str | Path, stem: str) -> tuple[Path, ...]:
        """Writes the files into a folder, each whole or not at all, and says where they are. Raises OutputError."""
        files = {Path(folder) / name: text for name, text in self.files(stem).items()}
        for path, text in files.items():
            write_file(path, text)
        return tuple(files)


@dataclass(frozen=True, slots=True)
class Customization:
    """A customization of TEI: an ODD, merged with TEI's definitions."""

    specification: Specification

    @classmethod
    def read(cls, path: str | Path, source: str | Path) -> Customization:
        """The customization in an ODD; ``source`` holds TEI's definitions (p5subset.xml). Raises SchemaError."""
        return cls(Specification.read(path, source))

    @property
    def ident(self) -> str:
        """Its name, as schemaSpec says it."""
        return self.specification.ident

    @property
    def stamp(self) -> Stamp:
        """Where what is compiled comes from."""
        specification = self.specification
        name = Path(specification.document.source).name
        return Stamp(name, specification.digest, specification.definitions.release)

    def compile(self) -> Compiled:
        """The schemas. The same ODD and definitions give the same bytes. Raises SchemaError."""
        try:
            return self._compiled()
        except RecursionError:  # each chain of references is bounded, but not their product
            source = self.specification.document.source
            raise SchemaError(source, "its declarations refer to one another through too many levels") from None
        except ValueError as error:  # lxml writes no namespace that is not an address
            source = self.specification.document.source
            raise SchemaError(source, f"what it declares cannot be written as a schema: {error}") from None

    def _compiled(self) -> Compiled:
        # Compiling adds notes; a copy takes them, so that compiling again says the same.
        specification = replace(self.specification, notes=[*self.specification.notes])
        builder = Builder(specification)
        grammar = builder.grammar()
        rules = list(schematron.rules(specification, builder.attributes, grammar))
        sch = schematron.written(specification, rules, self._binding())
        rng = relaxng.written(grammar)
        schemas = xsd.written(grammar, specification.ident)
        comment = self.stamp.comment()
        notes = (*specification.notes, *schemas.notes)
        return Compiled(
            rng=serialized(rng, comment),
            xsd=serialized(schemas.main, self.stamp.comment(schemas.notes)),
            sch=serialized(sch, comment),
            imported={name: serialized(root, comment) for name, root in sorted(schemas.imported.items())},
            notes=tuple(dict.fromkeys(notes)),
        )

    def _binding(self) -> str:
        """The query language of the rules: what a constraintDecl says, else XSLT 3.0, whose XPath TEI's rules use."""
        for declaration in self.specification.document.root.iter(tei("constraintDecl")):
            if declaration.get("queryBinding"):
                return str(declaration.get("queryBinding"))
        return "xslt3"
