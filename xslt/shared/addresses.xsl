<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- Addresses: div, p, ab, item, head, note; how a place in the text is called (Guidelines #CORS, #CONO): "3.4" is paragraph 4 of section 3,
       "0.2" stands before the first section. Numbers are those of the document (@n); where it has none, they are counted. -->

  <xsl:accumulator name="a:paragraphs" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//p | text//ab | text//l | text//item" select="$value + 1"/>
  </xsl:accumulator>

  <!-- How many notes of each list stand up to here. Counted once for the whole text: counting at each note takes the square. -->
  <xsl:accumulator name="a:notes-of-group" as="map(xs:string, xs:integer)" initial-value="map { }">
    <xsl:accumulator-rule match="text//note" select="map:put($value, f:note-group(.), ($value(f:note-group(.)), 0)[1] + 1)"/>
  </xsl:accumulator>

  <xsl:key name="note-group" match="text//note" use="f:note-group(.)"/>

  <!-- The division that is the whole text: the only one in the body, so that its heading is the title of the page. -->
  <xsl:key name="lead" match="div[parent::body][empty(preceding-sibling::*)][empty(following-sibling::*)][head][not(ancestor::group)]" use="'lead'"/>

  <xsl:function name="f:lead" as="element(div)?">
    <xsl:param name="context" as="node()"/>
    <xsl:variable name="found" as="element(div)*" select="key('lead', 'lead', root($context))"/>
    <xsl:sequence select="$found[count($found) = 1]"/>
  </xsl:function>

  <!-- Which list a note of the text belongs to: "footnotes", the author's and those at the foot; "editorial", the editors'; "references", any other.
       "inline" ones stay where they are: in the line, in the margin, and those of an apparatus entry. -->
  <xsl:function name="f:note-group" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="if (f:is-beside($note) or $note/(parent::app | parent::annotation | parent::msItem | parent::msItemStruct | parent::altIdentifier | parent::adminInfo | ancestor::person | ancestor::place | ancestor::org | ancestor::event | ancestor::object | ancestor::nym) or tokenize(lower-case($note/@place), '[\s_\-]+') = ('inline', 'inspace', 'interlinear', 'above', 'supralinear', 'infralinear', 'intralinear')) then 'inline'
      else if ($note/@type = ('editor', 'editorial', 'editors', 'ed') or $note/@resp = ('editor', 'ed')) then 'editorial'
      else if ($note/@type = 'author' or tokenize(lower-case($note/@place)) = ('bottom', 'foot', 'footnote')) then 'footnotes' else 'references'"/>
  </xsl:function>

  <!-- Whether a note stands in the margin. -->
  <xsl:function name="f:is-beside" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="tokenize(lower-case($note/@place), '[\s_\-]+') = ('margin', 'marg', 'left', 'right', 'outer', 'inner', 'mleft', 'mright') or starts-with($note/@place, 'margin')"/>
  </xsl:function>

  <!-- The notes of one list in the order of the text. -->
  <xsl:function name="f:notes" as="element(note)*">
    <xsl:param name="context" as="node()"/>
    <xsl:param name="group" as="xs:string"/>
    <xsl:sequence select="key('note-group', $group, root($context))"/>
  </xsl:function>

  <!-- The number of a note as the text has it, else its place in its list: letters for those of the editors. -->
  <xsl:function name="f:note-label" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="group" as="xs:string" select="f:note-group($note)"/>
    <xsl:variable name="place" as="xs:integer" select="($note/accumulator-before('a:notes-of-group')($group), 0)[1]"/>
    <xsl:sequence select="($note/@n/normalize-space()[.], if ($group = 'editorial') then format-integer($place, 'a') else string($place))[1]"/>
  </xsl:function>

  <!-- "footnote", "editors-note", "reference" or "note": how a list's notes are spoken of. -->
  <xsl:function name="f:note-kind" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="group" as="xs:string" select="f:note-group($note)"/>
    <xsl:sequence select="if ($group = 'footnotes') then 'footnote' else if ($group = 'editorial') then 'editors-note' else if ($note/@type = 'reference') then 'reference' else 'note'"/>
  </xsl:function>

  <!-- The number of the section around a place: "3", "3.1"; "0" before the first section; "" where sections have no numbers. -->
  <xsl:function name="f:section-label" as="xs:string">
    <xsl:param name="place" as="node()"/>
    <xsl:variable name="lead" as="element(div)?" select="f:lead($place)"/>
    <xsl:variable name="numbers" as="xs:string*" select="$place/ancestor::div[@n][not(. is $lead)]/@n ! string()"/>
    <xsl:sequence select="if (exists($numbers)) then string-join($numbers, '.')
      else if ($lead/div[@n] and $place/ancestor::div[1] is $lead) then '0' else ''"/>
  </xsl:function>

  <!-- The label of a paragraph: its number within its section, or its number in the whole text. -->
  <xsl:function name="f:passage-label" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="if ($passage/@n) then string-join((f:section-label($passage)[.], $passage/@n), '.')
      else '¶' || ($passage/accumulator-before('a:paragraphs'))"/>
  </xsl:function>

  <!-- The label of a paragraph with the number of the whole before it, as one cites it: "19.3.4". -->
  <xsl:function name="f:address" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence select="string-join((f:lead($passage)/@n, f:passage-label($passage)), '.')"/>
  </xsl:function>

  <!-- Where something in the text stands, for a reader: "3.4", "ref. 12", "3 heading", "title". -->
  <xsl:function name="f:where" as="xs:string">
    <xsl:param name="place" as="element()"/>
    <xsl:variable name="block" as="element()?" select="$place/ancestor-or-self::*[
      self::note[f:note-group(.) != 'inline'] or self::p[not(ancestor::note)] or self::ab or self::head or self::l or self::item[not(ancestor::p)] or self::titlePage][1]"/>
    <xsl:apply-templates select="($block, $place)[1]" mode="m:where"/>
  </xsl:function>

  <xsl:mode name="m:where" on-no-match="fail"/>

  <xsl:template match="note" mode="m:where" as="xs:string">
    <xsl:sequence select="f:word('in-' || f:note-kind(.), f:note-label(.))"/>
  </xsl:template>

  <xsl:template match="p | ab | l | item" mode="m:where" as="xs:string">
    <xsl:sequence select="f:passage-label(.)"/>
  </xsl:template>

  <!-- A block quotation stands where its first paragraph stands. -->
  <xsl:template match="cit[.//p] | quote[.//p] | q[.//p] | said[.//p]" mode="m:where" as="xs:string">
    <xsl:apply-templates select="(.//p)[1]" mode="m:where"/>
  </xsl:template>

  <xsl:template match="titlePage | body/div[. is f:lead(.)]/head" mode="m:where" as="xs:string">
    <xsl:sequence select="f:word('in-title')"/>
  </xsl:template>

  <xsl:template match="head" mode="m:where" as="xs:string">
    <xsl:sequence select="f:word('in-heading', (f:section-label(.)[.], f:quoted(f:plain(.)))[1])"/>
  </xsl:template>

  <xsl:template match="*" mode="m:where" as="xs:string">
    <xsl:sequence select="(f:section-label(.)[.], f:word('text'))[1]"/>
  </xsl:template>
</xsl:stylesheet>
