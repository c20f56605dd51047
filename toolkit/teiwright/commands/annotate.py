"""``teiwright annotate``."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.commands import FILES

if TYPE_CHECKING:
    from teiwright.annotation import Annotated


@click.command()
@click.argument("path", metavar="EDITION", type=FILES)
@click.option("--with", "annotations", metavar="FILE", type=FILES, required=True,
              help="Annotations: JSON with offsets (spaCy's, standoff-json, a list), W3C Web Annotation, CoNLL-U, CoNLL 2003.")  # fmt: skip
@click.option("--as", "way", type=click.Choice(["inline", "standoff"]), default="inline", show_default=True,
              help="Elements around the text, or spans in a standOff that point to it.")  # fmt: skip
@click.option("--take", type=click.Choice(["names", "sentences", "words"]), multiple=True,
              help="What of the annotations is taken. May be repeated. Without it names, and all of CoNLL-U.")  # fmt: skip
@click.option("--reading", type=click.Choice(["corrected", "transcribed"]), default=None,
              help="The reading of the text that was annotated, where the annotations do not say.")  # fmt: skip
@click.option("--notes", type=click.Choice(["end", "none", "inline"]), default=None,
              help="Where notes were in that text.")  # fmt: skip
@click.option("--schema", "schemas", metavar="SCHEMA", multiple=True, type=str,
              help="A schema that the edition must stay valid by, where it is. May be repeated. Without it those that validate "
                   "takes: the project's, or those that the edition names; else all of TEI.")  # fmt: skip
@click.option("-o", "--output", "target", metavar="OUT", default=None, type=FILES,
              help="File to write; without it the result goes to standard output.")  # fmt: skip
@click.option("--report", "told", metavar="FILE", default=None, type=FILES,
              help="Say of each annotation what became of it: JSON where FILE ends in .json, else text.")  # fmt: skip
def annotate(
    path: Path,
    annotations: Path,
    way: str,
    take: tuple[str, ...],
    reading: str | None,
    notes: str | None,
    schemas: tuple[str, ...],
    target: Path | None,
    told: Path | None,
) -> None:
    """Merge annotations that were made beside the text into the TEI file that the text came from.

    The text is that of teiwright export --to standoff-json, conllu or corpus. Annotations that cross elements are split; no
    character of the file changes but for the tags that are added, which is proven before anything is written.

    \b
    Example: teiwright annotate edition.xml --with names.json -o annotated.xml
             teiwright annotate edition.xml --with parsed.conllu --as standoff -o annotated.xml

    Exit 0: all were taken; 1: some were not; 2: a file could not be read or written, or is about another text.
    """
    from teiwright.annotation import annotate as merge
    from teiwright.annotation import validity
    from teiwright.annotation.reading import content
    from teiwright.annotation.rewriting import rewritten
    from teiwright.corpora.wishes import Wishes
    from teiwright.document import Document
    from teiwright.output import refuse_sources, write_file

    document = Document.read(path)
    held, unread = validity.held(document, schemas)
    for problem in unread:
        click.echo(problem, err=True)
    wishes = Wishes(reading or "corrected", notes or "end") if reading or notes else None
    made = merge(document, content(str(annotations)), way, wishes, take, held, str(annotations))
    if target is None:
        click.echo(made.text, nl=not made.text.endswith("\n"))
    else:
        refuse_sources(target, {annotations.resolve()})
        write_file(target, rewritten(path, made.text))
        click.echo(str(target))
    if told is not None:
        write_file(told, _report(made, told.suffix == ".json"))
    _say(made)
    raise SystemExit(1 if made.refused or made.count("refused") else 0)


def _say(made: Annotated) -> None:
    """What became of the annotations, in a few lines."""
    said = {
        "whole": "around the text",
        "split": "around the text, split where they cross elements",
        "beside": "in standOff",
        "refused": "not taken",
    }
    counts = [f"{count} {words}" for kind, words in said.items() if (count := made.count(kind))]
    click.echo("annotations: " + ("; ".join(counts) or "none"), err=True)
    reasons = Counter(one.reason for one in made.outcomes if one.reason)
    for reason, count in reasons.most_common(10):
        click.echo(f"  {count}: {reason}", err=True)
    for reason in made.refused[:10]:
        click.echo(f"  not read: {reason}", err=True)
    if len(made.refused) > 10:
        click.echo(f"  and {len(made.refused) - 10} more that are not read", err=True)
    if made.valid_by:
        click.echo(f"valid by {', '.join(made.valid_by)}, as before", err=True)
    else:
        click.echo("the edition is not valid as it is, and was not held against a schema", err=True)


def _report(made: Annotated, is_json: bool) -> str:
    if is_json:
        said = {"outcomes": [one.as_dict() for one in made.outcomes], "unread": list(made.refused)}
        return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    return "".join(f"{one}\n" for one in (*made.outcomes, *made.refused))
