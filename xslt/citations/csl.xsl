<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:csl" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:j="http://www.w3.org/2005/xpath-functions"
                xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- r:works as CSL-JSON items (schema csl-data.json of the Citation Style Language 1.0.2), as j:array. -->

  <xsl:mode name="m:csl" on-no-match="shallow-skip"/>  <!-- the model to j:… -->

  <!-- The type of each kind of work. A letter or resolution that stands in a volume is cited as a chapter of it:
       "personal_communication" would mean an unpublished one, which styles leave out of bibliographies. -->
  <xsl:variable name="c:csl-types" as="map(xs:string, xs:string)" select="map { 'book': 'book', 'chapter': 'chapter',
    'article-journal': 'article-journal', 'article-newspaper': 'article-newspaper', 'periodical': 'periodical',
    'webpage': 'webpage', 'pamphlet': 'pamphlet', 'report': 'report', 'manuscript': 'manuscript', 'document': 'document' }"/>

  <xsl:template match="r:works" as="element(j:array)">
    <j:array><xsl:apply-templates/></j:array>
  </xsl:template>

  <xsl:template match="r:work" as="element(j:map)">
    <j:map>
      <xsl:sequence select="c:string('id', @id), c:string('type', $c:csl-types(@kind))"/>
      <xsl:for-each-group select="r:author | r:editor | r:translator | r:container-author" group-by="local-name()">
        <xsl:sort select="index-of(('author', 'editor', 'translator', 'container-author'), current-grouping-key())"/>
        <j:array key="{current-grouping-key()}"><xsl:apply-templates select="current-group()"/></j:array>
      </xsl:for-each-group>
      <xsl:apply-templates select="r:title, r:container, r:series, r:volume, r:issue, r:chapter, r:edition, r:publisher, r:place"/>
      <xsl:apply-templates select="r:issued, r:pages[1], r:isbn, r:issn, r:doi, r:url, @language[. ne ''], r:written"/>
      <xsl:sequence select="c:custom(.)"/>
    </j:map>
  </xsl:template>

  <xsl:template match="r:author | r:editor | r:translator | r:container-author" as="element(j:map)">
    <j:map><xsl:sequence select="@family ! c:string('family', .), @given ! c:string('given', .), @literal ! c:string('literal', .)"/></j:map>
  </xsl:template>

  <xsl:template match="r:title | r:edition | r:publisher | @language" as="element(j:string)">
    <xsl:sequence select="c:string(local-name(), .)"/>
  </xsl:template>

  <xsl:template match="r:container" as="element(j:string)"><xsl:sequence select="c:string('container-title', .)"/></xsl:template>
  <xsl:template match="r:series" as="element(j:string)"><xsl:sequence select="c:string('collection-title', .)"/></xsl:template>
  <xsl:template match="r:place" as="element(j:string)"><xsl:sequence select="c:string('publisher-place', .)"/></xsl:template>
  <xsl:template match="r:isbn | r:issn | r:doi | r:url" as="element(j:string)"><xsl:sequence select="c:string(upper-case(local-name()), .)"/></xsl:template>
  <xsl:template match="r:volume | r:issue" as="element(j:string)"><xsl:sequence select="c:string(local-name(), c:hyphened(.))"/></xsl:template>
  <!-- An issue may have its number in the whole run behind it. -->
  <xsl:template match="r:issue[contains(., '(')]" as="element(j:string)"><xsl:sequence select="c:string('issue', translate(., '–', '-'))"/></xsl:template>
  <xsl:template match="r:chapter" as="element(j:string)"><xsl:sequence select="c:string('chapter-number', c:hyphened(.))"/></xsl:template>
  <xsl:template match="r:written" as="element(j:string)"><xsl:sequence select="c:string('note', f:citing-word('written', .))"/></xsl:template>

  <xsl:template match="r:pages" as="element(j:string)+">
    <xsl:sequence select="c:string('page', c:hyphened(.)), c:string('page-first', @from)"/>
  </xsl:template>

  <xsl:template match="r:issued[@from][not(@circa)]" as="element(j:map)">
    <j:map key="issued">
      <j:array key="date-parts">
        <xsl:for-each select="@from, @to">
          <j:array><xsl:for-each select="tokenize(., '-')"><j:number><xsl:value-of select="xs:integer(.)"/></j:number></xsl:for-each></j:array>
        </xsl:for-each>
      </j:array>
    </j:map>
  </xsl:template>

  <xsl:template match="r:issued" priority="-1" as="element(j:map)">
    <j:map key="issued"><xsl:sequence select="c:string('literal', .)"/></j:map>
  </xsl:template>

  <!-- A range by its ends: "19-21". -->
  <xsl:function name="c:hyphened" as="xs:string">
    <xsl:param name="range" as="element()"/>
    <xsl:sequence select="$range/string-join(distinct-values((@from, @to)), '-')"/>
  </xsl:function>

  <!-- What CSL has no variable for: the record's word for the kind of work (styles print "genre" as that of a talk), and where the
       text cites it, each note with its pages. -->
  <xsl:function name="c:custom" as="element(j:map)?">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:variable name="use" select="(('cited', 'quoted', 'named')[. = $work/*/local-name()])[1]"/>
    <xsl:if test="$use or $work/@genre">
      <j:map key="custom">
        <xsl:sequence select="$work/@genre ! c:string('kind', .), $use ! c:string('use', .)"/>
        <xsl:if test="$work/r:cited">
          <j:array key="cited-in"><xsl:apply-templates select="$work/r:cited"/></j:array>
        </xsl:if>
      </j:map>
    </xsl:if>
  </xsl:function>

  <xsl:template match="r:cited" as="element(j:map)">
    <j:map>
      <xsl:sequence select="(@note, @passage) ! c:string(local-name(), .)"/>
      <xsl:if test="r:pages">
        <xsl:sequence select="c:string('label', 'page'), c:string('locator', string-join(r:pages ! c:hyphened(.), ', '))"/>
      </xsl:if>
    </j:map>
  </xsl:template>

  <xsl:function name="c:string" as="element(j:string)">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <j:string key="{$key}"><xsl:value-of select="$words"/></j:string>
  </xsl:function>
</xsl:stylesheet>
