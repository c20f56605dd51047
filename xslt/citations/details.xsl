<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What a record says beside what lists show, for data (Guidelines #COBI, #msid): other titles, meeting, extent, series,
       notes, other dates, msIdentifier, relatedItem. -->

  <!-- As r:detail with @name, a variable of CSL and its words; r:dated, a variable that is a date; r:names, makers of an original;
       r:other-title, r:other-scope, r:other-identifier, r:remark, which CSL has no variable for. -->
  <xsl:function name="c:details" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:param name="own" as="element(title)*"/>
    <xsl:param name="whole" as="element(title)*"/>
    <xsl:sequence select="c:subtitle('title', $own), c:subtitle('container-title', $whole)"/>
    <xsl:sequence select="c:main-title($whole)/@xml:lang ! c:other-language('container-title', .)"/>
    <xsl:sequence select="c:detail('title-short', $own[@type = $c:short][1]), c:detail('container-title-short', $whole[@type = $c:short][1])"/>
    <xsl:sequence select="c:other-titles('work', $own), c:other-titles('container', $whole)"/>
    <xsl:sequence select="c:detail('collection-number', $parts[self::series or self::seriesStmt][1]/(biblScope | idno[not(@type = 'ISSN')])[1])"/>
    <xsl:sequence select="c:meeting($parts[self::meeting][1]), $parts[self::extent] ! c:extent(.), c:scopes($parts), c:numbers($parts), c:kept($record, $parts)"/>
    <xsl:sequence select="c:original($record), c:notes($record), c:dates($record, $parts)"/>
  </xsl:function>

  <xsl:function name="c:detail" as="element(r:detail)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="from" as="element()?"/>
    <xsl:sequence select="c:said($name, f:plain($from))"/>
  </xsl:function>

  <xsl:function name="c:said" as="element(r:detail)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:if test="$words ne ''"><r:detail name="{$name}"><xsl:value-of select="$words"/></r:detail></xsl:if>
  </xsl:function>

  <!-- The title that all lists show: what c:title() begins with. -->
  <xsl:function name="c:main-title" as="element(title)?">
    <xsl:param name="titles" as="element(title)*"/>
    <xsl:sequence select="($titles[@type = 'main'], $titles[not(@type)], $titles)[1]"/>
  </xsl:function>

  <xsl:function name="c:subtitle" as="element(r:subtitle)?">
    <xsl:param name="of" as="xs:string"/>
    <xsl:param name="titles" as="element(title)*"/>
    <xsl:variable name="main" select="c:main-title($titles)"/>
    <xsl:variable name="sub" select="string-join($titles[@type = $c:sub][.. is $main/..][not(. is $main)] ! f:plain(.)[.], ': ')"/>
    <xsl:if test="$sub"><r:subtitle of="{$of}"><xsl:value-of select="$sub"/></r:subtitle></xsl:if>
  </xsl:function>

  <!-- A title may be in another language than the work's own title. -->
  <xsl:function name="c:other-language" as="element(r:language)">
    <xsl:param name="of" as="xs:string"/>
    <xsl:param name="tag" as="xs:string"/>
    <r:language of="{$of}"><xsl:value-of select="f:tag-of-language($tag)"/></r:language>
  </xsl:function>

  <!-- Other forms of a title: translated, transliterated, alternative ones. -->
  <xsl:function name="c:other-titles" as="element(r:other-title)*">
    <xsl:param name="of" as="xs:string"/>
    <xsl:param name="titles" as="element(title)*"/>
    <xsl:variable name="main" select="c:main-title($titles)"/>
    <xsl:for-each select="$titles[not(. is $main)][not(@type = ($c:short, 'original'))][not(@type = $c:sub and .. is $main/..)][f:plain(.)]">
      <r:other-title of="{$of}" kind="{(@type, 'alt')[1]}" language="{@xml:lang}"><xsl:value-of select="f:plain(.)"/></r:other-title>
    </xsl:for-each>
  </xsl:function>

  <!-- A conference: its name, place and date. -->
  <xsl:function name="c:meeting" as="element()*">
    <xsl:param name="meeting" as="element(meeting)?"/>
    <xsl:variable name="place" select="$meeting/(placeName | pubPlace | settlement)[1]"/>
    <xsl:variable name="name" select="string-join($meeting/node()[not(. is $place or self::date)] ! f:plain(.)[.], ' ')"/>
    <xsl:sequence select="c:said('event-title', replace($name, '[\s,;(]+$', '')), c:detail('event-place', $place), $meeting/date[1] ! c:dated('event-date', .)"/>
  </xsl:function>

  <!-- "312 pages", "3 volumes": so many; other extents are told as they are. -->
  <xsl:function name="c:extent" as="element()*">
    <xsl:param name="extent" as="element(extent)?"/>
    <xsl:variable name="words" select="f:plain($extent)"/>
    <xsl:variable name="pages" select="replace($words, '^(.*\D)?(\d+)\s*(p\.?|pp\.?|pages?|S\.?|Seiten|с\.)$', '$2')[. ne $words]"/>
    <xsl:variable name="volumes" select="replace($words, '^(\d+)\s*(vols?\.?|volumes?|Bde\.?)$', '$1')[. ne $words]"/>
    <xsl:sequence select="c:said('number-of-pages', string($pages)), c:said('number-of-volumes', string($volumes)),
                          c:said('dimensions', $words)[empty(($pages, $volumes))]"/>
  </xsl:function>

  <!-- Parts and whatever else a project counts by. -->
  <xsl:function name="c:scopes" as="element()*">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="others" select="$parts[self::biblScope][not(parent::series or parent::seriesStmt)][c:unit(.) eq ''][f:plain(.)]"/>
    <xsl:variable name="part" select="$others[lower-case((@unit, @type)[1]) = 'part'][1]"/>
    <xsl:sequence select="c:detail('part', $part)"/>
    <xsl:for-each select="$others except $part">
      <r:other-scope unit="{(@unit, @type)[1]}"><xsl:value-of select="f:plain(.)"/></r:other-scope>
    </xsl:for-each>
  </xsl:function>

  <xsl:variable name="c:number-types" as="map(xs:string, xs:string)" select="map { 'PMID': 'PMID', 'PMCID': 'PMCID', 'NUMBER': 'number', 'REPORTNUMBER': 'number',
    'REPORT': 'number', 'CALLNUMBER': 'call-number', 'SHELFMARK': 'call-number' }"/>

  <!-- Identifiers that lists do not show; each variable takes the first, the others are kept by their type. -->
  <xsl:function name="c:numbers" as="element()*">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="numbers" select="$parts[self::idno][not(parent::msIdentifier or parent::altIdentifier or parent::series or parent::seriesStmt)][empty(idno)][f:plain(.)]"/>
    <xsl:variable name="shown" select="$numbers[upper-case(@type) = 'ISBN'], $numbers[upper-case(@type) = 'ISSN'][1], $numbers[upper-case(@type) = 'DOI'][1], c:address-holder($parts)"/>
    <xsl:for-each-group select="$numbers except $shown" group-by="string($c:number-types(upper-case(@type)))">
      <xsl:variable name="variable" select="current-grouping-key()[.]"/>
      <xsl:sequence select="$variable ! c:detail(., current-group()[1])"/>
      <xsl:for-each select="if ($variable) then tail(current-group()) else current-group()">
        <r:other-identifier kind="{@type}"><xsl:value-of select="f:plain(.)"/></r:other-identifier>
      </xsl:for-each>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Where a manuscript is kept; one whose identifier says no more than its name, where its other identifiers or its fragments are. -->
  <xsl:function name="c:kept" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="place" select="($record/msIdentifier, $record//msIdentifier[empty(ancestor::sourceDesc[. >> $record])])[1]"/>
    <xsl:variable name="places" select="if ($place[institution | repository | settlement | collection | idno]) then $place else $place/altIdentifier | $record/msFrag/msIdentifier"/>
    <xsl:variable name="told" select="function($names) { string-join(distinct-values($places ! string-join(*[local-name() = $names] ! f:plain(.)[.], ', ')[.]), '; ') }"/>
    <xsl:sequence select="c:said('archive', $told(('institution', 'repository'))), c:said('archive-place', $told(('settlement', 'country'))),
                          c:said('archive_collection', $told('collection')), c:said('archive_location', string-join($places/idno[1] ! f:plain(.)[.], '; '))"/>
  </xsl:function>

  <!-- The work that this one is a translation, an edition or a reprint of. -->
  <xsl:function name="c:original" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="item" select="$record/relatedItem[@type = ('original', 'translatedFrom', 'translationOf', 'reprintOf', 'originalVersion')][1]"/>
    <xsl:variable name="work" select="($item/(biblStruct | bibl), $item ! f:records(@target))[1]"/>
    <xsl:variable name="parts" select="$work ! c:parts(.)"/>
    <xsl:sequence select="c:said('original-title', if ($work) then c:title(c:titles($work)) else f:plain($record//title[@type = 'original'][1]))"/>
    <xsl:sequence select="c:names('original-author', $parts[self::author])"/>
    <xsl:sequence select="c:said('original-publisher', string-join($parts[self::publisher] ! f:plain(.)[.], '; ')), c:said('original-publisher-place', string-join($parts[self::pubPlace] ! f:plain(.)[.], '; '))"/>
    <xsl:sequence select="($parts[self::date][not(@type = $c:other-dates)], $record//imprint/date[@type = 'original'])[1] ! c:dated('original-date', .)"/>
  </xsl:function>

  <!-- Notes by their types: those that name a variable of CSL are that, those without are remarks of the record, others keep theirs. -->
  <xsl:variable name="c:note-variables" as="xs:string+" select="'abstract', 'annote', 'archive', 'archive-place', 'archive_collection', 'archive_location', 'authority', 'call-number',
    'container-title-short', 'dimensions', 'division', 'event-place', 'event-title', 'genre', 'jurisdiction', 'keyword', 'medium', 'number', 'number-of-pages', 'number-of-volumes',
    'original-publisher', 'original-publisher-place', 'original-title', 'part-title', 'printing', 'references', 'reviewed-genre', 'reviewed-title', 'scale', 'section', 'status', 'supplement', 'version',
    'volume-title'"/>

  <xsl:function name="c:notes" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:for-each select="($record/note | $record/notesStmt/note | $record/(monogr | analytic | series)/note)[not(@type = ('accessed', 'access'))]">
      <xsl:variable name="words" select="f:plain(node())"/>
      <xsl:variable name="name" select="if (@type = ('keywords', 'tags')) then 'keyword' else if (@type = 'database') then 'source' else @type[. = $c:note-variables]"/>
      <xsl:if test="$words">
        <xsl:choose>
          <xsl:when test="$name"><r:detail name="{$name}"><xsl:value-of select="$words"/></r:detail></xsl:when>
          <xsl:otherwise><r:remark><xsl:sequence select="@type"/><xsl:value-of select="$words"/></r:remark></xsl:otherwise>
        </xsl:choose>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <!-- When it was seen, submitted, made available. -->
  <xsl:function name="c:dates" as="element(r:dated)*">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="parts" as="element()*"/>
    <xsl:sequence select="($parts[self::date][@type = ('access', 'accessed')], $record//note[@type = ('access', 'accessed')]/(date, .)[1])[1] ! c:dated('accessed', .)"/>
    <xsl:sequence select="$parts[self::date][@type = 'available'][1] ! c:dated('available-date', .), $parts[self::date][@type = 'submitted'][1] ! c:dated('submitted', .)"/>
  </xsl:function>

  <!-- A date: @from and @to as in r:issued. -->
  <xsl:function name="c:dated" as="element(r:dated)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="date" as="element()"/>
    <xsl:variable name="ends" select="c:span($date)"/>
    <xsl:if test="exists($ends) or f:plain($date)">
      <r:dated name="{$name}">
        <xsl:sequence select="$ends[1] ! c:attribute('from', .), $ends[2][. ne $ends[1]] ! c:attribute('to', .),
                              c:attribute('circa', 'yes')[c:is-inferred($date) or c:is-doubtful($date)],
                              c:edtf($date)[matches(., '[\[\]~?%]|\.\.')] ! c:attribute('edtf', .)"/>
        <xsl:value-of select="f:plain($date)"/>
      </r:dated>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
