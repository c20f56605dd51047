"""The stylesheet that finds out for which nodes a rule's context fails.

A match pattern that fails does not match, and Saxon says so once for many nodes. Here each predicate of the pattern
is a function of its own, which catches what fails and says in a message where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.schematron.element import OWN, Element
from teiwright.schematron.expression import predicates, renamed
from teiwright.schematron.scope import ERROR_CODE
from teiwright.schematron.sheet import Sheet, attribute
from teiwright.schematron.transpile import Pattern, Transpiler, origin, visits

FOCUS = re.compile(r"\b(?:position|last|current)\s*\(")  # what a predicate means only where it stands
NUMBER_OR_BOOLEAN = (
    "if (count($value) = 1 and $value instance of xs:numeric) then $value = $position else boolean($value)"
)


class Probe(Transpiler):
    """Writes that stylesheet for some of a schema's rules, named by their ``origins``. What it says of a failure is
    the rule's index, the document's index from 1, the error code and the node's path.
    """

    def __init__(self, schema: Element, name: str, phase: str | None, origins: frozenset[str]) -> None:
        super().__init__(schema, name, phase)
        self.probed = [(p, r) for p in self.patterns for r in p.rules if origin(r) in origins]

    @property
    def origins(self) -> list[str]:
        """What messages call the rules, by index."""
        return [origin(rule) for _, rule in self.probed]

    def written(self) -> Sheet:
        """The stylesheet. Its parameter ``documents`` holds those to look into; without it, the one it runs over."""
        self.start()
        self.sheet.add(f'<xsl:param name="Q{{{OWN}}}documents" select="/"/>')
        self.sheet.add(f'<xsl:param name="Q{{{OWN}}}nothing" select="()"/>')
        self.sheet.add(f'<xsl:template match="/"><found><xsl:for-each select="$Q{{{OWN}}}documents">')
        for number, (pattern, _) in enumerate(self.probed):
            self.sheet.add(f'<xsl:apply-templates select="{visits([pattern])}" mode="probe{number}"/>')
        self.sheet.add("</xsl:for-each></found></xsl:template>")
        self.declarations()
        for number, (pattern, rule) in enumerate(self.probed):
            match = attribute("".join(self._guarded(number, pattern, rule)))
            self.sheet.add(f'<xsl:mode name="probe{number}" on-no-match="deep-skip"/>')
            self.sheet.add(f'<xsl:template match={match} mode="probe{number}"{self.local(rule)}/>', origin(rule))
        return self.ended()

    def _guarded(self, number: int, pattern: Pattern, rule: Element) -> Iterator[str]:
        """The context of a rule in which each predicate is a function, where that means the same."""
        for step, (before, expression) in enumerate(predicates(rule.get("context", ""))):
            yield renamed(before, pattern.scope.names)
            predicate = renamed(expression, pattern.scope.names)
            if FOCUS.search(predicate):
                yield f"[{predicate}]"
            elif predicate:
                function = f"Q{{{OWN}}}predicate{number}.{step}"
                self.sheet.add("".join(self._function(function, predicate, number, self.local(rule))), origin(rule))
                yield f"[{function}(., position())]"

    def _function(self, name: str, predicate: str, number: int, attributes: str) -> Iterator[str]:
        place = f"index-of($Q{{{OWN}}}documents ! generate-id(.), generate-id(root($node)))"
        said = f"string-join(('{number}', {place}, {ERROR_CODE}, path($node)), ' ')"
        yield f'<xsl:function name="{name}"{attributes}><xsl:param name="node"/><xsl:param name="position"/>'
        yield '<xsl:for-each select="$node"><xsl:try><xsl:variable name="value" as="item()*">'
        # With a parameter beside it, what can never be true or false fails here and not when it is compiled.
        unknown = f"({predicate}), $Q{{{OWN}}}nothing"
        yield f"<xsl:sequence select={attribute(unknown)}/></xsl:variable>"
        yield f'<xsl:sequence select="{NUMBER_OR_BOOLEAN}"/>'
        yield f"<xsl:catch><xsl:message select={attribute(said)}/>"
        yield '<xsl:sequence select="false()"/></xsl:catch></xsl:try></xsl:for-each></xsl:function>'
