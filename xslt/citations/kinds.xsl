<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:kind" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- What kind of work a record describes, by its @type and its structure: biblStruct, bibl, biblFull, fileDesc, msDesc. -->

  <!-- One of CSL's types: "book", "chapter" (any piece of a volume), "article-journal", "article-newspaper", "periodical", "webpage",
       "pamphlet", "report", "manuscript", "document", or another that the record says by @type, in CSL's word or Zotero's. -->
  <xsl:function name="c:kind" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="own" as="element(title)*"/>
    <xsl:param name="whole" as="element(title)*"/>
    <xsl:param name="issued" as="element(r:issued)?"/>
    <xsl:variable name="shape" as="element(r:shape)">
      <!-- What decides, so that patterns can: the levels of the titles, whether there is a publisher and a day of issue. -->
      <r:shape element="{local-name($record)}" type="{$record/@type}" named="{c:named-kind($record/@type)}" level="{if ($own[1]/parent::analytic) then 'a' else $own[1]/@level}" whole="{$whole[1]/(@level, 'm')[1]}"
               is-published="{exists(c:parts($record)[self::publisher][normalize-space()])}" is-untitled="{empty($own)}" is-daily="{string-length($issued/@from) eq 10}"/>
    </xsl:variable>
    <xsl:apply-templates select="$shape" mode="m:kind"/>
  </xsl:function>

  <!-- The type of CSL that a record's word stands for; "" for none, and where the structure of the record decides. -->
  <xsl:function name="c:named-kind" as="xs:string">
    <xsl:param name="type" as="xs:string?"/>
    <xsl:sequence select="string(if ($type = $c:csl-kinds) then $type else $c:zotero-kinds(string($type)))"/>
  </xsl:function>

  <xsl:variable name="c:csl-kinds" as="xs:string+" select="'article-magazine', 'article-journal', 'article-newspaper', 'bill', 'broadcast', 'classic', 'collection', 'dataset', 'entry',
    'entry-dictionary', 'entry-encyclopedia', 'event', 'figure', 'graphic', 'hearing', 'interview', 'legal_case', 'legislation', 'manuscript', 'map', 'motion_picture', 'musical_score',
    'paper-conference', 'patent', 'performance', 'periodical', 'personal_communication', 'post', 'post-weblog', 'regulation', 'review', 'review-book', 'software', 'song', 'speech', 'standard',
    'thesis', 'treaty', 'webpage', 'chapter', 'book', 'document', 'pamphlet'"/>

  <xsl:variable name="c:zotero-kinds" as="map(xs:string, xs:string)" select="map { 'journalArticle': 'article-journal', 'magazineArticle': 'article-magazine', 'newspaperArticle': 'article-newspaper',
    'bookSection': 'chapter', 'conferencePaper': 'paper-conference', 'encyclopediaArticle': 'entry-encyclopedia', 'dictionaryEntry': 'entry-dictionary', 'blogPost': 'post-weblog', 'forumPost': 'post',
    'presentation': 'speech', 'film': 'motion_picture', 'artwork': 'graphic', 'audioRecording': 'song', 'videoRecording': 'motion_picture', 'computerProgram': 'software', 'case': 'legal_case',
    'statute': 'legislation', 'tvBroadcast': 'broadcast', 'radioBroadcast': 'broadcast', 'podcast': 'broadcast', 'email': 'personal_communication', 'preprint': 'article', 'website': 'webpage',
    'phdthesis': 'thesis', 'mastersthesis': 'thesis', 'dissertation': 'thesis', 'inproceedings': 'paper-conference', 'incollection': 'chapter', 'techreport': 'report' }"/>

  <xsl:mode name="m:kind" on-no-match="fail"/>  <!-- r:shape to the kind -->

  <xsl:template match="r:shape" priority="1" as="xs:string">book</xsl:template>
  <xsl:template match="r:shape[@type = 'pamphlet']" priority="2" as="xs:string">pamphlet</xsl:template>
  <!-- A letter or report that no publisher has made a book of. -->
  <xsl:template match="r:shape[@type = ('letter', 'resolution', 'theses')][@is-published = 'false']" priority="2" as="xs:string">document</xsl:template>
  <xsl:template match="r:shape[@level = 'u']" priority="3" as="xs:string">manuscript</xsl:template>
  <xsl:template match="r:shape[@type = 'report'][@is-published = 'false']" priority="4" as="xs:string">report</xsl:template>
  <xsl:template match="r:shape[@level = 'j' or @type = 'journal']" priority="5" as="xs:string">periodical</xsl:template>
  <xsl:template match="r:shape[@level = 'a'][@whole = '']" priority="6" as="xs:string">document</xsl:template>
  <xsl:template match="r:shape[@level = 'a'][@whole ne '']" priority="6" as="xs:string">chapter</xsl:template>
  <xsl:template match="r:shape[@whole = 'j']" priority="7" as="xs:string">article-journal</xsl:template>
  <!-- A report that is no piece of a volume is one, whoever published it. -->
  <xsl:template match="r:shape[@type = 'report'][@level ne 'a']" priority="4.5" as="xs:string">report</xsl:template>
  <!-- An article that is dated to the day appeared in a newspaper. -->
  <xsl:template match="r:shape[@whole = 'j'][@is-daily = 'true']" priority="8" as="xs:string">article-newspaper</xsl:template>
  <xsl:template match="r:shape[@element = 'msDesc']" priority="9" as="xs:string">manuscript</xsl:template>
  <!-- What nobody has published, styles leave out of bibliographies where it is a document: the Chicago Manual cites it in notes alone. -->
  <xsl:template match="r:shape[@element = 'fileDesc'][@is-published = 'true']" priority="9" as="xs:string">document</xsl:template>
  <xsl:template match="r:shape[@element = 'fileDesc'][@is-published = 'false']" priority="9" as="xs:string">book</xsl:template>
  <xsl:template match="r:shape[@is-untitled = 'true'][not(@element = 'msDesc')]" priority="12" as="xs:string">
    <xsl:sequence select="if (@is-published = 'true') then 'document' else 'book'"/>
  </xsl:template>
  <!-- The record's own word, but for a book of which a piece is named, or a chapter of a journal. -->
  <xsl:template match="r:shape[@named ne ''][not(@named = ('book', 'pamphlet', 'periodical') and @level = 'a')][not(@named = 'chapter' and @whole = 'j')]" priority="10" as="xs:string"><xsl:sequence select="@named"/></xsl:template>
</xsl:stylesheet>
