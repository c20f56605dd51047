<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:bibtex" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:fn="http://www.w3.org/2005/xpath-functions" xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- r:works as BibTeX entries that BibLaTeX takes as they are: UTF-8, double hyphens in ranges, capitals of names protected. -->

  <xsl:mode name="m:bibtex" on-no-match="shallow-skip"/>  <!-- the model to text -->
  <xsl:mode name="m:entry-type" on-no-match="fail"/>  <!-- a work to the type of its entry -->

  <xsl:template match="r:works" as="xs:string">
    <xsl:variable name="entries" as="xs:string*"><xsl:apply-templates select="r:work"/></xsl:variable>
    <xsl:sequence select="string-join($entries, '&#10;')"/>
  </xsl:template>

  <xsl:template match="r:work" as="xs:string">
    <xsl:variable name="type" as="xs:string"><xsl:apply-templates select="." mode="m:entry-type"/></xsl:variable>
    <xsl:variable name="fields" as="xs:string*">
      <xsl:sequence select="if ($type = ('misc', 'booklet', 'unpublished')) then c:loose-fields(., $type) else c:full-fields(., $type)"/>
      <xsl:apply-templates select="r:place[$type ne 'article'], r:issued"/>
      <xsl:sequence select="c:field('date', 'XXXX')[not(c:dated(current()))]"/>
      <xsl:apply-templates select="r:doi, r:url, @language"/>
      <xsl:sequence select="string-join(c:used(.), '; ')[.] ! c:field('annotation', c:tex(.))"/>
    </xsl:variable>
    <xsl:sequence select="'@' || $type || '{' || replace(@id, '[^\w_.:+/\-]', '-') || string-join($fields ! concat(',&#10;  ', .)) || '&#10;}&#10;'"/>
  </xsl:template>

  <!-- The fields of books, articles and what stands in books. -->
  <xsl:function name="c:full-fields" as="xs:string*">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:param name="type" as="xs:string"/>
    <!-- BibLaTeX takes a volume only as one number. -->
    <xsl:variable name="volume" select="$work/r:volume[matches(@from, '^\d+$')][@from eq @to]"/>
    <xsl:sequence select="c:people('author', $work/r:author), c:people('editor', $work/r:editor),
                          c:people('translator', $work/r:translator),
                          c:people('bookauthor', $work/r:container-author[$type eq 'inbook'])"/>
    <xsl:apply-templates select="$work/(r:title, r:container, r:series), $volume, $work/(r:issue, r:chapter, r:pages[1], r:edition)"/>
    <xsl:apply-templates select="$work/(r:publisher[$type ne 'article'], r:isbn[not($work/r:container)], r:issn)"/>
    <xsl:sequence select="c:note(($work/r:volume[not($volume)]/f:word('volume', .), c:dates-in-words($work)))"/>
  </xsl:function>

  <!-- The fields of entries that have few: what has none is told in "howpublished". -->
  <xsl:function name="c:loose-fields" as="xs:string*">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:sequence select="c:people('author', $work/r:author), c:people('editor', $work/r:editor[$type ne 'unpublished'])"/>
    <xsl:apply-templates select="$work/r:title"/>
    <xsl:variable name="rest" select="$work/r:container ! concat(f:word('in-work'), ' ', .), $work/r:series/string(), c:others($work), c:scope($work),
                                      c:pages($work/r:pages), $work/r:publisher[$type ne 'misc']/string()"/>
    <xsl:sequence select="string-join($rest, ', ')[.] ! c:field('howpublished', c:tex(.)),
                          $work/r:publisher[$type eq 'misc'] ! c:field('organization', c:tex(.)),
                          $work/r:isbn[not($work/r:container)] ! c:field('isbn', tokenize(.)[1]),
                          c:note(c:dates-in-words($work))"/>
  </xsl:function>

  <!-- What the record says of dates and the fields of dates cannot hold. -->
  <xsl:function name="c:dates-in-words" as="xs:string*">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:sequence select="$work/r:issued[not(c:dated($work))]/string(), $work/r:written/f:citing-word('written', .)"/>
  </xsl:function>

  <xsl:function name="c:note" as="xs:string?">
    <xsl:param name="sentences" as="xs:string*"/>
    <xsl:sequence select="string-join(distinct-values($sentences), '. ')[.] ! c:field('note', c:tex(.))"/>
  </xsl:function>

  <!-- The type, of those that both BibTeX and BibLaTeX have, by what BibLaTeX's data model demands: a book has an author. What
       lacks that is "misc". -->
  <xsl:template match="r:work" mode="m:entry-type" priority="-1" as="xs:string">misc</xsl:template>
  <xsl:template match="r:work[@kind = 'book'][r:author]" mode="m:entry-type" as="xs:string">book</xsl:template>
  <xsl:template match="r:work[@kind = 'chapter'][r:author][r:editor]" mode="m:entry-type" as="xs:string">incollection</xsl:template>
  <xsl:template match="r:work[@kind = 'chapter'][r:author][not(r:editor)]" mode="m:entry-type" as="xs:string">inbook</xsl:template>
  <xsl:template match="r:work[starts-with(@kind, 'article-')][r:author]" mode="m:entry-type" as="xs:string">article</xsl:template>
  <xsl:template match="r:work[@kind = 'pamphlet'][r:author or r:editor]" mode="m:entry-type" as="xs:string">booklet</xsl:template>
  <xsl:template match="r:work[@kind = ('manuscript', 'report')][r:author]" mode="m:entry-type" as="xs:string">unpublished</xsl:template>

  <!-- A field as "name = {value}"; the value is TeX already. -->
  <xsl:function name="c:field" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="$name || ' = {' || $value || '}'"/>
  </xsl:function>

  <!-- Names as "Family, Given"; a body, or a name with a comma or "and" in it, in braces. -->
  <xsl:function name="c:people" as="xs:string?">
    <xsl:param name="field" as="xs:string"/>
    <xsl:param name="people" as="element()*"/>
    <xsl:variable name="names" select="$people ! (if (@literal) then '{' || c:tex(@literal) || '}'
                                       else string-join((c:guarded(@family), @given ! c:tex(.)), ', '))"/>
    <xsl:sequence select="if ($people) then c:field($field, string-join($names, ' and ')) else ()"/>
  </xsl:function>

  <!-- A family name; in braces where BibTeX would take it apart. -->
  <xsl:function name="c:guarded" as="xs:string">
    <xsl:param name="family" as="xs:string"/>
    <xsl:sequence select="if (matches($family, '(^| )(\p{Ll}|and )|,')) then '{' || c:tex($family) || '}' else c:tex($family)"/>
  </xsl:function>

  <!-- Words with TeX's own characters escaped. Braces are spelled out: BibTeX counts even escaped ones. -->
  <xsl:function name="c:tex" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:value-of>
      <xsl:analyze-string select="$words" regex="[&amp;%$#_{{}}~^\\&#xA0;]">
        <xsl:matching-substring><xsl:value-of select="$c:tex-signs(.)"/></xsl:matching-substring>
        <xsl:non-matching-substring><xsl:value-of select="."/></xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:value-of>
  </xsl:function>

  <xsl:variable name="c:tex-signs" as="map(xs:string, xs:string)" select="map { '&amp;': '\&amp;', '%': '\%', '$': '\$', '#': '\#',
    '_': '\_', '{': '\textbraceleft{}', '}': '\textbraceright{}', '~': '\textasciitilde{}', '^': '\textasciicircum{}',
    '\': '\textbackslash{}', '&#xA0;': '~' }"/>

  <!-- A title whose capitals survive styles that set titles in small letters: in English those of names and of words with
       capitals or points inside, in other languages all. -->
  <xsl:function name="c:tex-title" as="xs:string">
    <xsl:param name="title" as="element()"/>
    <xsl:variable name="words" select="tokenize($title) ! c:tex-word(.)"/>
    <xsl:sequence select="if (matches($title/../@language, '^(en(-.*)?)?$')) then string-join($words, ' ') else '{' || c:tex($title) || '}'"/>
  </xsl:function>

  <!-- A word of a title; what must keep its capital is in braces, without the signs around it. -->
  <xsl:function name="c:tex-word" as="xs:string">
    <xsl:param name="word" as="xs:string"/>
    <xsl:variable name="form" select="'^(\P{L}*)(\p{L}([\p{L}.\-–]*\p{L}|\.)?)(.*)$'"/>
    <xsl:variable name="core" select="replace($word, $form, '$2')"/>
    <xsl:variable name="keeps" select="matches($core, '.\p{Lu}|^\p{Lu}\.') or exists(tokenize($core, '[-–]') ! $c:proper-names(.))"/>
    <xsl:sequence select="if ($keeps) then c:tex(replace($word, $form, '$1')) || '{' || c:tex($core) || '}' || c:tex(replace($word, $form, '$4'))
                          else c:tex($word)"/>
  </xsl:function>

  <!-- The capitalized words of the names in the records of the document. -->
  <xsl:variable name="c:proper-names" as="map(xs:string, xs:boolean)">
    <xsl:variable name="names" select="(//persName, //placeName, //orgName, //eventName, //author, //editor)[not(ancestor::text) or ancestor::biblStruct]"/>
    <xsl:map>
      <xsl:for-each select="distinct-values(tokenize(string-join($names, ' '), '[^\p{L}]+')[matches(., '^\p{Lu}\p{L}')])">
        <xsl:map-entry key="." select="true()"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:variable>

  <xsl:template match="r:title" as="xs:string"><xsl:sequence select="c:field('title', c:tex-title(.))"/></xsl:template>

  <xsl:template match="r:container" as="xs:string">
    <xsl:sequence select="c:field('booktitle', c:tex-title(.))"/>
  </xsl:template>

  <xsl:template match="r:work[starts-with(@kind, 'article-')]/r:container" as="xs:string">
    <xsl:sequence select="c:field('journal', c:tex-title(.))"/>
  </xsl:template>

  <xsl:template match="r:series | r:edition | r:chapter" as="xs:string"><xsl:sequence select="c:field(local-name(), c:tex(.))"/></xsl:template>
  <xsl:template match="r:volume | r:pages" as="xs:string"><xsl:sequence select="c:field(local-name(), c:tex-range(.))"/></xsl:template>
  <xsl:template match="r:issue" as="xs:string"><xsl:sequence select="c:field('number', c:tex-range(.))"/></xsl:template>
  <!-- An issue may have its number in the whole run behind it. -->
  <xsl:template match="r:issue[contains(., '(')]" as="xs:string"><xsl:sequence select="c:field('number', c:tex(replace(., '–', '--')))"/></xsl:template>
  <xsl:template match="r:place" as="xs:string"><xsl:sequence select="c:field('address', c:tex(.))"/></xsl:template>
  <xsl:template match="r:publisher" as="xs:string"><xsl:sequence select="c:field('publisher', c:tex(.))"/></xsl:template>
  <xsl:template match="r:issn" as="xs:string"><xsl:sequence select="c:field('issn', c:tex(.))"/></xsl:template>
  <xsl:template match="r:isbn" as="xs:string"><xsl:sequence select="c:field('isbn', c:tex(tokenize(.)[1]))"/></xsl:template>
  <!-- An address is taken letter by letter; only what would end the field, or is no address, is encoded. -->
  <xsl:template match="r:url | r:doi" as="xs:string">
    <xsl:sequence select="c:field(local-name(), string-join(analyze-string(., '[{}\\&quot;\s]')/* !
      (if (self::fn:match) then encode-for-uri(.) else string())))"/>
  </xsl:template>
  <!-- Whether a date of publication is known, and not only bounds of it or words. -->
  <xsl:function name="c:dated" as="xs:boolean">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:sequence select="exists($work/r:issued[@from][not(@circa)])"/>
  </xsl:function>

  <!-- A year, its month by BibTeX's own name, a day; a span as BibLaTeX has it (ISO 8601-2). A work of which no date is known
       has to say so: the data model demands one. -->
  <xsl:template match="r:issued[not(c:dated(..))]" priority="1"/>
  <xsl:template match="r:issued[@to]" as="xs:string">
    <xsl:sequence select="c:field('date', string-join((@from, @to), '/'))"/>
  </xsl:template>
  <xsl:template match="r:issued[@from]" priority="-1" as="xs:string+">
    <xsl:variable name="parts" select="tokenize(@from, '-')"/>
    <xsl:variable name="months" select="'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'"/>
    <xsl:sequence select="c:field('year', $parts[1]), $parts[2] ! concat('month = ', subsequence($months, xs:integer(.), 1)),
                          $parts[3] ! c:field('day', string(xs:integer(.)))"/>
  </xsl:template>
  <xsl:template match="@language" as="xs:string?">
    <xsl:sequence select="$c:tex-languages(.) ! c:field('langid', .)"/>
  </xsl:template>

  <xsl:variable name="c:tex-languages" as="map(xs:string, xs:string)" select="map { 'en': 'english', 'de': 'german', 'fr': 'french',
    'it': 'italian', 'es': 'spanish', 'pt': 'portuguese', 'nl': 'dutch', 'pl': 'polish', 'ru': 'russian', 'la': 'latin' }"/>

  <xsl:function name="c:tex-range" as="xs:string">
    <xsl:param name="range" as="element()"/>
    <xsl:sequence select="c:tex(string-join(distinct-values($range/(@from, @to)), '--'))"/>
  </xsl:function>
</xsl:stylesheet>
