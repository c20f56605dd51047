<?xml version="1.0" encoding="UTF-8"?>
<!-- The works a TEI document cites, as a plain list: each with the notes and pages where it is cited. -->
<xsl:package name="urn:x-teiwright:citations" package-version="0.1" version="3.0"
             xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
             xmlns:r="urn:x-teiwright:record" xmlns:b="urn:x-teiwright:block"
             xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
             xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <xsl:output method="text" encoding="UTF-8"/>

  <!-- The longest line, in characters; 0: an entry is one line. -->
  <xsl:param name="width" as="xs:anyAtomicType" select="72"/>

  <xsl:mode use-accumulators="#all"/>  <!-- the document to its list -->

  <xsl:include href="citations/full.xsl"/>
  <xsl:include href="citations/references.xsl"/>
  <xsl:include href="citations/order.xsl"/>
  <xsl:include href="citations/blocks.xsl"/>

  <xsl:template match="/" as="text()">
    <xsl:variable name="works" select="c:works(.)/r:works"/>
    <xsl:variable name="groups" select="c:groups($works)"/>
    <xsl:variable name="entries" as="element()*">
      <b:line rule="=" measure="1"><xsl:sequence select="f:citing-word('list-of', $works/@title)"/></b:line>
      <xsl:if test="c:has-numbered-passages($works)"><b:line><xsl:sequence select="f:citing-word('passages-explained', ())"/></b:line></xsl:if>
      <xsl:for-each select="$groups">
        <b:line rule="-" measure="1"><xsl:sequence select="f:citing-word(@key, ())"/></b:line>
        <xsl:for-each select="r:entry">
          <xsl:sequence select="c:entry(key('c:work', @id, root($works)), key('c:work', tokenize(@pieces), root($works)))"/>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <xsl:value-of select="normalize-unicode(translate(t:page($entries), '&#xA0;', ' '), 'NFC')"/>
  </xsl:template>

  <!-- One work, where it is used, and below it its pieces. -->
  <xsl:function name="c:entry" as="element()+">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:param name="pieces" as="element(r:work)*"/>
    <xsl:variable name="reference" as="node()+"><xsl:apply-templates select="$work" mode="m:reference"/></xsl:variable>
    <xsl:variable name="used" select="string-join(c:used($work), '; ')"/>
    <b:line><xsl:sequence select="string-join((normalize-space(string-join($reference)), $used[.] ! concat('– ', .)), ' ')"/></b:line>
    <xsl:for-each select="c:sorted($pieces)">
      <b:group indent="4" tight="yes"><b:group indent="2" label="-"><b:line><xsl:sequence select="c:piece-words(., $work)"/></b:line></b:group></b:group>
    </xsl:for-each>
  </xsl:function>
</xsl:package>
