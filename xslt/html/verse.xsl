<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Verse: lg, l, caesura, rhyme (Guidelines #VE, #COVE). Every fifth line has its number; where the document numbers lines, its numbers
       are used. Parts of a line that speakers share are indented. -->

  <!-- How many lines of verse stand up to here, in a poem or division. Lines of speeches and quotations are not counted. -->
  <xsl:accumulator name="a:lines" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="div | floatingText | lg[head][not(parent::lg)]" select="0"/>
    <xsl:accumulator-rule match="l[not(@part = ('M', 'F'))]" select="if (ancestor::sp or ancestor::q or ancestor::quote or ancestor::note) then $value else $value + 1"/>
  </xsl:accumulator>

  <xsl:template match="lg" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'lg'"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:metre(.)"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="l" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'l', @part[. = ('M', 'F')] ! ('part-' || .)"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:metre(.)"/>
      <xsl:sequence select="f:line-number(.)"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The number of a line: the document's if it is a fifth one or no mere number, else the counted one if it is a fifth. -->
  <xsl:function name="f:line-number" as="element(h:span)?">
    <xsl:param name="line" as="element(l)"/>
    <xsl:variable name="number" as="xs:string?" select="($line/@n, $line[not(@part = ('M', 'F'))][not(ancestor::sp or ancestor::q or ancestor::quote or ancestor::note)]
      /accumulator-before('a:lines'))[1] ! string()"/>
    <xsl:if test="if (empty($number)) then false() else if (matches($number, '^\d{1,9}$')) then number($number) mod 5 = 0 and number($number) gt 0 else $number ne ''">
      <span class="line-number" data-by="edition">
        <xsl:value-of select="$number"/>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- What is said of metre, rhyme and the run of a line shows itself when pointed at. -->
  <xsl:function name="f:metre" as="attribute(title)?">
    <xsl:param name="verse" as="element()"/>
    <xsl:variable name="facts" as="xs:string*" select="$verse/(@met, @real, @rhyme, @enjamb, self::rhyme/@label) ! f:named-value(local-name(), f:fact-words(.))"/>
    <xsl:if test="exists($facts)">
      <xsl:attribute name="title" select="string-join($facts, '; ')"/>
    </xsl:if>
  </xsl:function>

  <!-- A pause within a line parts what is before and after it. -->
  <xsl:template match="caesura" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'caesura'"/>
      </xsl:apply-templates>
      <xsl:text> </xsl:text>
    </span>
  </xsl:template>

  <xsl:template match="rhyme" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'rhyme'"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:metre(.)"/>
      <xsl:apply-templates/>
    </span>
  </xsl:template>
</xsl:stylesheet>
