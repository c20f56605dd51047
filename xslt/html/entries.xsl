<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Records that stand in the text: listPerson, listPlace, listOrg, listEvent with person, personGrp, place, org, event (Guidelines
       #NDPERSE, #NDPLAC, #NDORG, #NDPERSbp). An entry is the name, then what the record says, parted by the edition's semicolons. -->

  <xsl:template match="text//listPerson | text//listPlace | text//listOrg | text//listEvent" as="element()+">
    <xsl:apply-templates select="head"/>
    <ul>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'entries'"/>
      </xsl:apply-templates>
      <xsl:for-each select="* except head">
        <li>
          <xsl:apply-templates select="."/>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template match="text//person | text//personGrp | text//place | text//org | text//event" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'entry'"/>
      </xsl:apply-templates>
      <xsl:for-each select="f:statements(.)">
        <xsl:if test="position() gt 1">
          <span data-by="edition">
            <xsl:value-of select="f:statement-mark(position())"/>
          </span>
        </xsl:if>
        <xsl:apply-templates select="." mode="m:statement"/>
      </xsl:for-each>
    </div>
  </xsl:template>

  <!-- A statement of a record; the parts of a name with a space between them. -->
  <xsl:mode name="m:statement" on-no-match="fail"/>
  <xsl:template match="*" mode="m:statement" as="node()*">
    <xsl:apply-templates select="." mode="m:html"/>
  </xsl:template>
  <xsl:template match="*[f:is-name-in-parts(.)]" mode="m:statement" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:for-each select="*">
        <xsl:value-of select="' '[current()/preceding-sibling::*]"/>
        <xsl:apply-templates select="." mode="m:html"/>
      </xsl:for-each>
    </span>
  </xsl:template>
</xsl:stylesheet>
