<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:ris" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- r:works as RIS records (Research Information Systems format, 2011): one tag a line, TY first, ER last. -->

  <xsl:mode name="m:ris" on-no-match="shallow-skip"/>  <!-- the model to lines -->

  <xsl:variable name="c:ris-types" as="map(xs:string, xs:string)" select="map { 'book': 'BOOK', 'chapter': 'CHAP',
    'article-journal': 'JOUR', 'article-newspaper': 'NEWS', 'periodical': 'JFULL', 'webpage': 'ELEC', 'pamphlet': 'PAMP', 'report': 'RPRT',
    'manuscript': 'UNPB', 'document': 'GEN' }"/>

  <xsl:template match="r:works" as="xs:string">
    <xsl:variable name="records" as="xs:string*"><xsl:apply-templates select="r:work"/></xsl:variable>
    <xsl:sequence select="string-join($records, '&#10;')"/>
  </xsl:template>

  <xsl:template match="r:work" as="xs:string">
    <xsl:variable name="lines" as="xs:string*">
      <xsl:sequence select="c:tag('TY', $c:ris-types(@kind)), c:tag('ID', @id)"/>
      <xsl:apply-templates select="r:author, r:editor, r:translator, r:title, r:container, r:series, @genre, r:volume, r:issue, r:chapter, r:pages[1]"/>
      <xsl:apply-templates select="r:edition, r:publisher, r:place, r:issued, (r:isbn, r:issn)[1], r:doi, r:url, @language[. ne ''], r:written"/>
      <xsl:sequence select="string-join(c:used(.), '; ')[.] ! c:tag('N1', .), 'ER  - '"/>
    </xsl:variable>
    <xsl:sequence select="string-join($lines ! concat(., '&#10;'))"/>
  </xsl:template>

  <!-- A line; the format knows no others, so that a value is one line too. -->
  <xsl:function name="c:tag" as="xs:string">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="$tag || '  - ' || normalize-space(translate($value, '&#xA0;', ' '))"/>
  </xsl:function>

  <!-- "Family, Given"; commas of a body's name would part it, so they go. -->
  <xsl:function name="c:ris-name" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="$name/string-join((translate(@literal, ',', ''), @family, @given)[.], ', ')"/>
  </xsl:function>

  <xsl:template match="r:author" as="xs:string"><xsl:sequence select="c:tag('AU', c:ris-name(.))"/></xsl:template>
  <xsl:template match="r:editor" as="xs:string"><xsl:sequence select="c:tag('A2', c:ris-name(.))"/></xsl:template>
  <!-- A whole book without an author is filed under its editors. -->
  <xsl:template match="r:work[not(r:author) and not(r:container)]/r:editor" as="xs:string"><xsl:sequence select="c:tag('ED', c:ris-name(.))"/></xsl:template>
  <xsl:template match="r:translator" as="xs:string"><xsl:sequence select="c:tag('A4', c:ris-name(.))"/></xsl:template>
  <xsl:template match="r:title" as="xs:string"><xsl:sequence select="c:tag('TI', .)"/></xsl:template>
  <xsl:template match="r:container" as="xs:string"><xsl:sequence select="c:tag('T2', .)"/></xsl:template>
  <xsl:template match="r:series" as="xs:string"><xsl:sequence select="c:tag('T3', .)"/></xsl:template>
  <xsl:template match="@genre" as="xs:string"><xsl:sequence select="c:tag('M3', .)"/></xsl:template>
  <xsl:template match="r:volume" as="xs:string"><xsl:sequence select="c:tag('VL', string-join(distinct-values((@from, @to)), '-'))"/></xsl:template>
  <xsl:template match="r:issue" as="xs:string"><xsl:sequence select="c:tag('IS', string-join(distinct-values((@from, @to)), '-'))"/></xsl:template>
  <xsl:template match="r:issue[contains(., '(')]" as="xs:string"><xsl:sequence select="c:tag('IS', translate(., '–', '-'))"/></xsl:template>
  <xsl:template match="r:chapter" as="xs:string"><xsl:sequence select="c:tag('SE', .)"/></xsl:template>
  <xsl:template match="r:pages" as="xs:string+"><xsl:sequence select="c:tag('SP', @from), c:tag('EP', @to)"/></xsl:template>
  <xsl:template match="r:edition" as="xs:string"><xsl:sequence select="c:tag('ET', .)"/></xsl:template>
  <xsl:template match="r:publisher" as="xs:string"><xsl:sequence select="c:tag('PB', .)"/></xsl:template>
  <xsl:template match="r:place" as="xs:string"><xsl:sequence select="c:tag('CY', .)"/></xsl:template>
  <xsl:template match="r:isbn" as="xs:string"><xsl:sequence select="c:tag('SN', tokenize(.)[1])"/></xsl:template>
  <xsl:template match="r:issn" as="xs:string"><xsl:sequence select="c:tag('SN', .)"/></xsl:template>
  <xsl:template match="r:doi" as="xs:string"><xsl:sequence select="c:tag('DO', .)"/></xsl:template>
  <xsl:template match="r:url" as="xs:string"><xsl:sequence select="c:tag('UR', .)"/></xsl:template>
  <xsl:template match="@language" as="xs:string"><xsl:sequence select="c:tag('LA', .)"/></xsl:template>
  <xsl:template match="r:written" as="xs:string"><xsl:sequence select="c:tag('N1', f:citing-word('written', .))"/></xsl:template>

  <!-- The year, and the whole date where it is known or is a span: YYYY/MM/DD/words. -->
  <xsl:template match="r:issued[@from][not(@circa)]" as="xs:string+">
    <xsl:variable name="parts" select="tokenize(@from, '-')"/>
    <xsl:sequence select="c:tag('PY', $parts[1])"/>
    <xsl:if test="$parts[2] or @to">
      <xsl:sequence select="c:tag('DA', string-join((for $n in 1 to 3 return string($parts[$n]), @to/string(..)), '/'))"/>
    </xsl:if>
  </xsl:template>

  <!-- A date of which only bounds or words are known has no tag. -->
  <xsl:template match="r:issued" priority="-1" as="xs:string"><xsl:sequence select="c:tag('N1', f:word('date') || ': ' || .)"/></xsl:template>
</xsl:stylesheet>
