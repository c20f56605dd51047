<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Lists: list with its head, item, label, headLabel, headItem (Guidelines #COLI). A list of words explained is HTML's dl; one with
       numbers is ol, the numbers being the text's own where it has them; any other is ul; one in a sentence runs on. -->

  <xsl:template match="list" mode="m:block" as="xs:boolean">
    <xsl:sequence select="not(f:runs-on(.))"/>
  </xsl:template>

  <!-- How the document says that a list is set. -->
  <xsl:function name="f:list-words" as="xs:string*">
    <xsl:param name="list" as="element()"/>
    <xsl:sequence select="tokenize(lower-case(string-join($list/(@rend, @type), ' ')), '[\s,;:()]+')"/>
  </xsl:function>

  <xsl:function name="f:runs-on" as="xs:boolean">
    <xsl:param name="list" as="element()"/>
    <xsl:sequence select="f:list-words($list) = ('inline', 'runin', 'run-in', 'runon', 'run-on') and empty($list//(p | ab | lg | l | table | figure | floatingText))"/>
  </xsl:function>

  <!-- "dl", "ol" or "ul". Labels that only count make no glossary. -->
  <xsl:function name="f:list-tag" as="xs:string">
    <xsl:param name="list" as="element()"/>
    <xsl:variable name="words" as="xs:string*" select="f:list-words($list)"/>
    <xsl:variable name="first" as="element()?" select="$list/(item | label | headLabel | headItem)[1]"/>
    <xsl:variable name="explains" as="xs:boolean" select="$words = ('gloss', 'glossary', 'definition', 'dl') or $list/headLabel or $list/headItem
      or (some $label in $list/label satisfies string-length(normalize-space($label)) gt 6 or f:holds-block($label))"/>
    <xsl:sequence select="if ($explains and $list/label and not($first/self::item)) then 'dl'
      else if ($list/label or $words = ('numbered', 'ordered', 'decimal', 'ol', 'alpha', 'lower-alpha', 'upper-alpha', 'roman', 'lower-roman', 'upper-roman')) then 'ol' else 'ul'"/>
  </xsl:function>

  <xsl:variable name="numerals" as="map(xs:string, xs:string)"
    select="map { 'alpha': 'a', 'lower-alpha': 'a', 'upper-alpha': 'A', 'roman': 'i', 'lower-roman': 'i', 'upper-roman': 'I' }"/>

  <xsl:template match="list" as="node()+">
    <xsl:variable name="tag" as="xs:string" select="f:list-tag(.)"/>
    <xsl:variable name="words" as="xs:string*" select="f:list-words(.)"/>
    <xsl:variable name="first" as="element()?" select="(item | label | headLabel | headItem)[1]"/>
    <xsl:apply-templates select="if (empty($first)) then node() else $first/preceding-sibling::node()"/>
    <xsl:element name="{$tag}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'list', 'labelled'[$tag = 'ol' and current()/label], 'gloss'[$tag = 'dl'], 'plain'[$words = ('simple', 'nolist', 'none', 'unmarked', 'plain')]"/>
      </xsl:apply-templates>
      <xsl:if test="$tag = 'ol' and $words = map:keys($numerals)">
        <xsl:attribute name="type" select="($words ! $numerals(.))[1]"/>
      </xsl:if>
      <xsl:apply-templates select="*[. is $first or . >> $first] | text()[normalize-space()][. >> $first]" mode="m:item">
        <xsl:with-param name="tag" select="$tag"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <!-- What stands in a list, as HTML wants it there. -->
  <xsl:mode name="m:item" on-no-match="fail"/>
  <xsl:template match="node()" mode="m:item" as="element()">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:element name="{if ($tag = 'dl') then 'dd' else 'li'}">
      <xsl:attribute name="class" select="'beside'"/>
      <xsl:apply-templates select="."/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="item" mode="m:item" as="element()">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:element name="{if ($tag = 'dl') then 'dd' else 'li'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="$tag = 'ol' and matches(@n, '^[0-9]{1,6}$')">
        <xsl:attribute name="value" select="@n"/>
      </xsl:if>
      <xsl:if test="$tag = 'ol'">
        <xsl:apply-templates select="preceding-sibling::*[not(self::lb)][1]/self::label"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The beginning of a line between items is none that a reader sees. -->
  <xsl:template match="lb[not(@xml:id)]" mode="m:item" as="empty-sequence()" priority="1">
    <xsl:param name="tag" as="xs:string"/>
  </xsl:template>

  <!-- A label stands with its item: before it in dl, within it in ol. -->
  <xsl:template match="label" mode="m:item" as="element()*">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:variable name="alone" as="xs:boolean" select="not(following-sibling::*[not(self::lb)][1]/self::item)"/>
    <xsl:choose>
      <xsl:when test="$tag = 'dl'">
        <dt>
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:apply-templates/>
        </dt>
        <xsl:if test="not(following-sibling::*)">
          <dd/>
        </xsl:if>
      </xsl:when>
      <xsl:when test="$alone">
        <li class="beside">
          <xsl:apply-templates select="."/>
        </li>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="headLabel | headItem" mode="m:item" as="element()+">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:element name="{if ($tag != 'dl') then 'li' else if (self::headLabel) then 'dt' else 'dd'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'column-head'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="list/head" priority="2" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'subhead'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
      <xsl:sequence select="f:annotation-links(.)"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="list/label" priority="2" as="node()+">
    <xsl:value-of select="' '[current()/preceding-sibling::*]"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'label'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- A list in a running sentence stays one. -->
  <xsl:template match="list[f:runs-on(.)]" as="element()" priority="1">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:attribute name="role" select="'list'"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="list[f:runs-on(.)]/item" as="node()+">
    <xsl:value-of select="' '[current()/preceding-sibling::*]"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:attribute name="role" select="'listitem'"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="list[f:runs-on(.)]/head" as="element(h:span)" priority="3">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'subhead'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <!-- Outside of a list. -->
  <xsl:template match="item | headLabel | headItem" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
