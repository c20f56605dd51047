"""The description of the service for programs that read such (OpenAPI 3.1)."""

from __future__ import annotations

from typing import Any

from teiwright import __version__
from teiwright.dts.media import MEDIA_TYPES
from teiwright.dts.query import LONGEST

Json = dict[str, Any]
PROBLEM = "application/problem+json"
LD_JSON = "application/ld+json"
STRING: Json = {"type": "string", "maxLength": LONGEST}
URI: Json = {"type": "string", "format": "uri-reference"}
LINK: Json = {"type": ["string", "null"]}
EMPTY: Json = {"type": "string", "maxLength": 0}


def _whole(least: int) -> Json:
    return {"anyOf": [{"type": "integer", "minimum": least, "maximum": 999_999_999}, EMPTY]}


def description(address: str, example: str = "") -> Json:
    """The description of a service at an address that ends in a slash; ``example`` is the identifier of a text there."""
    resource = {**_RESOURCE, **({"example": example} if example else {})}
    parameters = {**_HEADERS, "resource": resource}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Distributed Text Services 1.0",
            "version": __version__,
            "description": "Collections, citable units and passages of TEI documents (https://dtsapi.org/versions/v1.0). "
            "A parameter that is empty counts as not given; one that is unknown is not looked at.",
        },
        "servers": [{"url": address.removesuffix("/") or "/"}],
        "paths": {
            "/": {"get": _operation("entry", "Where the endpoints are", [], "EntryPoint")},
            "/collection/": {
                "get": _operation(
                    "collection",
                    "A collection or text, and what is in it",
                    _COLLECTION,
                    "CollectionOrResource",
                    ("400", "404"),
                )
            },
            "/navigation/": {
                "get": _operation(
                    "navigation", "The citable units of a text", _NAVIGATION, "Navigation", ("400", "404")
                )
            },
            "/document/": {"get": _document()},
            "/openapi.json": {"get": _operation("openapi", "This description", [], "", media_type="application/json")},
        },
        "components": {"schemas": _SCHEMAS, "parameters": parameters, "responses": _RESPONSES},
    }


def _parameter(name: str, description: str, schema: Json = STRING, is_required: bool = False) -> Json:
    return {"name": name, "in": "query", "description": description, "required": is_required, "schema": schema}


_RESOURCE = _parameter("resource", "The identifier of a text.", {**STRING, "minLength": 1}, True)
_PASSAGE = [
    _parameter("ref", "The identifier of a unit; not with start and end."),
    _parameter("start", "The first unit of a range; with end."),
    _parameter("end", "The last unit of a range; with start."),
    _parameter("tree", "The identifier of a citation tree; without it the default holds."),
]
_PAGE = _parameter("page", "The page, from 1.", _whole(1))
_COLLECTION = [
    _parameter("id", "The identifier of a collection or text; without it that of the whole."),
    _PAGE,
    _parameter(
        "nav",
        "Whether members are what is in it or what holds it.",
        {"type": "string", "enum": ["children", "parents", ""]},
    ),
]
_OF_TEXT: Json = {"$ref": "#/components/parameters/resource"}
_NAVIGATION = [
    _OF_TEXT,
    *_PASSAGE,
    _parameter(
        "down",
        "How many levels down; -1 is all, 0 the siblings of ref.",
        _whole(-1),
    ),
    _PAGE,
]
_DOCUMENT = [_OF_TEXT, *_PASSAGE, _parameter("mediaType", f"One of {', '.join(MEDIA_TYPES)}.")]
_HEADERS: Json = {
    "If-None-Match": {
        "name": "If-None-Match",
        "in": "header",
        "description": "Tags of answers that the client has.",
        "required": False,
        "schema": {"type": "string"},
    }
}
_RESPONSES: Json = {
    "304": {"description": "The client has the answer (If-None-Match)."},
    "400": {"description": "The parameters do not go together, or cannot be read."},
    "404": {"description": "There is no such collection, text, unit, citation tree, page or media type."},
    "500": {"description": "The text cannot be given in that media type."},
    "503": {"description": "The text cannot be read at present."},
}
for _code in ("400", "404", "500", "503"):
    _RESPONSES[_code]["content"] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _operation(
    name: str,
    summary: str,
    parameters: list[Json],
    schema: str,
    refusals: tuple[str, ...] = (),
    media_type: str = LD_JSON,
) -> Json:
    content: Json = {
        media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}}
    }
    more = ("503",) if refusals else ()
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [*parameters, {"$ref": "#/components/parameters/If-None-Match"}],
        "responses": {
            "200": {"description": summary, "content": content, "headers": _SENT},
            **{code: {"$ref": f"#/components/responses/{code}"} for code in ("304", *refusals, *more)},
        },
    }


_SENT: Json = {"ETag": {"description": "The tag of the answer.", "schema": {"type": "string"}}}


def _document() -> Json:
    made = _operation("document", "A text, or a passage of it", _DOCUMENT, "", ("400", "404", "500"))
    answered = made["responses"]["200"]
    answered["content"] = {one: {"schema": {"type": "string"}} for one in MEDIA_TYPES}
    link = {"description": "The text in the collection endpoint.", "schema": {"type": "string"}}
    answered["headers"] = {**_SENT, "Link": link}
    return made


def _object(required: Json, optional: Json | None = None) -> Json:
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _array(of: Json) -> Json:
    return {"type": "array", "items": of}


_BEGUN: Json = {"@context": {"const": "https://dtsapi.org/context/v1.0.json"}, "dtsVersion": {"const": "1.0"}}
_TEMPLATE: Json = {"type": "string", "description": "A URI template (RFC 6570)."}
_METADATA: Json = {"type": "object"}
_LISTED: Json = {
    "@id": URI,
    "@type": {"enum": ["Collection", "Resource"]},
    "title": {"type": "string"},
    "totalParents": {"type": "integer", "minimum": 0},
    "totalChildren": {"type": "integer", "minimum": 0},
    "collection": _TEMPLATE,
}
_OF_RESOURCE: Json = {
    "navigation": _TEMPLATE,
    "document": _TEMPLATE,
    "description": {"type": "string"},
    "dublinCore": _METADATA,
    "mediaTypes": _array({"type": "string"}),
    "download": URI,
    "citationTrees": _array(_ref("CitationTree")),
}
_SCHEMAS: Json = {
    "EntryPoint": _object(
        {
            **_BEGUN,
            "@id": URI,
            "@type": {"const": "EntryPoint"},
            "collection": _TEMPLATE,
            "navigation": _TEMPLATE,
            "document": _TEMPLATE,
        }
    ),
    "Listed": _object(_LISTED, _OF_RESOURCE),
    "CollectionOrResource": _object(
        {**_BEGUN, **_LISTED}, {**_OF_RESOURCE, "member": _array(_ref("Listed")), "view": _ref("Pagination")}
    ),
    "Navigation": _object(
        {**_BEGUN, "@id": URI, "@type": {"const": "Navigation"}, "resource": _ref("Listed")},
        {
            "ref": _ref("CitableUnit"),
            "start": _ref("CitableUnit"),
            "end": _ref("CitableUnit"),
            "member": _array(_ref("CitableUnit")),
            "view": _ref("Pagination"),
        },
    ),
    "CitationTree": _object(
        {"@type": {"const": "CitationTree"}, "citeStructure": _array(_ref("CiteStructure"))},
        {"identifier": {"type": "string"}, "description": {"type": "string"}},
    ),
    "CiteStructure": _object(
        {"@type": {"const": "CiteStructure"}, "citeType": {"type": "string"}},
        {"citeStructure": _array(_ref("CiteStructure"))},
    ),
    "CitableUnit": _object(
        {
            "identifier": {"type": "string"},
            "@type": {"const": "CitableUnit"},
            "level": {"type": "integer", "minimum": 1},
            "parent": LINK,
            "citeType": {"type": "string"},
        },
        {"dublinCore": _METADATA, "extensions": _METADATA},
    ),
    "Pagination": _object(
        {
            "@id": {"type": "string"},
            "@type": {"const": "Pagination"},
            "first": LINK,
            "previous": LINK,
            "next": LINK,
            "last": LINK,
        }
    ),
    "Problem": _object(
        {
            "type": {"const": "about:blank"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
        }
    ),
}
