<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Letters: correspDesc, correspAction, correspContext of the header; salute, signed, dateline, address, addrLine of the text
       (Guidelines #HD44CD, #DSOC). -->

  <xsl:template match="correspAction | correspContext" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <!-- The parts of an opener stand in lines of their own, unless they are words of its sentence. -->
  <xsl:template match="salute | signed | dateline" mode="m:block" as="xs:boolean" priority="1">
    <xsl:sequence select="f:holds-block(.) or not(ancestor::p or ancestor::ab or ancestor::l or ancestor::head or ancestor::salute or ancestor::signed or ancestor::dateline)
      and (self::signed or not(../text()[normalize-space()]))"/>
  </xsl:template>

  <xsl:template match="address" mode="m:block" as="xs:boolean" priority="1">
    <xsl:sequence select="addrLine and not(ancestor::p or ancestor::ab or ancestor::head or ancestor::bibl or ancestor::dateline or ancestor::salute or ancestor::signed
      or ../text()[normalize-space()])"/>
  </xsl:template>
  <xsl:template match="addrLine" mode="m:block" as="xs:boolean" priority="1">
    <xsl:sequence select="f:is-block(..)"/>
  </xsl:template>

  <xsl:template match="salute | signed | dateline" as="element()" priority="1">
    <xsl:element name="{f:tag(., if (f:is-block(.)) then 'p' else 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="address" as="element()" priority="1">
    <xsl:element name="{if (f:is-block(.)) then 'div' else f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'address'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The lines of an address that runs on are parted by commas. -->
  <xsl:template match="addrLine" as="element()+" priority="1">
    <xsl:if test="preceding-sibling::addrLine and not(f:is-block(.))">
      <span data-by="edition">, </span>
    </xsl:if>
    <xsl:element name="{f:tag(., if (f:is-block(.)) then 'p' else 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'addrLine'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The head of a letter: who sent and received it, where and when, then the letters around it. -->
  <xsl:template match="correspDesc" mode="m:header-body" as="node()*" priority="1">
    <xsl:apply-templates select="node() except (correspAction | correspContext)" mode="m:html"/>
    <xsl:sequence select="f:fields(correspAction | correspContext)"/>
  </xsl:template>

  <xsl:template match="correspAction" mode="m:header-body" as="node()*">
    <xsl:for-each select="* | text()[normalize-space()]">
      <xsl:if test="position() gt 1 and not(self::p or self::note)">
        <span data-by="edition">, </span>
      </xsl:if>
      <xsl:apply-templates select="." mode="m:html"/>
      <xsl:sequence select="f:remark(self::date)"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="correspContext" mode="m:header-body" as="node()*">
    <xsl:apply-templates select="p | ab" mode="m:html"/>
    <xsl:where-populated>
      <ul>
        <xsl:for-each select="(* | text()[normalize-space()]) except (p | ab)">
          <li>
            <xsl:apply-templates select="." mode="m:html"/>
            <xsl:where-populated>
              <span class="facts" data-by="edition">
                <xsl:value-of select="(@type, @subtype) ! (', ' || translate(f:fact-words(.), '_', ' '))" separator=""/>
              </span>
            </xsl:where-populated>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:where-populated>
  </xsl:template>
</xsl:stylesheet>
