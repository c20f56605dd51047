<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:text" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Parts of a text and their paragraphs (Guidelines #DS, #COPA): text, front, body, back, group, floatingText, div, div1 to
       div7, head, p, ab, trailer, argument, epigraph, postscript, opener, closer, byline, dateline, salute, signed, address,
       addrLine. -->

  <xsl:template match="text" as="element()*">
    <xsl:variable name="own-notes" select="$notes eq 'end' and not(ancestor::text)"/>
    <!-- The notes follow the body, as in print, or what comes after the body where that has notes too. -->
    <xsl:variable name="noted-back" select="exists(back//note)"/>
    <xsl:apply-templates select="ancestor::TEI[1][not(current()//titlePage)]/teiHeader/fileDesc/titleStmt"/>
    <xsl:sequence select="t:content(node() except back)"/>
    <xsl:sequence select="if ($own-notes and not($noted-back)) then t:note-lists(.) else ()"/>
    <xsl:sequence select="t:content(back)"/>
    <xsl:sequence select="if ($own-notes and $noted-back) then t:note-lists(.) else ()"/>
  </xsl:template>

  <!-- The blocks of some content. -->
  <xsl:function name="t:content" as="element()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="items" as="node()*"><xsl:apply-templates select="$nodes" mode="m:text"/></xsl:variable>
    <xsl:sequence select="t:blocks($items)"/>
  </xsl:function>

  <!-- Some content as one line of characters. -->
  <xsl:function name="t:one-line" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="items" as="node()*"><xsl:apply-templates select="$nodes" mode="m:text"/></xsl:variable>
    <xsl:sequence select="normalize-unicode(t:spaced($items), 'NFC')"/>
  </xsl:function>

  <xsl:template match="front | body | back | group | floatingText | div | div1 | div2 | div3 | div4 | div5 | div6 | div7 | p | ab
                       | trailer | argument | postscript | byline | dateline | salute | signed | addrLine" as="element()*">
    <xsl:sequence select="t:content(node())"/>
  </xsl:template>

  <xsl:template match="opener | closer | address" as="element()*">
    <xsl:sequence select="t:tight(t:content(node()))"/>
  </xsl:template>

  <xsl:template match="epigraph" as="element(b:group)">
    <b:group indent="4"><xsl:sequence select="t:content(node())"/></b:group>
  </xsl:template>

  <!-- The heads of one division are one block, ruled off below: "=" for an outer division, "-" for one inside it. -->
  <xsl:template match="head" as="element()*">
    <xsl:variable name="lines" select="t:tight(t:content(node()), exists(preceding-sibling::head))"/>
    <xsl:variable name="division" select="parent::*[matches(local-name(), '^(div[1-7]?|text|group|front|body|back)$')]"/>
    <xsl:sequence select="if ($division and not(following-sibling::head)) then t:ruled($lines, $division) else $lines"/>
  </xsl:template>

  <!-- The last heading of a division with its rule, as long as the longest of its headings. -->
  <xsl:function name="t:ruled" as="element()*">
    <xsl:param name="lines" as="element()*"/>
    <xsl:param name="division" as="element()"/>
    <xsl:variable name="is-inner" select="exists($division/ancestor::*[starts-with(local-name(), 'div')])"/>
    <xsl:variable name="measure" select="max($division/head ! string-length(t:one-line(node())))"/>
    <xsl:for-each select="$lines">
      <xsl:copy>
        <xsl:copy-of select="@*"/>
        <xsl:if test="self::b:line and position() eq last()">
          <xsl:attribute name="rule" select="if ($is-inner) then '-' else '='"/>
          <xsl:attribute name="measure" select="$measure"/>
        </xsl:if>
        <xsl:copy-of select="node()"/>
      </xsl:copy>
    </xsl:for-each>
  </xsl:function>
</xsl:stylesheet>
