<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:csl" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:j="http://www.w3.org/2005/xpath-functions"
                xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- r:works as CSL-JSON items (schema csl-data.json of the Citation Style Language 1.0.2), as j:array. -->

  <xsl:mode name="m:csl" on-no-match="shallow-skip"/>  <!-- the model to j:… -->

  <!-- The kind of a work is its type. A letter or resolution that stands in a volume is cited as a chapter of it:
       "personal_communication" would mean an unpublished one, which styles leave out of bibliographies. -->

  <xsl:template match="r:works" as="element(j:array)">
    <j:array><xsl:apply-templates/></j:array>
  </xsl:template>

  <xsl:template match="r:work" as="element(j:map)">
    <j:map>
      <xsl:sequence select="c:string('id', @id), c:string('type', @kind)"/>
      <xsl:for-each-group select="r:*[local-name() = $c:makers]" group-by="local-name()">
        <xsl:sort select="index-of($c:makers, current-grouping-key())"/>
        <j:array key="{current-grouping-key()}"><xsl:apply-templates select="current-group()"/></j:array>
      </xsl:for-each-group>
      <xsl:apply-templates select="r:title, r:container, r:series, r:volume, r:issue, r:chapter, r:edition, r:publisher, r:place"/>
      <xsl:apply-templates select="r:issued, r:pages[1], r:isbn, r:issn, r:doi, r:url, @language[. ne '']"/>
      <xsl:for-each-group select="r:detail" group-by="@name"><xsl:sequence select="c:string(@name, string-join(current-group(), '&#10;'))"/></xsl:for-each-group>
      <xsl:apply-templates select="r:dated"/>
      <xsl:sequence select="string-join((r:written ! f:citing-word('written', .), r:remark[not(@type)]), '&#10;')[.] ! c:string('note', .)"/>
      <xsl:sequence select="c:custom(.)"/>
    </j:map>
  </xsl:template>

  <xsl:variable name="c:makers" as="xs:string+" select="'author', 'editor', 'translator', 'container-author', 'collection-editor', 'compiler', 'illustrator', 'recipient', 'contributor', 'original-author', $c:other-roles"/>

  <xsl:template match="r:*[local-name() = $c:makers]" priority="1" as="element(j:map)">
    <j:map>
      <xsl:sequence select="(@surname, @family)[1] ! c:string('family', .), @given ! c:string('given', .), @particle ! c:string('non-dropping-particle', .),
                            @dropping ! c:string('dropping-particle', .), @suffix ! c:string('suffix', .), @literal ! c:string('literal', .)"/>
    </j:map>
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

  <xsl:template match="r:pages" as="element(j:string)+">
    <xsl:sequence select="c:string('page', c:hyphened(.)), c:string('page-first', string((tokenize(@from, '\s*[-–,;]\s*')[.], @from)[1]))"/>
  </xsl:template>

  <xsl:template match="r:issued[@from] | r:dated[@from]" as="element(j:map)">
    <j:map key="{(@name, 'issued')[1]}">
      <j:array key="date-parts">
        <xsl:for-each select="@from, @to"><xsl:sequence select="c:date-parts(.)"/></xsl:for-each>
      </j:array>
      <xsl:if test="@circa"><j:boolean key="circa">true</j:boolean></xsl:if>
    </j:map>
  </xsl:template>

  <!-- Year, month and day. TEI counts years as ISO 8601 does, where 0000 is 1 BC; CSL has no year 0. -->
  <xsl:function name="c:date-parts" as="element(j:array)">
    <xsl:param name="iso" as="xs:string"/>
    <xsl:variable name="parts" select="tokenize(replace($iso, '^-', '~'), '-') ! xs:integer(translate(., '~', '-'))"/>
    <j:array>
      <xsl:for-each select="if ($parts[1] le 0) then $parts[1] - 1 else $parts[1], tail($parts)"><j:number><xsl:value-of select="."/></j:number></xsl:for-each>
    </j:array>
  </xsl:function>

  <xsl:template match="r:issued | r:dated" priority="-1" as="element(j:map)">
    <j:map key="{(@name, 'issued')[1]}"><xsl:sequence select="c:string('literal', .)"/></j:map>
  </xsl:template>

  <!-- A range by its ends: "19-21". -->
  <xsl:function name="c:hyphened" as="xs:string">
    <xsl:param name="range" as="element()"/>
    <xsl:sequence select="$range/translate(string-join(distinct-values((@from, @to)), '-'), '–', '-')"/>
  </xsl:function>

  <!-- What CSL has no variable for: the record's word for the kind of work (styles print "genre" as that of a talk), where the
       text cites it, each note with its pages, and what makes it a TEI record again: subtitles and other titles, dates as EDTF. -->
  <xsl:function name="c:custom" as="element(j:map)?">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:variable name="use" select="(('cited', 'quoted', 'named')[. = $work/*/local-name()])[1]"/>
    <xsl:variable name="dates" select="$work/(r:issued, r:dated)[@edtf]"/>
    <xsl:if test="$use or $work/(@genre, @within, r:subtitle, r:language, r:other-title, r:other-scope, r:other-identifier, r:remark[@type], r:written, r:pages[2]) or $dates">
      <j:map key="custom">
        <xsl:sequence select="$work/@genre ! c:string('kind', .), $work/@within ! c:string('within', .), $use ! c:string('use', .)"/>
        <xsl:if test="$dates">
          <j:map key="edtf"><xsl:sequence select="$dates ! c:string((@name, 'issued')[1], @edtf)"/></j:map>
        </xsl:if>
        <xsl:sequence select="$work/r:written ! c:map('written', (c:string('words', .), @edtf[. ne ''] ! c:string('edtf', .), c:string('said', f:citing-word('written', .))))"/>
        <xsl:if test="$work/r:subtitle">
          <j:map key="subtitles"><xsl:sequence select="$work/r:subtitle ! c:string(@of, .)"/></j:map>
        </xsl:if>
        <xsl:if test="$work/r:language">
          <j:map key="languages"><xsl:sequence select="$work/r:language ! c:string(@of, .)"/></j:map>
        </xsl:if>
        <xsl:sequence select="c:array('titles', $work/r:other-title ! c:map((), (c:string('of', @of), c:string('kind', @kind), @language[. ne ''] ! c:string('language', .), c:string('words', .)))),
                              c:array('scopes', $work/r:other-scope ! c:map((), (c:string('unit', @unit), c:string('words', .)))),
                              c:array('pages', $work/r:pages[position() gt 1] ! c:map((), c:string('page', c:hyphened(.)))),
                              c:array('identifiers', $work/r:other-identifier ! c:map((), (c:string('type', @kind), c:string('words', .)))),
                              c:array('notes', $work/r:remark[@type] ! c:map((), (c:string('type', @type), c:string('words', .))))"/>
        <xsl:if test="$work/r:cited">
          <j:array key="cited-in"><xsl:apply-templates select="$work/r:cited"/></j:array>
        </xsl:if>
        <xsl:sequence select="c:array('quoted-in', c:places($work/r:quoted)), c:array('named-in', c:places($work/r:named))"/>
      </j:map>
    </xsl:if>
  </xsl:function>

  <!-- Where a work is quoted or named, each place once. -->
  <xsl:function name="c:places" as="element(j:map)*">
    <xsl:param name="uses" as="element()*"/>
    <xsl:for-each-group select="$uses/(@note, @passage)[. ne '']" group-by="local-name() || ' ' || .">
      <xsl:sequence select="c:map((), c:string(local-name(), .))"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="c:map" as="element(j:map)">
    <xsl:param name="key" as="xs:string?"/>
    <xsl:param name="entries" as="element()*"/>
    <j:map><xsl:sequence select="$key ! c:attribute('key', .), $entries"/></j:map>
  </xsl:function>

  <xsl:function name="c:array" as="element(j:array)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="entries" as="element()*"/>
    <xsl:if test="exists($entries)"><j:array key="{$key}"><xsl:sequence select="$entries"/></j:array></xsl:if>
  </xsl:function>

  <xsl:template match="r:cited" as="element(j:map)">
    <j:map>
      <xsl:sequence select="(@note, @passage) ! c:string(local-name(), .)"/>
      <xsl:if test="r:pages">
        <xsl:sequence select="c:string('label', 'page'), c:string('locator', string-join(r:pages ! c:hyphened(.), ', '))"/>
      </xsl:if>
      <xsl:sequence select="r:locator[not(current()/r:pages)][1] ! (c:string('label', @label), c:string('locator', .))"/>
      <!-- CSL has a place for one unit. -->
      <xsl:sequence select="string-join(r:locator[exists(current()/r:pages) or position() gt 1] ! (@label || ' ' || .), ', ')[.] ! c:string('further', .)"/>
    </j:map>
  </xsl:template>

  <xsl:function name="c:string" as="element(j:string)">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <j:string key="{$key}"><xsl:value-of select="$words"/></j:string>
  </xsl:function>
</xsl:stylesheet>
