<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:maker" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Those who made a work (Guidelines #COBICOR, #NDPER): author, editor, respStmt, persName, orgName, name. -->

  <!-- r:author, r:editor, r:translator; for a piece also r:container-author, who need not have
       written the piece. Other roles the lists have no place for; they are of data: r:compiler, r:illustrator, r:recipient,
       r:collection-editor (of a series), those of $c:other-roles, r:contributor (all others). -->
  <xsl:function name="c:makers" as="element()*">
    <xsl:param name="parts" as="element()*"/>
    <xsl:param name="is-piece" as="xs:boolean"/>
    <xsl:variable name="authors" select="$parts[self::author]"/>
    <xsl:variable name="own" select="$authors[not(parent::monogr)]"/>
    <xsl:variable name="of-series" select="$parts[self::editor][parent::series or parent::seriesStmt]"/>
    <xsl:variable name="editors" select="$parts[self::editor] except $of-series"/>
    <xsl:sequence select="c:names('author', if ($is-piece) then $own else $authors)"/>
    <xsl:for-each-group select="$editors" group-by="c:role(.)">
      <xsl:sort select="index-of(('editor', 'translator'), current-grouping-key())"/>
      <xsl:sequence select="c:names(current-grouping-key(), current-group())"/>
    </xsl:for-each-group>
    <xsl:sequence select="c:names('container-author', $authors[$is-piece] except $own), c:names('collection-editor', $of-series)"/>
    <xsl:sequence select="c:names('contributor', $parts[self::respStmt]/(persName | orgName | name))"/>
  </xsl:function>

  <!-- What an editor did, by the project's own word or by MARC's code for relators. -->
  <xsl:function name="c:role" as="xs:string">
    <xsl:param name="editor" as="element(editor)"/>
    <xsl:variable name="role" select="lower-case(normalize-space($editor/@role))"/>
    <xsl:sequence select="if ($role = ('', 'editor', 'edt', 'ed')) then 'editor' else ($c:roles($role), $role[. = $c:other-roles], 'contributor')[1]"/>
  </xsl:function>

  <xsl:variable name="c:roles" as="map(xs:string, xs:string)" select="map { 'translator': 'translator', 'trl': 'translator', 'compiler': 'compiler',
    'com': 'compiler', 'illustrator': 'illustrator', 'ill': 'illustrator', 'recipient': 'recipient', 'rcp': 'recipient' }"/>

  <!-- What CSL calls by the same word. -->
  <xsl:variable name="c:other-roles" as="xs:string+" select="'director', 'interviewer', 'composer', 'performer', 'producer', 'executive-producer', 'script-writer', 'narrator', 'host', 'guest',
    'organizer', 'curator', 'chair', 'editorial-director', 'series-creator', 'reviewed-author'"/>

  <!-- The names of some makers, each once: r:… with @family and @given, or with @literal for a body. -->
  <xsl:function name="c:names" as="element()*">
    <xsl:param name="role" as="xs:string"/>
    <xsl:param name="makers" as="element()*"/>
    <xsl:variable name="names" as="element()*">
      <!-- A name in parts may be the whole of an element or several within it. -->
      <xsl:for-each select="$makers/(if (persName | orgName | name) then (persName | orgName | name) else .)">
        <xsl:element name="r:{$role}"><xsl:apply-templates select="."/></xsl:element>
      </xsl:for-each>
    </xsl:variable>
    <xsl:for-each-group select="$names[@*]" group-by="string-join(@*, '|')"><xsl:sequence select="."/></xsl:for-each-group>
  </xsl:function>

  <xsl:mode name="m:maker" on-no-match="fail"/>  <!-- a name to its parts -->

  <!-- A name with a surname in it. -->
  <xsl:template match="*[descendant::surname[normalize-space()]]" priority="4" as="attribute()+">
    <xsl:variable name="surname" select="string-join(descendant::surname ! f:plain(.)[.], ' ')"/>
    <xsl:variable name="particle" select="string-join(descendant::nameLink[not(@type = 'dropping')] ! f:plain(.)[.], ' ')"/>
    <xsl:sequence select="c:attribute('family', string-join(($particle[.], $surname), ' '))"/>
    <xsl:sequence select="string-join(descendant::forename ! f:plain(.)[.], ' ')[.] ! c:attribute('given', .)"/>
    <!-- A particle and the surname apart, for data. -->
    <xsl:sequence select="$particle[.][$surname] ! (c:attribute('particle', .), c:attribute('surname', $surname))"/>
    <xsl:sequence select="string-join(descendant::nameLink[@type = 'dropping'] ! f:plain(.)[.], ' ')[.] ! c:attribute('dropping', .)"/>
    <xsl:sequence select="string-join(descendant::genName ! f:plain(.)[.], ' ')[.] ! c:attribute('suffix', .)"/>
  </xsl:template>

  <!-- A name whose parts the record of the person has. -->
  <xsl:template match="*[c:person(.)]" priority="3" as="attribute()+">
    <xsl:apply-templates select="c:person(.)"/>
  </xsl:template>

  <xsl:function name="c:person" as="element()?">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="($name/(@ref, parent::author/@ref, parent::editor/@ref) ! f:records(.)[self::person] ! f:main-name(.)[surname])[1]"/>
  </xsl:function>

  <xsl:template match="orgName | *[f:records(@ref)/self::org]" priority="2" as="attribute()*">
    <xsl:sequence select="f:plain(.)[.] ! c:attribute('literal', .)"/>
  </xsl:template>

  <!-- Plain words. "Brock, Sebastian P." says which is which; "William Peterson" and "E. P. Allinson" are of the form of a
       person's name; one word is a name alone. All else may be a body, and stays as it is. -->
  <xsl:template match="*" priority="1" as="attribute()*">
    <xsl:variable name="words" select="f:plain(.)"/>
    <xsl:variable name="filed" select="tokenize($words, ',\s*')"/>
    <xsl:choose>
      <xsl:when test="$words eq ''"/>
      <xsl:when test="count($filed) eq 3 and matches($filed[1], '^\S+( \S+)?$') and matches($filed[2] || $filed[3], '(Jr|Sr|II|III|IV)\.?')">
        <xsl:variable name="suffix" select="$filed[matches(., '^(Jr|Sr|II|III|IV)\.?$')][1]"/>
        <xsl:sequence select="c:attribute('family', $filed[1]), $filed[position() gt 1][. ne $suffix][1] ! c:attribute('given', .), $suffix ! c:attribute('suffix', .)"/>
      </xsl:when>
      <xsl:when test="count($filed) eq 2 and matches($filed[1], '^\S+( \S+)?$')">
        <xsl:sequence select="c:attribute('family', $filed[1]), c:attribute('given', $filed[2])"/>
      </xsl:when>
      <xsl:when test="matches($words, $c:personal)">
        <xsl:sequence select="c:attribute('family', replace($words, $c:personal, '$2')), c:attribute('given', normalize-space(replace($words, $c:personal, '$1')))"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="c:attribute('literal', $words)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Initials, or one forename, perhaps a middle initial or name beside initials, then the surname. -->
  <xsl:variable name="c:personal" as="xs:string"
                select="'^((?:(?:\p{Lu}\.[\s\-]?)+|\p{Lu}[\p{L}\-]+ )(?:(?:\p{Lu}\. ?)+)?|(?:\p{Lu}\. ?)+\p{Lu}[\p{L}\-]+ )(\p{Lu}[\p{L}’''\-]+)$'"/>
</xsl:stylesheet>
