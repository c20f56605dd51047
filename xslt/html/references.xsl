<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode"
  xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Bibliographic records where they stand: listBibl, bibl, biblStruct, biblFull, msDesc in a listBibl; analytic, monogr, series, imprint, relatedItem, extent and the statements of
       biblFull: titleStmt, editionStmt, publicationStmt, seriesStmt, notesStmt, sourceDesc, fileDesc, profileDesc (Guidelines #COBI). All they say, in their order; what is between the parts the
       edition puts there. -->

  <xsl:template match="biblStruct | biblFull | relatedItem[biblStruct | biblFull]" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="biblStruct | biblFull" as="element()">
    <xsl:element name="{if (parent::listBibl) then 'li' else 'div'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'reference'"/>
      </xsl:apply-templates>
      <xsl:call-template name="parts-of-record"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="analytic | monogr | series | imprint | relatedItem | biblFull//titleStmt | biblFull//editionStmt | biblFull//publicationStmt | biblFull//seriesStmt | biblFull//notesStmt
    | biblFull//sourceDesc | biblFull//fileDesc | biblFull//profileDesc" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:call-template name="parts-of-record"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="bibl/extent | biblFull//extent | analytic/* | monogr/* | series/* | imprint/*" priority="-0.44" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The parts of a record, parted as in print. -->
  <xsl:template name="parts-of-record" as="node()*">
    <xsl:for-each select="* | text()[normalize-space()]">
      <xsl:variable name="before" as="node()?" select="(preceding-sibling::* | preceding-sibling::text()[normalize-space()])[normalize-space()][last()]"/>
      <xsl:value-of select="' '[$before][current()/self::*[f:is-block(.)]]"/>
      <xsl:if test="normalize-space() and $before and not(self::note[f:note-group(.) != 'inline'][ancestor::text]) and not(self::*[f:is-block(.)])">
        <span data-by="edition">
          <xsl:value-of select="f:mark-between($before, .)"/>
        </span>
      </xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>

  <!-- What parts two parts: nothing but a space where the text has a mark of its own. -->
  <xsl:function name="f:mark-between" as="xs:string">
    <xsl:param name="before" as="node()"/>
    <xsl:param name="after" as="node()"/>
    <xsl:variable name="makers" as="xs:string+" select="'author', 'editor', 'respStmt', 'meeting'"/>
    <xsl:sequence select="if (matches($before, '[.,;:!?(\[]\s*$') or matches($after, '^\s*[.,;:)\]]')) then ' '
      else if ($before/self::pubPlace and $after/self::publisher) then ': '
      else if ($after/self::monogr and $before/self::analytic) then '. ' || f:word('in-work') || ' '
      else if (local-name($before) = $makers and local-name($after) = $makers) then '; '
      else if ($before/self::title and $after/self::title or $after/self::biblScope and $before/self::title) then ' '
      else if (local-name($before) = ('analytic', 'monogr', 'series') or local-name($before) = $makers or $after/self::imprint or $after/self::note or $before/self::title) then '. ' else ', '"/>
  </xsl:function>

  <xsl:template match="listBibl" as="node()+">
    <xsl:apply-templates select="head"/>
    <ul>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'references'"/>
      </xsl:apply-templates>
      <xsl:for-each select="* except head">
        <xsl:choose>
          <xsl:when test="self::biblStruct | self::biblFull | self::bibl | self::listBibl">
            <xsl:apply-templates select="."/>
          </xsl:when>
          <xsl:otherwise>
            <li>
              <xsl:apply-templates select="."/>
            </li>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template match="listBibl/listBibl" as="element(h:li)" priority="1">
    <li>
      <xsl:next-match/>
    </li>
  </xsl:template>

  <xsl:template match="listBibl/bibl" as="element(h:li)" priority="2">
    <li>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </li>
  </xsl:template>
</xsl:stylesheet>
