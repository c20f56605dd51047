"""Small schemas in RELAX NG's compact syntax, each with documents that fit it and documents that do not.

They are held to what is written here, and by test_relaxng_compact_jing.py to jing's verdicts.
"""

from typing import NamedTuple


class Sample(NamedTuple):
    """A schema in compact syntax, documents that are valid and documents that are not."""

    schema: str
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()


EX, OTHER = "http://example.org/one", "http://example.org/two"
NS = f'xmlns="{EX}"'

CORRECT: dict[str, Sample] = {
    # Patterns
    "element": Sample("element r { empty }", ("<r/>",), ("<s/>", "<r>x</r>", f"<r {NS}/>")),
    "text": Sample("element r { text }", ("<r/>", "<r>x</r>"), ("<r><a/></r>",)),
    "attribute": Sample("element r { attribute a { text } }", ("<r a=''/>",), ("<r/>", "<r b=''/>")),
    "group": Sample(
        "element r { element a { empty }, element b { empty }, element c { empty } }",
        ("<r><a/><b/><c/></r>",),
        ("<r><b/><a/><c/></r>", "<r><a/><b/></r>"),
    ),
    "choice": Sample(
        "element r { element a { empty } | element b { empty } | element c { empty } }",
        ("<r><a/></r>", "<r><c/></r>"),
        ("<r/>", "<r><a/><b/></r>"),
    ),
    "interleave": Sample(
        "element r { element a { empty } & element b { empty }* & text }",
        ("<r><b/>x<a/>y<b/></r>", "<r><a/></r>"),
        ("<r/>", "<r><a/><a/></r>"),
    ),
    "zero or more": Sample("element r { element a { empty }* }", ("<r/>", "<r><a/><a/></r>"), ("<r><b/></r>",)),
    "one or more": Sample("element r { element a { empty }+ }", ("<r><a/><a/></r>",), ("<r/>",)),
    "optional": Sample("element r { element a { empty }? }", ("<r/>", "<r><a/></r>"), ("<r><a/><a/></r>",)),
    "parentheses": Sample(
        "element r { (element a { empty }, (element b { empty } | element c { empty }))* }",
        ("<r/>", "<r><a/><b/><a/><c/></r>"),
        ("<r><a/><a/></r>", "<r><b/></r>"),
    ),
    "needless parentheses": Sample("((element r { ((empty)) }))", ("<r/>",), ("<r>x</r>",)),
    "mixed": Sample("element r { mixed { element a { empty } } }", ("<r>x<a/>y</r>",), ("<r>x</r>",)),
    "list": Sample("element r { list { xsd:int, xsd:int+ } }", ("<r>1 2 3</r>",), ("<r>1</r>", "<r>1 x</r>")),
    "not allowed": Sample("element r { notAllowed | empty }", ("<r/>",), ("<r>x</r>",)),
    "whole choice": Sample("element r { empty } | element s { empty }", ("<r/>", "<s/>"), ("<t/>",)),
    "external grammar as pattern": Sample("grammar { start = element r { empty } }", ("<r/>",), ("<s/>",)),
    # Data
    "value": Sample('element r { "a" }', ("<r>a</r>", "<r> a </r>"), ("<r>b</r>",)),
    "value of token": Sample('element r { token "a  b" }', ("<r> a b</r>",), ("<r>ab</r>",)),
    "value of string": Sample('element r { string "a" }', ("<r>a</r>",), ("<r> a </r>",)),
    "value of XSD": Sample('element r { xsd:int "1" }', ("<r>01</r>",), ("<r>2</r>",)),
    "token": Sample("element r { token }", ("<r>a</r>", "<r/>"), ("<r><a/></r>",)),
    "string": Sample("element r { string }", ("<r>a</r>",), ("<r><a/></r>",)),
    "XSD without declaration": Sample("element r { xsd:int }", ("<r>1</r>",), ("<r>x</r>",)),
    "datatypes": Sample(
        'datatypes t = "http://www.w3.org/2001/XMLSchema-datatypes" element r { t:int }', ("<r>1</r>",), ("<r>x</r>",)
    ),
    "datatypes of the built-in library": Sample(
        'datatypes b = "" element r { b:token "x" }', ("<r> x</r>",), ("<r/>",)
    ),
    "datatypes by a keyword": Sample(
        'datatypes text = "http://www.w3.org/2001/XMLSchema-datatypes" element r { text:int }', ("<r>1</r>",)
    ),
    "parameters": Sample(
        'element r { xsd:string { minLength = "2" maxLength = "3" } }', ("<r>ab</r>",), ("<r>a</r>", "<r>abcd</r>")
    ),
    "no parameters": Sample("element r { xsd:string {} }", ("<r>a</r>",), ("<r><a/></r>",)),
    "parameter with annotation": Sample(
        f'namespace x = "{EX}" element r {{ xsd:string {{ ## why\n [ x:y = "z" x:e [] ] pattern = "a+" }} }}',
        ("<r>aa</r>",),
        ("<r>b</r>",),
    ),
    "exception": Sample('element r { token - "a" }', ("<r>b</r>",), ("<r>a</r>",)),
    "exception from parameters": Sample(
        'element r { xsd:string { maxLength = "2" } - ("a" | "b") }', ("<r>c</r>",), ("<r>a</r>", "<r>ccc</r>")
    ),
    "exception in parentheses": Sample('element r { (token - "a") | "a" }', ("<r>a</r>", "<r>b</r>")),
    "exception, repeated": Sample('element r { list { (token - "a")* } }', ("<r>b c</r>",), ("<r>b a</r>",)),
    "exception from an exception": Sample('element r { token - (token - "a") }', ("<r>a</r>",), ("<r>b</r>",)),
    "qualified name as value": Sample(
        f'namespace p = "{EX}" default namespace = "{OTHER}" element r {{ xsd:QName "p:a" | xsd:QName "b" }}',
        (f'<r xmlns="{OTHER}" xmlns:q="{EX}">q:a</r>', f'<r xmlns="{OTHER}">b</r>'),
        (f'<r xmlns="{OTHER}">a</r>', f'<q:r xmlns:q="{OTHER}">b</q:r>'),
    ),
    # Literals
    "single quotes": Sample("element r { 'a\"b' }", ("<r>a&quot;b</r>",), ("<r>ab</r>",)),
    "three double quotes": Sample('element r { string """a"b""c\nd""" }', ('<r>a"b""c\nd</r>',), ("<r/>",)),
    "three single quotes": Sample("element r { string '''a'b''c\nd''' }", ("<r>a'b''c\nd</r>",), ("<r/>",)),
    "quote at the beginning of three": Sample('element r { string """"a""" }', ('<r>"a</r>',), ("<r>a</r>",)),
    "empty literals": Sample("element r { \"\" ~ '' ~ \"\"\"\"\"\" ~ '''''' }", ("<r/>",), ("<r>a</r>",)),
    "concatenation": Sample("element r { 'a' ~ \"'\" ~\n '''b''' }", ("<r>a'b</r>",), ("<r>a</r>",)),
    "escapes": Sample(r'element \x{72} { "\x{e9}\x{1F600}\xx{0041}" }', ("<r>é😀A</r>",), ("<r>A</r>",)),
    "escaped new line": Sample(r'element r { string "a\x{A}b" }', ("<r>a\nb</r>",), ("<r>a b</r>",)),
    "escaped carriage return": Sample(r'element r { string "a\x{D}b" }', ("<r>a&#13;b</r>",), ("<r>a\nb</r>",)),
    "escaped quotation mark": Sample(r"element r { \x{22}a\x{22} }", ("<r>a</r>",), ("<r/>",)),
    "escape is not scanned again": Sample(r'element r { string "\x{5C}x{41}" }', (r"<r>\x{41}</r>",), ("<r>A</r>",)),
    "escaped white space between tokens": Sample(r"element\x{20}r\x{A}{\x{9}empty }", ("<r/>",), ("<s/>",)),
    # Names
    "quoted keywords": Sample(
        r"start = \element  \element = element \start { \text } \text = attribute \list { \div } \div = text",
        ("<start list=''/>",),
        ("<element/>", "<start/>"),
    ),
    "keywords as names": Sample(
        "element element { attribute text { text }, element grammar { empty } }",
        ("<element text=''><grammar/></element>",),
        ("<element text=''/>",),
    ),
    "needlessly quoted name": Sample(r"start = \r  r = element \r { empty }", ("<r/>",), ("<s/>",)),
    "names with marks": Sample("element a.b-c_d { attribute é { text } }", ("<a.b-c_d é=''/>",), ("<a/>",)),
    "default namespace": Sample(
        f'default namespace = "{EX}" element r {{ attribute a {{ text }}, element s {{ empty }} }}',
        (f"<r {NS} a=''><s/></r>",),
        ("<r a=''><s/></r>", f"<r {NS} xmlns:x='{EX}' x:a=''><s/></r>"),
    ),
    "default namespace with a prefix": Sample(
        f'default namespace x = "{EX}" element r {{ attribute x:a {{ text }}, element x:s {{ empty }} }}',
        (f"<x:r xmlns:x='{EX}' x:a=''><x:s/></x:r>",),
        (f"<r {NS} a=''><s/></r>",),
    ),
    "namespace by a keyword": Sample(
        f'namespace element = "{EX}" element element:element {{ empty }}', (f"<element {NS}/>",), ("<element/>",)
    ),
    "default namespace by the keyword inherit": Sample(
        f'default namespace inherit = "{EX}" element inherit:r {{ empty }}', (f"<r {NS}/>",), ("<r/>",)
    ),
    "no namespace by a prefix": Sample(
        f'namespace none = "" default namespace = "{EX}" element r {{ element none:s {{ element t {{ empty }} }} }}',
        (f'<r {NS}><s xmlns=""><t {NS}/></s></r>',),
        (f"<r {NS}><s><t/></s></r>", f'<r {NS}><s xmlns=""><t/></s></r>'),
    ),
    "nothing to inherit": Sample(
        f'default namespace = "{EX}" namespace i = inherit element r {{ element i:s {{ element t {{ empty }} }} }}',
        (f'<r {NS}><s xmlns=""><t {NS}/></s></r>',),
        (f"<r {NS}><s><t/></s></r>",),
    ),
    "prefix xml": Sample("element r { attribute xml:lang { text } }", ("<r xml:lang=''/>",), ("<r lang=''/>",)),
    "prefix xml, declared": Sample(
        'namespace xml = "http://www.w3.org/XML/1998/namespace" element r { attribute xml:lang { text } }',
        ("<r xml:lang=''/>",),
    ),
    # Name classes
    "any name": Sample("element * { attribute * { text }* }", ("<r a='' b=''/>", f"<r {NS}/>"), ("<r>x</r>",)),
    "any name of a namespace": Sample(
        f'namespace x = "{EX}" element x:* {{ empty }}', (f"<r {NS}/>", f"<s {NS}/>"), ("<r/>",)
    ),
    "choice of names": Sample("element (a | b) | c { empty }", ("<a/>", "<b/>", "<c/>"), ("<d/>",)),
    "any name but one": Sample("element * - r { empty }", ("<s/>", f"<r {NS}/>"), ("<r/>",)),
    "any name but some": Sample(
        f'namespace x = "{EX}" element * - (r | x:*) {{ empty }}', ("<s/>",), ("<r/>", f"<t {NS}/>")
    ),
    "any name of a namespace but one": Sample(
        f'namespace x = "{EX}" element x:* - x:r {{ empty }}', (f"<s {NS}/>",), (f"<r {NS}/>", "<s/>")
    ),
    "exceptions in a choice": Sample(
        f'namespace x = "{EX}" element (* - (r | x:*)) | (x:* - x:r) {{ empty }}',
        ("<s/>", f"<t {NS}/>"),
        ("<r/>", f"<r {NS}/>"),
    ),
    "any attribute but those of a namespace": Sample(
        f'namespace x = "{EX}" element r {{ attribute * - (x:* | a) {{ text }}* }}',
        ("<r b=''/>",),
        ("<r a=''/>", f"<r xmlns:x='{EX}' x:b=''/>"),
    ),
    "unprefixed exceptions of elements are in the default namespace": Sample(
        f'default namespace = "{EX}" element * - r {{ empty }}', ("<r/>",), (f"<r {NS}/>",)
    ),
    "annotated name class": Sample(
        f'namespace x = "{EX}" element [ x:a = "1" ] ( [ x:e [] ] a >> x:f [] | ## of b\n b ) >> x:g [] | c {{ empty }}',
        ("<a/>", "<b/>", "<c/>"),
        ("<d/>",),
    ),
    # Grammars
    "definitions": Sample(
        "start = a a = element r { b* } b = element s { text }", ("<r><s/></r>",), ("<s/>", "<r>x</r>")
    ),
    "combined by choice": Sample(
        "start |= element a { empty } start |= element b { empty }", ("<a/>", "<b/>"), ("<c/>",)
    ),
    "combined by interleave": Sample(
        "start = element r { c } c &= element a { empty } c &= element b { empty }",
        ("<r><b/><a/></r>",),
        ("<r><a/></r>",),
    ),
    "combined once plainly": Sample(
        "start = element a { empty } start |= element b { empty }", ("<a/>", "<b/>"), ("<c/>",)
    ),
    "div": Sample("div { start = a } div { div { a = element r { empty } } } div { }", ("<r/>",), ("<a/>",)),
    "nested grammar": Sample(
        "start = element r { grammar { start = a, parent a a = element b { empty } } } a = element c { empty }",
        ("<r><b/><c/></r>",),
        ("<r><c/><b/></r>",),
    ),
    "grammar in parentheses, repeated": Sample(
        "element r { grammar { start = element a { empty } }* }", ("<r/>", "<r><a/><a/></r>"), ("<r><b/></r>",)
    ),
    # Comments and annotations
    "comments": Sample('# one\nelement r # two " { \n { empty # three\n } #', ("<r/>",), ("<s/>",)),
    "comments and documentation": Sample(
        "# no\n## yes\n# no\nelement r { ## a\n## b\n\n### c\n empty }", ("<r/>",), ("<s/>",)
    ),
    "documentation everywhere": Sample(
        "## start\nstart =\n ## of r\n r\n## of r\nr = element ## name\n r { ## p\n xsd:string { ## q\n pattern = 'a' }"
        " - ## v\n 'b' }",
        ("<r>a</r>",),
        ("<r>b</r>",),
    ),
    "annotations": Sample(
        f'namespace x = "{EX}" namespace none = ""\n'
        '[ x:a = "1" x:b = "2" x:e [ c = "3" none:d = "4" x:c = "5" "text" x:f [ ] "more" ~ "text" \\g [] none:h [] ] ]\n'
        'start = [ x:e [] ] element r { empty } >> x:after [ "a" ] >> y []',
        ("<r/>",),
        ("<s/>",),
    ),
    "annotation elements among definitions": Sample(
        f'namespace x = "{EX}" x:ns [ prefix = "a" ] y [] start = r z [] div {{ x:in [] r = element r {{ empty }} x:in [] }}',
        ("<r/>",),
        ("<s/>",),
    ),
    "annotations of groups": Sample(
        f'namespace x = "{EX}"\nelement r {{ [ x:a = "1" ] ( [ x:a = "2" ] ( element a {{ empty }}, element b {{ empty }} )'
        ' >> x:e [] ), [ x:a = "3" ] ( element c { empty } )?, [ x:a = "4" ] ( element d { empty }* ) }',
        ("<r><a/><b/></r>", "<r><a/><b/><c/><d/><d/></r>"),
        ("<r><a/></r>",),
    ),
    "annotations of values": Sample(
        f'namespace x = "{EX}" element r {{ ## one\n [ x:e [] ] "a" | ## two\n "b" >> x:f [] }}',
        ("<r>a</r>", "<r>b</r>"),
        ("<r>c</r>",),
    ),
    "annotations of repetitions": Sample(
        f'namespace x = "{EX}" element r {{ element a {{ empty }} >> x:e [] * >> x:f [] , element b {{ empty }}? }}',
        ("<r><a/><b/></r>", "<r/>"),
        ("<r><b/><a/></r>",),
    ),
    "annotation of a nested element in RELAX NG": Sample(
        'namespace rng = "http://relaxng.org/ns/structure/1.0" namespace x = "http://example.org/x"\n'
        "element r { [ x:e [ rng:text [] ] ] empty }",
        ("<r/>",),
    ),
    "declared prefix for documentation": Sample(
        'namespace doc = "http://relaxng.org/ns/compatibility/annotations/1.0" ## one\nelement r { empty }', ("<r/>",)
    ),
    "the usual prefix for documentation taken": Sample(
        f'namespace a = "{EX}" ## one\nelement a:r {{ empty }}', (f"<r {NS}/>",), ("<r/>",)
    ),
    "grammar after annotations only": Sample('## one\n[ xml:lang = "en" ] start = element r { empty }', ("<r/>",)),
    "pattern after annotations": Sample('## one\n[ xml:lang = "en" ] element r { empty }', ("<r/>",)),
    "carriage returns": Sample("# one\relement r\r\n{ string '''a\rb''' }", ("<r>a\nb</r>",), ("<r>ab</r>",)),
}

# What is no schema in compact syntax, and words of the sentence that says so, where it is.
INCORRECT: dict[str, tuple[str, str]] = {
    "nothing after the declarations": ('namespace x = ""', 'has no "start"'),
    "no operator": (
        "element r { text text }",
        ':1:18: "text" found in "element", opened in line 1; expected an operator',
    ),
    "no brace": ("element r text", ':1:11: "text" found; expected "{"'),
    "brace not closed": ("element r {\n text\n", 'the end of the file found in "element", opened in line 1; expected'),
    "nothing in braces": ("element r { }", ':1:13: "}" found in "element", opened in line 1; expected a pattern'),
    "parenthesis not closed": (
        "element r { (text }",
        '"}" found in "(", opened in line 1; expected an operator or ")"',
    ),
    "closed twice": ("element r { empty } }", '"}" found; expected'),
    "operators mixed": ("element r { text, text | text }", ':1:24: "|" found after ","; expected parentheses'),
    "other operators mixed": ("element r { text & text , text }", '"," found after "&"; expected parentheses'),
    "operator at the end": ("element r { text, }", '"}" found in "element", opened in line 1; expected a pattern'),
    "two repetitions": (
        "element r { text*? }",
        '"?" found in "element", opened in line 1; expected an operator or "}"',
    ),
    "no name": ("element { empty }", '"{" found; expected a name'),
    "prefix not declared": ("element x:r { empty }", ':1:9: the prefix "x" is not declared'),
    "prefix of a wildcard not declared": ("element x:* { empty }", 'the prefix "x" is not declared'),
    "prefix of a datatype not declared": ("element r { x:int }", 'the prefix of the datatype "x:int" is not declared'),
    "colon with spaces": ("element x : r { empty }", ':1:11: ":" has no meaning here'),
    "prefix declared twice": (
        'namespace x = "a" namespace x = "a" element r { empty }',
        ':1:29: the prefix "x" is declared twice',
    ),
    "default declared twice": (
        'default namespace = "a" default namespace = "b" element r { empty }',
        "is declared twice",
    ),
    "library declared twice": ('datatypes x = "" datatypes x = "" element r { empty }', "is declared twice"),
    "prefix xmlns": ('namespace xmlns = "a" element r { empty }', '"xmlns" may not be declared'),
    "prefix xml": ('namespace xml = "a" element r { empty }', 'the prefix "xml" found with another namespace'),
    "namespace of xml": (
        'namespace x = "http://www.w3.org/XML/1998/namespace" element r { empty }',
        'found with the prefix "x"; expected "xml"',
    ),
    "namespace of xml as default": (
        'default namespace = "http://www.w3.org/XML/1998/namespace" element r { empty }',
        "cannot be the default",
    ),
    "prefix xsd": ('datatypes xsd = "http://example.org/" element r { empty }', 'the prefix "xsd" found with another'),
    "library that is no address": ('datatypes x = "here" element r { empty }', "is not an absolute address"),
    "declaration after a definition": ('start = element r { empty } namespace x = "a"', '"namespace" found; expected'),
    "keyword as definition": ("text = element r { empty }", '"=" found; expected ",", "|" or "&"'),
    "keyword as later definition": ("start = text text = element r { empty }", 'expected "\\text", since a keyword'),
    "definition without pattern": ("start =", "the end of the file found; expected a pattern"),
    "definition without assignment": ("start = a a element r { empty }", '"element" found; expected "=", "|=" or "&="'),
    "no literal for a namespace": (
        "namespace x = y element r { empty }",
        '"y" found; expected a namespace in quotation',
    ),
    "literal not closed": ('element r { "a }\n', ":1:13: a literal is not closed"),
    "new line in a literal": ('element r { "a\nb" }', ":1:13: a literal is not closed"),
    "two literals": (
        'element r { "a" "b" }',
        'the literal "b" found in "element", opened in line 1; expected an operator',
    ),
    "no literal after tilde": ('element r { "a" ~ b }', '"b" found in "element", opened in line 1; expected a literal'),
    "backslash": ("element \\ r { empty }", 'a name must follow "\\"'),
    "escape without number": ("element \\x{} { empty }", '"\\x{" found; expected a hexadecimal number'),
    "escape not closed": ("element \\x{41 { empty }", '"\\x{" found; expected a hexadecimal number'),
    "escape of no character": ("element r { '\\x{0}' }", ":1:14: the escape stands for no character"),
    "escape of a surrogate": ("element r { '\\x{D800}' }", "the escape stands for no character"),
    "escape beyond Unicode": ("element r { '\\x{110000}' }", "the escape stands for no character"),
    "control character": ("element r { '\x01' }", "the control character U+0001"),
    "foreign comment": ("/* r */ element r { empty }", ':1:1: "/" found; a comment begins with "#"'),
    "documentation of nothing": ("element r { text ## why\n }", 'a "##" comment found in "element"'),
    "documentation at the end": ("element r { empty }\n## the end", ':2:1: a "##" comment found'),
    "documentation after annotation": ('[ xml:id = "a" ]\n## why\nelement r { empty }', ':2:1: a "##" comment found'),
    "exception and choice": (
        'element r { token - "a" | "b" }',
        ':1:25: "|" found in "element", opened in line 1; expected p',
    ),
    "choice and exception": ('element r { "b" | token - "a" }', "expected parentheses around what has an exception"),
    "exception, repeated": ('element r { list { token - "a"* } }', "expected parentheses around what has an exception"),
    "exception from an exception": ('element r { token - token - "a" }', "expected parentheses around what has an exc"),
    "exception without datatype": ('element r { text - "a" }', '"-" found in "element"'),
    "names with exception and choice": ("element * - a | b { empty }", '"|" found; expected parentheses around'),
    "names with choice and exception": ("element a | * - b { empty }", "expected parentheses around what has an exc"),
    "names with two exceptions": ("element * - a - b { empty }", '"-" found; expected "{"'),
    "exception from a name": ("element a - b { empty }", '"-" found; expected "{"'),
    "any name excepted": ("element * - * { empty }", '"anyName" may not be an exception'),
    "parameters of a value": ("element r { xsd:int { minInclusive = 1 } }", '"1" has no meaning here'),
    "parameter without value": (
        "element r { xsd:string { length } }",
        '"}" found in "xsd:string", opened in line 1; expected "="',
    ),
    "parent without name": (
        "element r { parent text }",
        '"text" found in "element", opened in line 1; expected the name',
    ),
    "parent of nothing": ("start = element r { parent a }", "outside of a grammar within a grammar"),
    "reference to nothing": ("start = a", ':1: "a" is referred to but not defined'),
    "two starts": ("start = element a { empty }\nstart = element b { empty }", ":2: the start is defined twice"),
    "two combinations": (
        "start |= element a { empty } start &= element b { empty }",
        "both by choice and by interleave",
    ),
    "include in an override": (
        'include "a" { include "b" }',
        '"include" found in "include", opened in line 1; expected "start"',
    ),
    "external file not there": ('element r { external "nowhere.rnc" }', '"nowhere.rnc" cannot be read'),
    "external file with fragment": ('element r { external "a.rnc#b" }', "has a fragment identifier"),
    "inherit without prefix": ('element r { external "a.rnc" inherit = }', '"}" found in "element"'),
    "inherit of what is not declared": ('element r { external "a.rnc" inherit = x }', 'the prefix "x" is not declared'),
    "annotation without prefix": ('[ a = "1" ] element r { empty }', 'the annotation "a" is in no namespace'),
    "annotation in no namespace": (
        'namespace x = "" [ x:a = "1" ] element r { empty }',
        'the annotation "x:a" is in no namespace',
    ),
    "annotation that is inherited": ('namespace x = inherit [ x:a = "1" ] element r { empty }', "is inherited"),
    "annotation in RELAX NG": (
        'namespace x = "http://relaxng.org/ns/structure/1.0" [ x:text [] ] element r { empty }',
        "is in RELAX NG's namespace",
    ),
    "annotation twice": ('[ xml:id = "1" xml:id = "2" ] element r { empty }', 'the annotation "xml:id" is there twice'),
    "annotation twice by two prefixes": (
        'namespace x = "a" namespace y = "a" [ x:b = "1" y:b = "2" ] element r { empty }',
        'the annotation "y:b" is there twice',
    ),
    "annotation that declares a namespace": (
        '[ a [ xmlns = "b" ] ] element r { empty }',
        '"xmlns" declares a namespace',
    ),
    "annotation in the namespace of declarations": (
        'namespace x = "http://www.w3.org/2000/xmlns" [ x:b = "a" ] element r { empty }',
        '"x:b" declares a namespace',
    ),
    "annotation attribute after an element": ('[ a [] xml:id = "b" ] element r { empty }', '"=" found in "["'),
    "annotation not closed": ("[ a [ ] element r { empty }", "found"),
    "annotation without content": ("element r { empty } >> a", 'the end of the file found; expected "["'),
    "annotation behind a whole pattern": ("element r { empty } >> a []", "whose annotation would stand beside it"),
    "annotation of a whole value": ('## why\n"a"', "whose annotation would stand beside it"),
    "annotation element by a keyword": ("start = element r { empty } element []", '"element" found; expected'),
    "nested too deeply": ("(" * 101 + "empty" + ")" * 101, "nested more than 100 levels deep"),
}
