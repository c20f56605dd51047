"""Template rules whose pattern is a union, with a body that is compiled once.

Saxon makes a rule of each alternative of a pattern, and optimizes the body anew for each: what ten elements share
takes ten times as long. A template without pattern that all of them call does not (XSLT 3.0, section 10.1: to call a
template changes neither the context nor the current template rule).
"""

from __future__ import annotations

import copy

from lxml import etree

from teiwright.names import XSL

TEMPLATE, PARAM = f"{{{XSL}}}template", f"{{{XSL}}}param"
OF_THE_RULE = {"match", "mode", "priority"}  # what the template that is called does not have
WORTH = 5  # elements that a body has at least, for a template of its own to take less time


def share_bodies(root: etree._Element, stem: str) -> None:
    """Gives the long bodies of rules with a union for a pattern to templates beside them, named "stem.1" and so on."""
    rules = [rule for rule in root.iterchildren(TEMPLATE) if "|" in rule.get("match", "") and "name" not in rule.attrib]
    for number, rule in enumerate(rules, 1):
        if sum(1 for _ in rule.iterdescendants(etree.Element)) >= WORTH:
            _share(rule, f"{stem}.{number}")


def _share(rule: etree._Element, name: str) -> None:
    body = copy.deepcopy(rule)
    body.set("name", name)
    for attribute in OF_THE_RULE & set(map(str, body.attrib)):
        del body.attrib[attribute]
    parameters = [one for one in rule.iterchildren(PARAM) if one.get("tunnel") != "yes"]
    for child in list(rule):
        if child not in parameters:
            rule.remove(child)
    call = etree.SubElement(rule, f"{{{XSL}}}call-template", name=name)
    for parameter in parameters:
        given = parameter.get("name", "")
        etree.SubElement(call, f"{{{XSL}}}with-param", name=given, select=f"${given}")
    rule.addnext(body)
