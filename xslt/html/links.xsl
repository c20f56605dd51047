<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Addresses and links: ref, ptr. Ids are the document's own; what has none that HTML can hold and is an end of a link is numbered in
       the order of the text, by accumulators. A pointer becomes a link only where it leads to something on the page, or to the web. -->

  <xsl:accumulator name="a:mentions" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//*[@ref] | text//said[@who]" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="a:dates" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//date | text//time" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="a:corrections" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//choice" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="a:quotations" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//quote" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="a:divisions" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//(div | div1 | div2 | div3 | div4 | div5 | div6 | div7)" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="a:notes" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//note" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="a:terms" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//index" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:accumulator name="a:elements" as="xs:integer" initial-value="0" use-when="$traced">
    <xsl:accumulator-rule match="*" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="a:texts" as="xs:integer" initial-value="0" use-when="$traced">
    <xsl:accumulator-rule match="text()" select="$value + 1"/>
  </xsl:accumulator>

  <!-- The id of an element on the page; empty for one that needs none. -->
  <xsl:function name="f:id" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="($element/@xml:id[f:is-usable(.)]/string(), $element[f:counter(.)][ancestor::text] ! f:counted-id(.))[1]"/>
  </xsl:function>

  <!-- Whether an id can be one of the page: a name, and of several elements that bear it the first has it. -->
  <xsl:function name="f:is-usable" as="xs:boolean">
    <xsl:param name="id" as="attribute()"/>
    <xsl:sequence select="matches($id, '^[\i\d]\c*$') and $id/.. is key('id', $id, root($id))[1]"/>
  </xsl:function>

  <!-- An id that the page makes up, moved aside where the document has it. -->
  <xsl:function name="f:free" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="if (exists(key('id', $id, $document))) then f:free($id || '_') else $id"/>
  </xsl:function>

  <xsl:function name="f:counted-id" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="kind" as="xs:string" select="f:counter($element)"/>
    <xsl:sequence select="f:free($kind || '-' || $element/accumulator-before('a:' || $kind || 's'))"/>
  </xsl:function>

  <!-- By which of the accumulators an element without an id is counted. -->
  <xsl:variable name="counted" static="yes" as="map(xs:string, xs:string)" select="map { 'app': 'app', 'date': 'date', 'time': 'date', 'choice': 'correction', 'quote': 'quotation', 'div': 'division',
    'div1': 'division', 'div2': 'division', 'div3': 'division', 'div4': 'division', 'div5': 'division', 'div6': 'division', 'div7': 'division', 'index': 'term', 'note': 'note' }"/>
  <xsl:function name="f:counter" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="($counted(local-name($element)), 'mention'[$element/@ref or $element/self::said/@who])[1]"/>
  </xsl:function>

  <!-- Id, language and class of an element. Most bear no attribute and are not counted: what is asked of them is the class. -->
  <xsl:template match="*" mode="m:attributes" as="attribute()*">
    <xsl:param name="class" as="xs:string*"/>
    <xsl:variable name="is-plain" as="xs:boolean" select="not(@*) and not(map:contains($counted, local-name())) and empty($selecting)"/>
    <xsl:variable name="classes" as="xs:string*" select="if ($is-plain) then $class else ($class, f:looks(.))"/>
    <xsl:if test="not($is-plain)">
      <xsl:sequence select="f:identity(.)"/>
    </xsl:if>
    <xsl:if test="exists($classes)">
      <xsl:attribute name="class" select="distinct-values($classes)"/>
    </xsl:if>
    <xsl:attribute name="data-n" select="accumulator-before('a:elements')" use-when="$traced"/>
  </xsl:template>

  <xsl:function name="f:identity" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="id" as="xs:string?" select="f:id($element)"/>
    <xsl:if test="$id and $element/(ancestor::text or ancestor::listAnnotation or ancestor::sourceDoc or ancestor::facsimile)">
      <xsl:attribute name="id" select="$id"/>
    </xsl:if>
    <xsl:if test="$element/@xml:lang">
      <xsl:sequence select="f:language($element/@xml:lang, $element/parent::*/ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
    </xsl:if>
  </xsl:function>

  <!-- The address a pointer has on the page: "#id", a web address, or nothing. -->
  <xsl:function name="f:href" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="context" as="node()"/>
    <xsl:sequence select="
      if (starts-with($pointer, '#')) then key('id', substring($pointer, 2), root($context))[1][f:is-shown(.)] ! ('#' || f:id(.))
      else f:web($pointer)"/>
  </xsl:function>

  <!-- An address of the web or of mail as HTML can hold it; nothing for any other, and for one that hides its host behind a name.
       Capitals are spelt out: with the flag "i" Saxon takes 6 ms to compile classes of letters. -->
  <xsl:function name="f:web" as="xs:string?">
    <xsl:param name="address" as="xs:string"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($address, '#')"/>
    <xsl:variable name="written" as="xs:string" select="string-join(($parts[1], string-join(tail($parts), '%23')[.]), '#')"/>
    <xsl:if test="matches($address, '^([Hh][Tt][Tt][Pp][Ss]?://[\p{L}\p{N}._~\-]+(:[0-9]{1,5})?([/?#].*)?|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\s/?#&lt;&gt;&quot;]+@[\p{L}\p{N}.\-]+)$')">
      <xsl:sequence select="iri-to-uri($written) => replace('%([^0-9A-Fa-f]|.[^0-9A-Fa-f]|.?$)', '%25$1') => replace('\[', '%5B') => replace('\]', '%5D')
        => replace('^[Hh][Tt][Tt][Pp]([Ss]?):', 'http$1:') => replace('^http[Ss]:', 'https:') => replace('^[Mm][Aa][Ii][Ll][Tt][Oo]:', 'mailto:')"/>
    </xsl:if>
  </xsl:function>

  <!-- The address of a picture in a file beside the document or below it, where those are shown. -->
  <xsl:function name="f:picture-file" as="xs:string?">
    <xsl:param name="url" as="attribute(url)?"/>
    <xsl:if test="$images = 'show'">
      <xsl:sequence select="$url[matches(., '^[\p{L}\p{N}_][\p{L}\p{N}_ .~/\-]*$')][matches(., '\.(png|jpe?g|gif|webp|avif)$', 'i')][not(matches(., '(^|/)\.\.(/|$)'))] ! iri-to-uri(.)"/>
    </xsl:if>
  </xsl:function>

  <!-- Whether an element, taken by its id, has a place on the page. -->
  <xsl:function name="f:is-shown" as="xs:boolean">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="exists($element[@xml:id ! f:is-usable(.)]/(self::*[ancestor::text] | self::*[ancestor::listAnnotation or @type = 'editorial'][self::note]
      | self::*[ancestor::sourceDoc or ancestor::facsimile])) or exists($element/@xml:id/key('listed', ., $document))"/>
  </xsl:function>

  <!-- A value as a text node. -->
  <xsl:function name="f:text" as="text()">
    <xsl:param name="value" as="item()?"/>
    <xsl:value-of select="$value"/>
  </xsl:function>

  <!-- A link, or only its words where there is nowhere to go. -->
  <xsl:template name="link" as="node()*">
    <xsl:param name="href" as="xs:string?"/>
    <xsl:param name="words" as="item()*"/>
    <xsl:choose>
      <xsl:when test="$href">
        <a href="{$href}">
          <xsl:sequence select="$words"/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$words ! (if (. instance of node()) then . else f:text(.))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="ref[@target] | ptr[@target]" as="element()">
    <xsl:variable name="hrefs" as="xs:string*" select="tokenize(@target) ! f:href(., current())"/>
    <xsl:variable name="words" as="node()*">
      <xsl:apply-templates>
        <xsl:with-param name="link" as="xs:string?" tunnel="yes" select="()"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="exists($hrefs) and empty($words/descendant-or-self::h:a)">
        <a href="{$hrefs[1]}">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:sequence select="if (normalize-space()) then $words else f:target-words(.)"/>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="{f:tag(., 'span')}">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:apply-templates>
            <xsl:with-param name="link" as="xs:string?" tunnel="yes" select="$hrefs[1]"/>
          </xsl:apply-templates>
          <xsl:if test="self::ptr and empty($hrefs)">
            <xsl:sequence select="f:target-words(.)"/>
          </xsl:if>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The words of a pointer that has none: what it points to. -->
  <xsl:function name="f:target-words" as="element(h:span)">
    <xsl:param name="pointer" as="element()"/>
    <xsl:variable name="target" as="element()?" select="tokenize($pointer/@target)[1][starts-with(., '#')] ! key('id', substring(., 2), root($pointer))[1]"/>
    <span data-by="edition">
      <xsl:sequence select="if ($target intersect $annotations) then f:word('annotation-label', string(f:annotation-number($target)))
        else if ($target/self::note[ancestor::text]) then f:word('see-' || f:note-kind($target), f:note-label($target))
        else if ($target/self::div[head]) then f:quoted(f:plain($target/head[1]))
        else if ($target[ancestor::text]) then f:where($target)
        else if ($target) then f:record-name($target) else replace($pointer/@target, '^https?://', '')"/>
    </span>
  </xsl:function>

  <!-- Whether something within an element becomes a link of its own, so that no link may stand around it. -->
  <xsl:function name="f:has-links" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/descendant::*[@ref or @target or @url or @facs or @who or @source or self::note or self::date or self::time or self::head or self::index
      or exists(key('annotated', @xml:id))])"/>
  </xsl:function>

  <!-- Words in a name that holds other links are linked piece by piece: the innermost name around them has them. -->
  <xsl:template match="text()" as="node()*">
    <xsl:param name="link" as="xs:string?" tunnel="yes"/>
    <xsl:processing-instruction name="t" select="accumulator-before('a:texts')" use-when="$traced"/>
    <xsl:choose>
      <!-- Most are as they stand: nothing joins words here, and what follows is no note, nor something behind which one may stand. -->
      <xsl:when test="empty($link) and empty($joining) and not(following-sibling::node()[1][self::note or not(self::*)])">
        <xsl:value-of select="."/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="running-text">
          <xsl:with-param name="link" select="$link"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="running-text" as="node()*">
    <xsl:param name="link" as="xs:string?"/>
    <xsl:variable name="running" as="xs:string" select="f:running(.)"/>
    <xsl:variable name="hyphen" as="xs:string" select="if (exists($joining)) then f:hyphen(.) else ''"/>
    <xsl:variable name="words" as="xs:string" select="substring($running, 1, string-length($running) - string-length($hyphen))"/>
    <xsl:choose>
      <xsl:when test="$link and matches($words, '[\p{L}\p{N}]')">
        <xsl:value-of select="replace($words, '\S[\s\S]*$', '')"/>
        <a href="{$link}">
          <xsl:value-of select="replace($words, '^\s+|\s+$', '')"/>
        </a>
        <xsl:value-of select="replace($words, '^[\s\S]*\S', '')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="$words"/>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$hyphen">
      <span class="line-hyphen">
        <xsl:value-of select="$hyphen"/>
      </span>
    </xsl:if>
  </xsl:template>

  <!-- Where texts come from that are given as a string; nothing unless it is asked. -->
  <xsl:function name="f:trace" as="processing-instruction()*">
    <xsl:param name="texts" as="text()*"/>
    <xsl:for-each select="$texts" use-when="$traced">
      <xsl:processing-instruction name="t" select="accumulator-before('a:texts')"/>
    </xsl:for-each>
  </xsl:function>
</xsl:stylesheet>
