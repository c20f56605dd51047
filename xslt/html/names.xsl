<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Names and phrases for one known individual: persName, placeName, geogName, orgName, eventName, objectName, name, rs, title, author,
       editor, and their parts forename, surname, addName, roleName, nameLink, genName, settlement, region, country, district, bloc,
       street, address, addrLine, email, geo (Guidelines #ND), and the parts of a bibl: publisher, pubPlace, biblScope, citedRange, bibl, respStmt, resp,
       edition, idno (#COBI), of a person: occupation, nationality, residence, education, faith, birth, death. HTML knows no link within a link: words are linked by the innermost name around them;
       a phrase with no words of its own, and each further record of a phrase for several, has a small mark behind it. -->

  <xsl:template match="persName | placeName | geogName | orgName | eventName | objectName | name | rs | title | author | editor | forename | surname | addName | roleName
    | nameLink | genName | settlement | region | country | district | bloc | street | address | addrLine | email | geo | publisher | pubPlace | biblScope | citedRange
    | bibl | respStmt | resp | edition | idno | occupation | nationality | residence | education | faith | birth | death" as="element()+">
    <xsl:param name="link" as="xs:string?" tunnel="yes"/>
    <xsl:variable name="hrefs" as="xs:string*" select="tokenize(@ref) ! f:href(., current())"/>
    <xsl:choose>
      <xsl:when test="empty($hrefs)">
        <xsl:apply-templates select="." mode="m:named"/>
      </xsl:when>
      <xsl:when test="not(node()) and f:words-pointed-to(.)">
        <a href="{$hrefs[1]}" data-by="edition">
          <xsl:sequence select="f:name-attributes(.)"/>
          <xsl:value-of select="f:words-pointed-to(.)"/>
        </a>
      </xsl:when>
      <xsl:when test="self::title or f:has-links(.) or not(normalize-space())">
        <xsl:apply-templates select="." mode="m:named">
          <xsl:with-param name="link" select="$hrefs[1]" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise>
        <a href="{$hrefs[1]}">
          <xsl:sequence select="f:name-attributes(.)"/>
          <xsl:apply-templates>
            <xsl:with-param name="link" as="xs:string?" select="()" tunnel="yes"/>
          </xsl:apply-templates>
        </a>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:sequence select="if (not(node()) and f:words-pointed-to(.)) then f:further-links(., tail($hrefs)) else f:further-links(., $hrefs)"/>
  </xsl:template>

  <!-- The name that a name without words points to: that of a record, or one of a record's. -->
  <xsl:function name="f:words-pointed-to" as="xs:string?">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="target" as="element()?" select="tokenize($name/@ref)[1][starts-with(., '#')] ! key('id', substring(., 2), $document)[1]"/>
    <xsl:sequence select="$target ! (f:plain(f:main-name(.))[.], f:plain(.)[string-length() le 60][.])[1]"/>
  </xsl:function>

  <!-- A name that is no link itself. -->
  <xsl:mode name="m:named" on-no-match="fail"/>
  <xsl:template match="*" mode="m:named" as="element()">
    <xsl:element name="{if (f:holds-block(.)) then 'div' else if (self::title) then 'cite' else 'span'}">
      <xsl:sequence select="f:name-attributes(.)"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:name-attributes" as="attribute()*">
    <xsl:param name="name" as="element()"/>
    <xsl:apply-templates select="$name" mode="m:attributes">
      <xsl:with-param name="class" select="$name/local-name(), $name/self::title/@level ! ('level-' || .)"/>
    </xsl:apply-templates>
    <xsl:variable name="records" as="xs:string*" select="tokenize($name/@ref) ! $record-names(substring(., 2))"/>
    <xsl:if test="exists($records)">
      <xsl:attribute name="title" select="string-join((string-join($records, ', '),
        $name/@cert ! ('(' || f:word('identification', f:word(.)) || ')')), ' ')"/>
    </xsl:if>
  </xsl:function>

  <!-- The marks behind a phrase: for its first record where no word of the phrase is linked to it, for each further one always. -->
  <xsl:function name="f:further-links" as="element(h:a)*">
    <xsl:param name="name" as="element()"/>
    <xsl:param name="hrefs" as="xs:string*"/>
    <xsl:for-each select="$hrefs[position() gt 1 or not(f:has-own-words($name))]">
      <xsl:variable name="record" as="element()?" select="key('id', substring(., 2), $document)[1]"/>
      <xsl:sequence select="f:mark-link(., f:word('also', ($record ! f:record-name(.), .)[1]))"/>
    </xsl:for-each>
  </xsl:function>

  <!-- A small mark that leads on; what to is its name. -->
  <xsl:function name="f:mark-link" as="element(h:a)">
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="label" as="xs:string"/>
    <a class="also" href="{$href}" aria-label="{$label}" title="{$label}" data-by="edition"/>
  </xsl:function>

  <!-- Whether words stand in a name that belong to no name, date or reference within it. -->
  <xsl:function name="f:has-own-words" as="xs:boolean">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="exists($name//text()[matches(., '[\p{L}\p{N}]')][ancestor::*[@ref or @target or self::date or self::time or self::note][1] is $name])"/>
  </xsl:function>
</xsl:stylesheet>
