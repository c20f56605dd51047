<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- Words and marks that the edition puts in among those of the text. -->

  <xsl:function name="f:sign" as="element(h:span)">
    <xsl:param name="words" as="xs:string"/>
    <span data-by="edition">
      <xsl:value-of select="$words"/>
    </span>
  </xsl:function>

  <!-- What stands for an element: words in square brackets, then those of its description (desc). -->
  <xsl:template name="mark" as="element(h:span)">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="title" as="xs:string?" select="()"/>
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'mark', local-name()"/>
      </xsl:apply-templates>
      <xsl:if test="$title">
        <xsl:attribute name="title" select="$title"/>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="desc">
          <xsl:sequence select="f:sign('[' || $words[. ne '…'] ! (. || ': '))"/>
          <xsl:apply-templates select="desc" mode="m:html"/>
          <xsl:sequence select="f:sign(']')"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:attribute name="data-by" select="'edition'"/>
          <xsl:value-of select="'[' || $words || ']'"/>
        </xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>
</xsl:stylesheet>
