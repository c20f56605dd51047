<xsl:package name="urn:x-teiwright:html" package-version="0.1" version="3.0" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml">

  <!-- One TEI document to one self-contained HTML page. What the edition says in its own words carries data-by="edition":
       take those elements away, and the words of the text remain, each once. -->

  <!-- The names of the elements that the documents have, "*" for any: a module that none of them needs is not compiled. -->
  <xsl:param name="present" as="xs:string*" static="yes" select="'*'"/>
  <!-- Whether the page says of everything where it comes from: before a text stands an instruction "t" with its number among
       the texts of the document, on an element @data-n with that among the elements, both from 1. -->
  <xsl:param name="traced" as="xs:boolean" static="yes" select="false()"/>
  <!-- Whether the page has all that serves a reader of it: metadata, style sheet, contents, options, registers, header. -->
  <xsl:param name="whole" as="xs:boolean" static="yes" select="true()"/>

  <!-- A style sheet of the project's own, after that of the page. -->
  <xsl:param name="style" as="xs:string" select="''"/>
  <!-- "show" has pictures shown that lie beside the document, and those that it holds itself; "link" none. -->
  <xsl:param name="images" as="xs:string" select="'link'"/>
  <xsl:variable name="pictures-from" as="xs:string" select="if ($images = 'show') then ' ''self'' file:' else ''"/>

  <!-- The text to flow content. What no template foresees keeps its words and is reported once (html/structure.xsl). -->
  <xsl:mode name="m:html" visibility="public" on-no-match="text-only-copy" use-accumulators="#all"/>
  <!-- Attributes that any result element takes over: id, lang, class. -->
  <xsl:mode name="m:attributes" visibility="public" on-no-match="shallow-skip"/>
  <!-- Whether an element becomes a block. -->
  <xsl:mode name="m:block" visibility="public" on-no-match="shallow-skip"/>
  <!-- The contents list. -->
  <xsl:mode name="m:contents" on-no-match="shallow-skip"/>
  <!-- Parts of the header to items of "about this edition". -->
  <xsl:mode name="m:header" visibility="public" on-no-match="shallow-skip"/>
  <!-- Records of persons, places, bodies and events to entries of the index. -->
  <xsl:mode name="m:record" visibility="public" on-no-match="shallow-skip"/>
  <!-- The document to sections at the foot of the page: a module adds its own, then lets the next one match. -->
  <xsl:mode name="m:foot" on-no-match="shallow-skip"/>
  <!-- Bibliographic records to entries of the bibliography. -->
  <xsl:mode name="m:bibliography" visibility="public" on-no-match="shallow-skip"/>

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no" omit-xml-declaration="yes" use-character-maps="controls"/>

  <!-- The style sheet, taken in when the package is compiled, so that nothing is read when it runs. -->
  <xsl:variable name="css" as="xs:string" static="yes" select="unparsed-text('html/style.css')"/>

  <!-- With all of shared/; the bibliography is written by the same modules as the lists of works cited. -->
  <xsl:include href="citations/model.xsl"/>
  <xsl:include href="citations/references.xsl"/>
  <xsl:include href="citations/order.xsl"/>
  <xsl:include href="shared/statements.xsl"/>
  <xsl:include href="html/characters.xsl"/>
  <xsl:include href="html/page.xsl"/>
  <xsl:include href="html/header.xsl"/>
  <xsl:include href="html/facts.xsl"/>
  <xsl:include href="html/citing.xsl"/>
  <xsl:include href="html/structure.xsl"/>
  <xsl:include href="html/prose.xsl"/>
  <xsl:include href="html/lists.xsl"/>
  <xsl:include href="html/rendition.xsl"/>
  <xsl:include href="html/tables.xsl" use-when="$present = ('*', 'table', 'row', 'cell')"/>
  <xsl:include href="html/figures.xsl" use-when="$present = ('*', 'figure', 'figDesc', 'graphic', 'media', 'binaryObject', 'formula', 'notatedMusic', 'math', 'svg')"/>
  <xsl:include href="html/terms.xsl" use-when="$present = ('*', 'index')"/>
  <xsl:include href="html/gaiji.xsl" use-when="$present = ('*', 'g', 'charDecl', 'char', 'glyph')"/>
  <xsl:include href="html/documentation.xsl" use-when="$present = ('*', 'egXML', 'schemaSpec', 'specGrp', 'specGrpRef', 'moduleSpec', 'moduleRef', 'elementSpec', 'elementRef', 'classSpec', 'classRef', 'macroSpec',
    'macroRef', 'dataSpec', 'dataRef', 'constraintSpec', 'paramSpec', 'attDef', 'attRef', 'attList', 'classes', 'content', 'valList', 'specList', 'specDesc', 'listRef', 'exemplum', 'remarks', 'equiv', 'altIdent', 'model',
    'modelGrp', 'modelSequence', 'param', 'outputRendition', 'valItem', 'valDesc', 'datatype', 'constraint', 'memberOf', 'defaultVal', 'alternate', 'sequence', 'anyElement', 'textNode')"/>
  <xsl:include href="html/corpus.xsl"/>
  <xsl:include href="html/letters.xsl" use-when="$present = ('*', 'correspDesc', 'correspAction', 'correspContext', 'salute', 'signed', 'dateline', 'address', 'addrLine')"/>
  <xsl:include href="html/verse.xsl" use-when="$present = ('*', 'l', 'lg', 'caesura', 'rhyme')"/>
  <xsl:include href="html/drama.xsl" use-when="$present = ('*', 'sp', 'spGrp', 'stage', 'castList', 'speaker', 'set', 'performance', 'prologue', 'epilogue', 'view', 'camera', 'caption',
    'sound', 'tech', 'move', 'role', 'roleDesc', 'actor', 'u', 'annotationBlock', 'pause', 'vocal', 'kinesic', 'incident', 'writing', 'shift')"/>
  <xsl:include href="html/spoken.xsl" use-when="$present = ('*', 'u', 'annotationBlock', 'pause', 'vocal', 'kinesic', 'incident', 'writing', 'shift')"/>
  <xsl:include href="html/quotation.xsl"/>
  <xsl:include href="html/notes.xsl"/>
  <xsl:include href="html/names.xsl"/>
  <xsl:include href="html/entries.xsl" use-when="$present = ('*', 'person', 'personGrp', 'persona', 'place', 'org', 'event', 'object', 'nym', 'relation', 'listPerson', 'listPlace',
    'listOrg', 'listEvent', 'listObject', 'listNym', 'listRelation', 'offset', 'geogFeat', 'persPronouns', 'sex', 'gender', 'age', 'floruit', 'socecStatus', 'langKnown',
    'langKnowledge', 'state', 'trait', 'population', 'climate', 'terrain', 'location', 'objectIdentifier')"/>
  <xsl:include href="html/dates.xsl"/>
  <xsl:include href="html/apparatus.xsl" use-when="$present = ('*', 'rdgGrp', 'wit', 'witDetail', 'witEnd', 'witStart', 'app', 'listApp', 'listWit', 'witness', 'variantEncoding', 'lem', 'rdg', 'lacunaStart', 'lacunaEnd')"/>
  <xsl:include href="html/dictionary.xsl" use-when="$present = ('*', 'case', 'colloc', 'gen', 'iType', 'mood', 'number', 'per', 'stress', 'subc', 'tns', 'entry', 'entryFree', 'superEntry', 'hom', 'sense', 're', 'dictScrap', 'form', 'orth', 'pron', 'hyph', 'syll', 'gramGrp',
    'gram', 'pos', 'etym', 'def', 'xr', 'usg', 'lbl', 'oRef', 'pRef', 'lang', 'nym')"/>
  <xsl:include href="html/features.xsl" use-when="$present = ('*', 'default', 'fDescr', 'fsConstraints', 'fsDescr', 'if', 'iff', 'string', 'then', 'vDefault', 'vRange', 'fs', 'f', 'fLib', 'fvLib', 'fsdDecl', 'fsDecl', 'symbol', 'binary', 'numeric', 'vAlt', 'vNot', 'vColl', 'vMerge', 'vLabel',
    'cond', 'bicond', 'fsdLink', 'fDecl')"/>
  <xsl:include href="html/networks.xsl" use-when="$present = ('*', 'graph', 'tree', 'eTree', 'forest', 'listForest', 'node', 'arc', 'root', 'iNode', 'leaf', 'triangle', 'eLeaf')"/>
  <xsl:include href="html/linguistic.xsl" use-when="$present = ('*', 'w', 'pc', 'm', 'c', 'cl', 'phr')"/>
  <xsl:include href="html/alignment.xsl"/>
  <xsl:include href="html/standoff.xsl" use-when="$present = ('*', 'annotation', 'listAnnotation', 'standOff', 'spanGrp', 'span', 'interpGrp', 'interp', 'linkGrp', 'link', 'joinGrp', 'join', 'altGrp', 'alt',
    'timeline', 'when', 'certainty', 'precision', 'respons', 'annotationBlock', 'fsdDecl')"/>
  <xsl:include href="html/corrections.xsl"/>
  <xsl:include href="html/signs.xsl"/>
  <xsl:include href="shared/amounts.xsl"/>
  <xsl:include href="html/manuscript.xsl" use-when="$present = ('*', 'msDesc', 'msPart', 'msFrag', 'msIdentifier', 'altIdentifier', 'msContents', 'msItem', 'msItemStruct', 'physDesc', 'locus',
    'locusGrp', 'dimensions', 'dim', 'height', 'width', 'depth', 'origDate', 'rubric', 'incipit', 'explicit', 'colophon', 'textLang', 'decoNote', 'handNote', 'seal')"/>
  <xsl:include href="html/transcription.xsl" use-when="$present = ('*', 'gap', 'space', 'add', 'del', 'mod', 'subst', 'substJoin', 'restore', 'retrace', 'undo', 'redo', 'transpose', 'listTranspose', 'addSpan',
    'delSpan', 'damageSpan', 'damage', 'unclear', 'supplied', 'surplus', 'secl', 'handShift', 'fw', 'metamark', 'am', 'lb')"/>
  <xsl:include href="html/facsimile.xsl" use-when="$present = ('*', 'facsimile', 'sourceDoc', 'surfaceGrp', 'surface', 'zone', 'line', 'path', 'pb', 'cb', 'gb', 'milestone')"/>
  <xsl:include href="html/indexes.xsl"/>
  <xsl:include href="html/chronology.xsl"/>
  <xsl:include href="html/bibliography.xsl"/>
  <xsl:include href="html/references.xsl"/>
  <xsl:include href="html/links.xsl"/>
</xsl:package>
