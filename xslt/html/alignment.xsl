<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Parallel texts (Guidelines #SACS): text, body, div, p, ab, lg in two languages that follow each other and are paired, themselves or something in them, by
       @corresp or a link. They stand side by side, row by row where both have as many parts; in the page they still follow each other. -->

  <!-- Which elements stand side by side, by generated id: each is the "first" or the "second" of one pair. -->
  <xsl:variable name="sides" as="map(xs:string, xs:string)">
    <xsl:variable name="ends" as="array(element())*">
      <xsl:for-each select="$document//text//*[@corresp][self::text or self::body or self::div or self::p or self::ab or self::lg or self::s or self::seg or self::l]">
        <xsl:variable name="end" as="element()" select="."/>
        <xsl:sequence select="f:ends(@corresp) ! array { $end, . }"/>
      </xsl:for-each>
      <xsl:for-each select="$document//link[@target]">
        <xsl:variable name="targets" as="element()*" select="f:ends(@target)"/>
        <xsl:sequence select="for $n in 2 to min((count($targets), 9)) return array { $targets[$n - 1], $targets[$n] }"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:iterate select="($ends ! f:pair(.(1), .(2)))/.">
      <xsl:param name="sides" as="map(xs:string, xs:string)" select="map { }"/>
      <xsl:on-completion select="$sides"/>
      <xsl:next-iteration>
        <xsl:with-param name="sides" select="if (map:contains($sides, generate-id(.))) then $sides
          else $sides => map:put(generate-id(.), 'first') => map:put(generate-id(following-sibling::*[1]), 'second')"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:variable>

  <xsl:function name="f:ends" as="element()*">
    <xsl:param name="pointers" as="attribute()"/>
    <xsl:sequence select="tokenize($pointers)[starts-with(., '#')] ! key('id', substring(., 2), root($pointers))[1][ancestor::text]"/>
  </xsl:function>

  <!-- The first of two neighbours in two languages that hold, or are, two linked elements. -->
  <xsl:function name="f:pair" as="element()?">
    <xsl:param name="one" as="element()"/>
    <xsl:param name="other" as="element()"/>
    <xsl:variable name="common" as="element()?" select="($one/ancestor::* intersect $other/ancestor::*)[last()]"/>
    <xsl:variable name="sides" as="element()*" select="($one | $other)/ancestor-or-self::*[.. is $common]"/>
    <xsl:sequence select="$sides[1][self::text or self::body or self::div or self::p or self::ab or self::lg]
      [following-sibling::*[1] is $sides[2]][local-name() = $sides[2]/local-name()][f:tongue(.) ne f:tongue($sides[2])]"/>
  </xsl:function>

  <xsl:function name="f:tongue" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string($element/ancestor-or-self::*[@xml:lang][1]/@xml:lang)"/>
  </xsl:function>

  <xsl:template match="(text | body | div | p | ab | lg)[$sides(generate-id(.)) = 'first']" priority="25" as="element(h:div)">
    <xsl:variable name="second" as="element()" select="following-sibling::*[1]"/>
    <div class="parallel">
      <xsl:if test="count(*) gt 1 and count(*) eq count($second/*)">
        <xsl:attribute name="style" select="'--rows: ' || count(*)"/>
      </xsl:if>
      <xsl:next-match/>
      <xsl:apply-templates select="$second" mode="m:second"/>
    </div>
  </xsl:template>

  <xsl:template match="(text | body | div | p | ab | lg)[$sides(generate-id(.)) = 'second']" priority="26">
    <xsl:param name="second" as="xs:boolean" select="false()"/>
    <xsl:if test="$second">
      <xsl:next-match/>
    </xsl:if>
  </xsl:template>

  <!-- The second of a pair stands beside the first. -->
  <xsl:mode name="m:second" on-no-match="fail"/>
  <xsl:template match="*" mode="m:second" as="node()*">
    <xsl:apply-templates select="." mode="m:html">
      <xsl:with-param name="second" select="true()"/>
    </xsl:apply-templates>
  </xsl:template>
</xsl:stylesheet>
