<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:work" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- One record as one r:work, the model that all lists are written from (Guidelines #COBI): biblStruct, bibl, biblFull, fileDesc,
       msDesc, biblScope, citedRange, edition, idno.

       r:work has @id, @kind (m:kind says which), @genre (the record's own word for what it is), @language, @untitled (its title is the whole of its words), @within (the id of the
       work that contains it), and in this order: r:author, r:editor, r:translator, r:container-author and others that lists leave out; r:title, r:container,
       r:series; r:volume, r:issue, r:chapter, r:pages; r:edition, r:publisher, r:place; r:issued; r:written; r:isbn, r:issn, r:doi,
       r:url; r:cited, r:quoted, r:named. What only data hold is in r:detail (details.xsl). -->

  <xsl:mode name="m:work" on-no-match="shallow-skip"/>  <!-- a record to the model -->
  <xsl:mode name="m:range" on-no-match="shallow-skip"/>  <!-- its numbers alone -->
  <xsl:mode name="m:beyond" on-no-match="deep-skip"/>  <!-- what a reference does not show, which full.xsl adds -->

  <xsl:template match="biblStruct | bibl | biblFull | fileDesc | msDesc" as="element(r:work)">
    <xsl:variable name="parts" select="c:parts(.) | c:borrowed-parts(.)"/>
    <xsl:variable name="own" select="c:titles(.)"/>
    <xsl:variable name="whole" select="c:titles-of-whole($parts, $own)"/>
    <xsl:variable name="issued" select="c:issued(., $parts)"/>
    <r:work id="{c:id(.)}" kind="{c:kind(., $own, $whole, $issued)}" language="{c:language(($own, .)[1])}">
      <xsl:sequence select="c:attribute('untitled', 'yes')[empty($own)]"/>
      <xsl:sequence select="@type[not(. = ('article', 'journal', 'report'[empty($whole)]) or c:named-kind(.))] ! c:attribute('genre', .)"/>
      <xsl:sequence select="c:host-record(.) ! c:attribute('within', c:id(.))"/>
      <xsl:sequence select="c:makers($parts, exists($whole))"/>
      <r:title><xsl:value-of select="if ($own) then c:title($own) else c:all-words(.)"/></r:title>
      <xsl:sequence select="c:element('container', c:title($whole))"/>
      <xsl:sequence select="($parts[self::title][@level = 's' or parent::series or parent::seriesStmt] except $own)[1] ! c:element('series', f:plain(.))"/>
      <xsl:apply-templates select="c:first-of-each-unit($parts[self::biblScope][not(parent::series or parent::seriesStmt)][normalize-space() or @from])"/>
      <xsl:apply-templates select="$parts[self::edition][1]"/>
      <xsl:sequence select="c:list('publisher', c:publishers($parts)), c:list('place', $parts[self::pubPlace])"/>
      <xsl:sequence select="$issued, c:written(., $parts)"/>
      <xsl:sequence select="c:identifiers($parts)"/>
      <xsl:apply-templates select="." mode="m:beyond">
        <xsl:with-param name="parts" select="$parts"/>
        <xsl:with-param name="own" select="$own"/>
        <xsl:with-param name="whole" select="$whole"/>
      </xsl:apply-templates>
    </r:work>
  </xsl:template>

  <xsl:function name="c:element" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:if test="$words ne ''">
      <xsl:element name="r:{$name}"><xsl:value-of select="$words"/></xsl:element>
    </xsl:if>
  </xsl:function>

  <!-- Several publishers or places as one. -->
  <xsl:function name="c:list" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:sequence select="c:element($name, string-join(distinct-values($parts ! f:plain(.)[.]), '; '))"/>
  </xsl:function>

  <!-- Who published a work; in a header it may be only an authority or a distributor who is named. -->
  <xsl:function name="c:publishers" as="element()*">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="named" select="$parts[self::publisher][normalize-space()]"/>
    <xsl:sequence select="if ($named) then $named else $parts[self::authority or self::distributor][parent::publicationStmt]"/>
  </xsl:function>

  <!-- The record's own identifier, or its name and its number among the elements of that name. -->
  <xsl:function name="c:id" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="if ($record/@xml:id) then string($record/@xml:id) else $c:positions(generate-id($record))"/>
  </xsl:function>

  <!-- What each record without an identifier is called: "bibl-3". -->
  <xsl:variable name="c:positions" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each-group select="//biblStruct | //bibl | //biblFull | //fileDesc | //msDesc" group-by="local-name()">
        <xsl:for-each select="current-group()">
          <xsl:variable name="name" select="current-grouping-key() || '-' || position()"/>
          <xsl:if test="not(@xml:id)"><xsl:map-entry key="generate-id()" select="$name || (if (key('id', $name)) then '_' else '')"/></xsl:if>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- The language that an element says it is in, or inherits. -->
  <xsl:function name="c:language" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="string(f:tag-of-language($element/ancestor-or-self::*[@xml:lang][1]/@xml:lang))"/>
  </xsl:function>

  <!-- What a record is made of, without its notes and the records it relates to; a manuscript's description is of more than
       what names it. -->
  <xsl:function name="c:parts" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="if ($record/self::msDesc) then c:parts-of-manuscript($record)
                          else $record/descendant::*[empty(ancestor-or-self::*[self::note or self::relatedItem or self::sourceDesc or self::msDesc or self::notesStmt][. >> $record])]"/>
  </xsl:function>

  <xsl:function name="c:parts-of-manuscript" as="element()*">
    <xsl:param name="record" as="element(msDesc)"/>
    <xsl:variable name="item" select="$record/(msContents, msPart/msContents)[1]/msItem[1]"/>
    <xsl:variable name="titles" select="($record/head//title, $item/title)"/>
    <xsl:variable name="name" select="$record/(msIdentifier/msName, head)"/>
    <xsl:sequence select="if ($titles) then $titles[.. is $titles[1]/..] else $name[1], $item/author, $record/(history/origin, head)[1]//origDate[1], $record/msIdentifier//* except $name[1]"/>
  </xsl:function>

  <!-- What a piece that does not name the work it stands in takes from the record of that work. -->
  <xsl:function name="c:borrowed-parts" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="$record[analytic[title]][not(monogr/title)]/c:host-record(.)/c:parts(.)"/>
  </xsl:function>

  <!-- The record of the work that contains a work. -->
  <xsl:function name="c:host-record" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="$record[self::biblStruct]/(f:host(.), @corresp/../c:pointers(.))[1]"/>
  </xsl:function>

  <!-- Values of title/@type, however a project spells them. -->
  <xsl:variable name="c:short" as="xs:string+" select="'short', 'abbr', 'abbrev', 'abbreviated'"/>
  <xsl:variable name="c:sub" as="xs:string+" select="'sub', 'subordinate'"/>

  <!-- The titles of a work itself: those of the piece where it is one. -->
  <xsl:function name="c:titles" as="element(title)*">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="all" select="c:parts($record)[self::title][empty(ancestor::title[. >> $record])][normalize-space()][not(parent::seriesStmt)]"/>
    <xsl:variable name="ordered" select="$all[parent::analytic or @level = 'a'], $all[not(c:level(.) eq 's' or parent::series)], $all"/>
    <xsl:variable name="first" select="$ordered[1]"/>
    <xsl:sequence select="$all[.. is $first/..][c:level(.) eq c:level($first)]"/>
  </xsl:function>

  <!-- The level of a title, "" for none; a subtitle or another form that says none is of that of the title before it. -->
  <xsl:function name="c:level" as="xs:string">
    <xsl:param name="title" as="element(title)"/>
    <xsl:sequence select="string(($title/@level, $title[@type = ($c:sub, $c:short, 'alt', 'desc')]/preceding-sibling::title[@level][1]/@level)[1])"/>
  </xsl:function>

  <!-- The titles of what contains a piece. -->
  <xsl:function name="c:titles-of-whole" as="element(title)*">
    <xsl:param name="parts" as="element()*"/>
    <xsl:param name="own" as="element(title)*"/>
    <xsl:variable name="others" select="$parts[self::title][normalize-space()][empty(ancestor::title intersect $parts)] except $own"/>
    <xsl:sequence select="if ($own[1][parent::analytic or @level = 'a']) then $others[not(c:level(.) eq 's' or parent::series)] else ()"/>
  </xsl:function>

  <!-- The words of a record as it stands. -->
  <xsl:function name="c:all-words" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="if ($record/self::bibl) then f:plain($record) else string-join(c:parts($record)[not(*)] ! f:plain(.)[.], ', ')"/>
  </xsl:function>

  <!-- One title with its subtitle; other forms of it are left out. -->
  <xsl:function name="c:title" as="xs:string">
    <xsl:param name="titles" as="element(title)*"/>
    <xsl:variable name="main" select="($titles[@type = 'main'], $titles[not(@type)], $titles)[1]"/>
    <xsl:variable name="sub" select="$titles[@type = ('sub', 'subordinate')][.. is $main/..] except $main"/>
    <xsl:variable name="words" select="f:plain($main)"/>
    <xsl:sequence select="string-join(($words, $sub ! f:plain(.)), if (matches($words, '[:?!.]$')) then ' ' else ': ')"/>
  </xsl:function>

  <xsl:template match="edition" as="element(r:edition)?">
    <xsl:sequence select="c:element('edition', f:plain(.))"/>
  </xsl:template>

  <!-- Of several ranges of one unit the first, but all of pages; where a list has room for one, it takes the first. -->
  <xsl:function name="c:first-of-each-unit" as="element(biblScope)*">
    <xsl:param name="scopes" as="element(biblScope)*"/>
    <xsl:for-each-group select="$scopes" group-by="c:unit(.)">
      <xsl:sort select="index-of(('volume', 'issue', 'chapter', 'pages'), current-grouping-key())"/>
      <xsl:sequence select="if (current-grouping-key() eq 'pages') then current-group() else ."/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- "volume", "issue", "chapter" or "pages", however a project spells the unit; "" for others. -->
  <xsl:function name="c:unit" as="xs:string">
    <xsl:param name="scope" as="element()"/>
    <xsl:variable name="unit" select="lower-case(($scope/@unit, $scope/@type)[1])"/>
    <xsl:sequence select="if (matches($unit, '^vol')) then 'volume'
                          else if (matches($unit, '^(issue|no|nr|num|number|fasc)')) then 'issue'
                          else if (matches($unit, '^chap')) then 'chapter'
                          else if (matches($unit, '^(p|pp|pg|pages?|page_range|fol.*)$')) then 'pages' else ''"/>
  </xsl:function>

  <!-- A range with its first and last number, and its words without the unit. -->
  <xsl:template match="biblScope[c:unit(.) ne ''] | citedRange[c:unit(.) eq 'pages' or not(@unit)]" as="element()">
    <xsl:apply-templates select="." mode="m:range"/>
  </xsl:template>

  <xsl:template match="biblScope | citedRange" mode="m:range" as="element()">
    <xsl:variable name="words" select="replace(f:plain(.), '^(?:volumes?|vols?|numbers?|nos?|nr|issues?|chapters?|chap|ch|pages?|pp?|S)(?:[.\s]+|(\d))', '$1', 'i')"/>
    <xsl:variable name="ends" select="c:ends($words)"/>
    <xsl:element name="r:{if (self::citedRange) then 'pages' else c:unit(.)}">
      <xsl:attribute name="from" select="normalize-space((@from, $ends[1])[1])"/>
      <xsl:attribute name="to" select="normalize-space((@to, @from, $ends[last()])[1])"/>
      <xsl:value-of select="if ($words) then $words else string-join(distinct-values((@from, @to)), '–')"/>
    </xsl:element>
  </xsl:template>

  <!-- What is cited by another unit than pages; one that CSL does not know is a section. -->
  <xsl:template match="citedRange[@unit][c:unit(.) ne 'pages'][normalize-space() or @from]" as="element(r:locator)">
    <xsl:variable name="known" select="'act', 'appendix', 'article-locator', 'book', 'canon', 'chapter', 'column', 'elocation', 'equation', 'figure', 'folio', 'issue', 'line',
      'note', 'opus', 'paragraph', 'part', 'rule', 'scene', 'section', 'sub-verbo', 'supplement', 'table', 'timestamp', 'title-locator', 'verse', 'volume'"/>
    <r:locator label="{(c:unit(.)[.], lower-case(@unit)[. = $known], 'section')[1]}">
      <xsl:value-of select="(f:plain(.)[.], string-join(distinct-values((@from, @to)), '–'))[1]"/>
    </r:locator>
  </xsl:template>

  <!-- The first and last number of a range in words, the last one completed: 317 and 318 of "317-18". -->
  <xsl:function name="c:ends" as="xs:string+">
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="range" select="'^(\d+)\s*[-–—]\s*(\d+)$'"/>
    <xsl:variable name="first" select="replace($words, $range, '$1')"/>
    <xsl:variable name="last" select="replace($words, $range, '$2')"/>
    <xsl:sequence select="if (matches($words, $range))
                          then ($first, substring($first, 1, max((string-length($first) - string-length($last), 0))) || $last) else $words"/>
  </xsl:function>

  <!-- Identifiers, each kind once but for ISBNs: a book may have several. -->
  <xsl:function name="c:identifiers" as="element()*">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="numbers" select="$parts[self::idno]"/>
    <xsl:variable name="holder" select="c:address-holder($parts)"/>
    <xsl:sequence select="c:element('isbn', string-join($numbers[upper-case(@type) eq 'ISBN'] ! replace(f:plain(.), '[^0-9Xx-]', ''), ' '))"/>
    <xsl:sequence select="c:element('issn', string($numbers[upper-case(@type) eq 'ISSN'][1] ! f:plain(.)))"/>
    <xsl:sequence select="c:element('doi', string($numbers[upper-case(@type) eq 'DOI'][1] ! replace(f:plain(.), '^(https?://(dx\.)?doi\.org/|doi:)', '')))"/>
    <xsl:sequence select="c:element('url', string($holder/(self::idno/f:plain(.), @target/normalize-space(.))[1]))"/>
  </xsl:function>

  <!-- What has the address of a work: an identifier that is one, else a pointer. -->
  <xsl:function name="c:address-holder" as="element()?">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="numbers" select="$parts[self::idno][empty(idno)]"/>
    <xsl:variable name="candidates" select="$numbers[upper-case(@type) = ('URI', 'URL')], $numbers[not(upper-case(@type) = 'DOI')], $parts[self::ref or self::ptr]"/>
    <xsl:sequence select="$candidates[matches(if (self::idno) then f:plain(.) else normalize-space(@target), '^[A-Za-z][A-Za-z0-9+.\-]*://')][1]"/>
  </xsl:function>
</xsl:stylesheet>
