<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- In which groups and order the readable lists show the works of r:works. -->

  <xsl:key name="c:work" match="r:work" use="@id"/>
  <xsl:key name="c:pieces" match="r:work" use="@within"/>

  <!-- How the text uses a work: what counts most of "cited", "quoted" and "named"; "" for a work it does not use. -->
  <xsl:function name="c:status" as="xs:string">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:sequence select="string($work/(if (r:cited) then 'cited' else if (r:quoted) then 'quoted' else if (r:named) then 'named' else ()))"/>
  </xsl:function>

  <!-- Each group that has works, as r:group with the @key of its heading: works cited, works quoted without a note, works
       named only, works that the text does not use. r:entry holds the @id of a work and those of the @pieces below it. -->
  <xsl:function name="c:groups" as="element(r:group)*">
    <xsl:param name="works" as="element(r:works)"/>
    <xsl:for-each-group select="$works/r:work" group-by="c:status(.)">
      <xsl:sort select="index-of(('cited', 'quoted', 'named', ''), current-grouping-key())"/>
      <xsl:variable name="status" select="current-grouping-key()"/>
      <r:group key="{if ($status) then $status || '-works' else if (last() gt 1) then 'other-works' else 'all-works'}">
        <xsl:for-each select="c:sorted(current-group()[empty(c:whole(.))])">
          <r:entry id="{@id}" pieces="{c:sorted(c:pieces-of(.))/@id}"/>
        </xsl:for-each>
      </r:group>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The work that a work is listed under, used as it is; none where records contain each other in a circle. -->
  <xsl:function name="c:whole" as="element(r:work)?">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:sequence select="$work[not(c:is-circular(., ()))]/key('c:work', @within)[c:status(.) eq c:status($work)]"/>
  </xsl:function>

  <xsl:function name="c:is-circular" as="xs:boolean">
    <xsl:param name="work" as="element(r:work)?"/>
    <xsl:param name="seen" as="element(r:work)*"/>
    <xsl:sequence select="exists($work intersect $seen) or exists($work/@within) and c:is-circular($work/key('c:work', @within), ($seen, $work))"/>
  </xsl:function>

  <!-- All works below a work, the pieces of its pieces too. -->
  <xsl:function name="c:pieces-of" as="element(r:work)*">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:sequence select="$work/key('c:pieces', @id)[c:whole(.) is $work] ! (., c:pieces-of(.))"/>
  </xsl:function>

  <!-- Works by those who made them, those of unknown makers by title; then by title and volume. Case, accents and a leading
       article do not count. -->
  <xsl:function name="c:sorted" as="element(r:work)*">
    <xsl:param name="works" as="element(r:work)*"/>
    <xsl:perform-sort select="$works">
      <xsl:sort select="c:filing-words(.)[1]"/>
      <xsl:sort select="c:filing-words(.)[2]"/>
      <xsl:sort select="r:volume/@from ! string(.)"/>
      <xsl:sort select="@id"/>
    </xsl:perform-sort>
  </xsl:function>

  <xsl:function name="c:filing-words" as="xs:string+">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:sequence select="c:filed((c:made-by($work)[.], $work/r:title)[1]), c:filed($work/r:title)"/>
  </xsl:function>

  <xsl:function name="c:filed" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="letters" select="lower-case(replace(normalize-unicode($words, 'NFKD'), '[^\p{L}\p{N}; ]', ''))"/>
    <xsl:sequence select="replace($letters, '^(the|an?|der|die|das|le|la|les|el|il) ', '')"/>
  </xsl:function>
</xsl:stylesheet>
