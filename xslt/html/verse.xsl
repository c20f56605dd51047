<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Verse and drama: lg, l, caesura, sp, speaker, stage, castList, castGroup, castItem, role, roleDesc, actor (Guidelines #VE, #DR). -->

  <xsl:template match="lg | sp | castList | castGroup" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="l | speaker | castItem" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="stage" as="element()">
    <xsl:element name="{if (f:is-block(.)) then f:tag(., 'p') else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'stage'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="role | roleDesc | actor | caesura" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </span>
  </xsl:template>
</xsl:stylesheet>
