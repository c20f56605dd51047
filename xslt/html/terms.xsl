<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode"
  xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Index marks: index and the term within it (Guidelines #CONOIX). Their words are no part of the running text: each is a place in it, and the words
       stand in an index at the end, an index of its own for each @indexName. -->

  <xsl:template match="text//index" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'index-mark'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="index"/>
    </span>
  </xsl:template>

  <xsl:template match="document-node()[//index]" mode="m:foot" as="element(h:section)*" priority="2">
    <xsl:next-match/>
    <xsl:for-each-group select="//text//index[not(parent::index)]" group-by="(ancestor-or-self::index/@indexName[normalize-space()], '')[1]">
      <xsl:variable name="id" as="xs:string" select="f:own('terms' || (if (position() gt 1) then '-' || position() else ''))"/>
      <section id="{$id}" aria-labelledby="{$id}-heading" data-by="edition">
        <h2 id="{$id}-heading">
          <xsl:value-of select="f:word('terms'), current-grouping-key()[.] ! ('(' || . || ')')"/>
        </h2>
        <xsl:sequence select="f:terms(current-group())"/>
      </section>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Index marks as entries in order of letters, those within them as entries below. -->
  <xsl:function name="f:terms" as="element(h:ul)">
    <xsl:param name="marks" as="element(index)*"/>
    <ul class="terms">
      <xsl:for-each-group select="$marks" group-by="f:term-words(.)">
        <xsl:sort select="(current-group()/term/@sortKey, current-grouping-key())[1]" lang="{$spoken}"/>
        <li>
          <xsl:sequence select="f:trace(tail(current-group())/(* except index)//text())"/>
          <span class="edited">
            <xsl:choose>
              <xsl:when test="normalize-space(string-join(* except index))">
                <xsl:apply-templates select="* except index" mode="m:term"/>
              </xsl:when>
              <xsl:otherwise>
                <xsl:value-of select="current-grouping-key()"/>
              </xsl:otherwise>
            </xsl:choose>
          </span>
          <xsl:for-each select="current-group()[not(index)]">
            <xsl:text> </xsl:text>
            <span class="at">
              <a href="#{f:id(.)}">
                <xsl:value-of select="f:where(.)"/>
              </a>
            </span>
          </xsl:for-each>
          <xsl:if test="current-group()/index">
            <xsl:sequence select="f:terms(current-group()/index)"/>
          </xsl:if>
        </li>
      </xsl:for-each-group>
    </ul>
  </xsl:function>

  <xsl:mode name="m:term" on-no-match="fail"/>
  <xsl:template match="*" mode="m:term" as="node()*">
    <xsl:value-of select="', '[current()/preceding-sibling::*]"/>
    <xsl:apply-templates mode="m:html"/>
  </xsl:template>

  <!-- What a mark is of; one without words is of those around it. -->
  <xsl:function name="f:term-words" as="xs:string">
    <xsl:param name="mark" as="element(index)"/>
    <xsl:sequence select="(string-join(($mark/* except $mark/index) ! f:plain(.), ', ')[.], f:plain($mark/..)[string-length(.) lt 80][.], f:word('untitled'))[1]"/>
  </xsl:function>
</xsl:stylesheet>
