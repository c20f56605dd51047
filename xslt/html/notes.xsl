<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Notes: note, noteGrp (Guidelines #CONO). A note stands as a numbered mark at its place, and once, in its list: the author's
       footnotes, the references, the editors' notes; each list has its numbers. A note within a note has its mark there and its place in its own list.
       One in the line or in the margin stays at its place. Notes of the editors outside of the text (standOff) are marked E1, E2 … at what they speak of. -->

  <xsl:template match="note" as="element()">
    <sup class="note-mark">
      <a id="{f:mark-id(.)}" href="#{f:id(.)}" role="doc-noteref" aria-label="{f:word(f:note-kind(.) || '-n', f:note-label(.))}" data-by="edition">
        <xsl:value-of select="f:note-label(.)"/>
      </a>
    </sup>
  </xsl:template>

  <!-- The id of the mark that stands for a note in the text. -->
  <xsl:function name="f:mark-id" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="f:free(f:id($note) || '-ref')"/>
  </xsl:function>

  <!-- Where there is no text to hang it on, in the header and in records, a note stays where it is. -->
  <xsl:template match="note[f:note-group(.) = 'inline' or not(ancestor::text)]" priority="0.6" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="if (f:is-beside(.)) then 'note-margin' else 'note-inline'"/>
      </xsl:apply-templates>
      <xsl:if test="f:is-beside(.)">
        <xsl:attribute name="role" select="'note'"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- A note between blocks has its mark in a line of its own. -->
  <xsl:template match="text//note[f:between-blocks(.)][f:note-group(.) != 'inline']" as="element(h:p)" priority="1">
    <p class="note-line">
      <xsl:next-match/>
    </p>
  </xsl:template>

  <xsl:template match="noteGrp" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'noteGrp'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:between-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(parent::div | parent::body | parent::front | parent::back | parent::lg | parent::sp | parent::list | parent::argument))"/>
  </xsl:function>

  <!-- One of the lists; nothing where the text has no such notes. -->
  <xsl:template name="notes" as="element(h:section)?">
    <xsl:param name="group" as="xs:string"/>
    <xsl:variable name="notes" as="element(note)*" select="f:notes($document, $group)"/>
    <xsl:if test="exists($notes)">
      <section id="{f:own($group)}" role="doc-endnotes" aria-labelledby="{f:own($group)}-heading">
        <xsl:if test="$group = 'editorial'">
          <xsl:attribute name="class" select="'edited'"/>
        </xsl:if>
        <h2 id="{f:own($group)}-heading" data-by="edition">
          <xsl:value-of select="f:word(f:notes-word($group))"/>
        </h2>
        <ol class="notes">
          <xsl:apply-templates select="$notes" mode="m:listed"/>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- The editors' notes follow the others; they are rare, so they have no place of their own on the page. -->
  <xsl:template match="document-node()[//note]" mode="m:foot" as="element(h:section)*" priority="8">
    <xsl:call-template name="notes">
      <xsl:with-param name="group" select="'editorial'"/>
    </xsl:call-template>
    <xsl:next-match/>
  </xsl:template>

  <!-- What a list of notes is called. -->
  <xsl:function name="f:notes-word" as="xs:string">
    <xsl:param name="group" as="xs:string"/>
    <xsl:variable name="types" as="xs:string*" select="f:notes($document, $group)/@type"/>
    <xsl:sequence select="if ($group = 'references' and not($types = 'reference')) then 'notes' else if ($group = 'footnotes' and not($types = 'author')) then 'plain-footnotes' else $group"/>
  </xsl:function>

  <!-- Notes in their list. -->
  <xsl:mode name="m:listed" on-no-match="fail"/>
  <xsl:template match="note" mode="m:listed" as="element(h:li)">
    <xsl:variable name="back" as="xs:string" select="f:word('back-to-' || f:note-kind(.), f:note-label(.))"/>
    <li>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <a class="note-number" href="#{f:mark-id(.)}" role="doc-backlink" aria-label="{$back}" title="{$back}" data-by="edition">
        <xsl:value-of select="f:note-label(.)"/>
      </a>
      <div class="note-body">
        <xsl:apply-templates/>
        <xsl:sequence select="f:annotation-links(.)"/>
        <xsl:sequence select="f:works-line(.)"/>
      </div>
    </li>
  </xsl:template>

  <!-- The works a note cites that its own words do not name. -->
  <xsl:function name="f:works-line" as="element(h:p)?">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="own" as="element(bibl)*" select="$note//bibl[ancestor::note[1] is $note]"/>
    <xsl:variable name="works" as="element()*" select="f:distinct($own ! f:records(@corresp))[not(@xml:id = $note//title/f:records(@ref)/@xml:id)]"/>
    <xsl:if test="exists($works)">
      <p class="works" data-by="edition">
        <xsl:value-of select="f:word(if (count($works) gt 1) then 'works' else 'work')"/>
        <xsl:text>: </xsl:text>
        <xsl:for-each select="$works">
          <xsl:if test="position() gt 1">; </xsl:if>
          <a href="#{@xml:id}">
            <xsl:sequence select="f:work-short(., true())"/>
          </a>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- Editors' annotations, by the id of what they speak of. -->
  <xsl:key name="annotated" match="standOff//note[@type = 'editorial'] | listAnnotation/note[not(ancestor::text)] | listAnnotation/annotation[not(ancestor::text)]"
    use="tokenize(@target)[starts-with(., '#')] ! substring(., 2)"/>

  <!-- In the order in which a reader of the page meets what they speak of: text, footnotes, references, records. -->
  <xsl:variable name="annotations" as="element()*">
    <xsl:variable name="all" as="element()*" select="//(standOff//note[@type = 'editorial'] | listAnnotation/note | listAnnotation/annotation)[not(ancestor::text)]"/>
    <xsl:variable name="targets" as="element()*" select="$all/@target/tokenize(.)[starts-with(., '#')] ! key('id', substring(., 2), $document)"/>
    <xsl:variable name="met" as="element()*" select="for $place in ('inline', 'footnotes', 'references', 'editorial', '') return $targets[f:place-on-page(.) = $place]/self::*"/>
    <xsl:for-each-group select="$met ! key('annotated', @xml:id), $all" group-by="generate-id()">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:variable>

  <!-- Where an element stands: "inline" in the text, the list of its note, or "" outside of the text. -->
  <xsl:function name="f:place-on-page" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="note" as="element(note)?" select="$element/ancestor-or-self::note[f:note-group(.) != 'inline'][1]"/>
    <xsl:sequence select="if (not($element/ancestor::text)) then '' else ($note ! f:note-group(.), 'inline')[1]"/>
  </xsl:function>

  <xsl:variable name="annotation-numbers" as="map(xs:string, xs:integer)"
    select="map:merge(for $place in 1 to count($annotations) return map:entry(generate-id($annotations[$place]), $place))"/>

  <xsl:function name="f:annotation-number" as="xs:integer">
    <xsl:param name="annotation" as="element()"/>
    <xsl:sequence select="$annotation-numbers(generate-id($annotation))"/>
  </xsl:function>

  <xsl:function name="f:annotation-id" as="xs:string">
    <xsl:param name="annotation" as="element()"/>
    <xsl:sequence select="($annotation/@xml:id/string(), 'annotation-' || f:annotation-number($annotation))[1]"/>
  </xsl:function>

  <!-- The marks of the annotations on one element. Their back-links lead to the element. -->
  <xsl:function name="f:annotation-links" as="element(h:sup)*">
    <xsl:param name="element" as="element()?"/>
    <xsl:for-each select="$element/@xml:id/key('annotated', .)">
      <xsl:variable name="number" as="xs:string" select="string(f:annotation-number(.))"/>
      <sup class="note-mark annotation-mark">
        <a href="#{f:annotation-id(.)}" role="doc-noteref" data-by="edition"
          aria-label="{f:word('annotation-n', $number)}">
          <xsl:value-of select="f:word('annotation-label', $number)"/>
        </a>
      </sup>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="f:annotation-line" as="element(h:p)?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="links" as="element(h:sup)*" select="f:annotation-links($element)"/>
    <xsl:if test="exists($links)">
      <p class="note-line">
        <xsl:sequence select="$links"/>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- An annotated word or phrase: the mark follows it. Paragraphs, headings, quotations and notes have it inside. -->
  <xsl:template match="text//*[@xml:id][exists(key('annotated', @xml:id))]" priority="20" as="node()*">
    <xsl:next-match/>
    <xsl:if test="not(self::p | self::ab | self::head | self::note | self::quote[f:is-block-quotation(.)])">
      <xsl:sequence select="if (f:is-block(.)) then f:annotation-line(.) else f:annotation-links(.)"/>
    </xsl:if>
  </xsl:template>

  <!-- The section of all of them, made at the first. -->
  <xsl:mode name="m:annotations" on-no-match="fail"/>
  <xsl:template match="note | annotation" mode="m:annotations" as="element(h:section)">
    <section id="{f:own('annotations')}" role="doc-endnotes" aria-labelledby="{f:own('annotations')}-heading" data-by="edition">
      <h2 id="{f:own('annotations')}-heading">
        <xsl:value-of select="f:word('annotations')"/>
      </h2>
      <ol class="notes">
        <xsl:apply-templates select="$annotations" mode="m:listed"/>
      </ol>
    </section>
  </xsl:template>

  <xsl:template match="standOff//note | listAnnotation/note | annotation" mode="m:listed" priority="1" as="element(h:li)">
    <xsl:variable name="number" as="xs:string" select="string(f:annotation-number(.))"/>
    <xsl:variable name="targets" as="element()*" select="tokenize(@target)[starts-with(., '#')] ! key('id', substring(., 2), $document)[f:is-shown(.)]"/>
    <li id="{f:annotation-id(.)}">
      <span class="note-number">
        <xsl:value-of select="f:word('annotation-label', $number)"/>
      </span>
      <div class="note-body">
        <xsl:if test="exists($targets)">
          <p class="annotation-target">
            <xsl:for-each select="$targets">
              <xsl:if test="position() gt 1">; </xsl:if>
              <a href="#{@xml:id}" role="doc-backlink">
                <xsl:value-of select="f:target-label(.)"/>
              </a>
            </xsl:for-each>
          </p>
        </xsl:if>
        <xsl:apply-templates/>
      </div>
    </li>
  </xsl:template>

  <!-- What an annotation is on: where it stands, and the words if they are few. -->
  <xsl:function name="f:target-label" as="xs:string">
    <xsl:param name="target" as="element()"/>
    <xsl:variable name="words" as="xs:string" select="f:plain($target)"/>
    <xsl:sequence select="if (not($target/ancestor::text)) then f:record-name($target) else string-join((f:where($target),
      if ($target/self::note) then () else f:quoted(if (string-length($words) gt 60) then replace(substring($words, 1, 50), '\s\S*$', '') || ' …' else $words)), ' ')"/>
  </xsl:function>
</xsl:stylesheet>
