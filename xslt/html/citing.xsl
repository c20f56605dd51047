<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns:r="urn:x-teiwright:record" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- How the edition is cited, and on what terms it may be used: licence (Guidelines #HD24). -->

  <xsl:template name="cite" as="element(h:section)?">
    <xsl:if test="$header">
      <xsl:variable name="passage" as="element()?" select="(//text//p[@xml:id and @n][not(ancestor::note)])[1]"/>
      <section id="{f:own('cite')}" aria-labelledby="{f:own('cite')}-heading" data-by="edition">
        <h2 id="{f:own('cite')}-heading">
          <xsl:value-of select="f:word('cite')"/>
        </h2>
        <dl>
          <dt>
            <xsl:value-of select="f:word('cite-edition')"/>
          </dt>
          <dd>
            <xsl:call-template name="cited-edition"/>
          </dd>
          <xsl:if test="$passage">
            <dt>
              <xsl:value-of select="f:word('cite-passage')"/>
            </dt>
            <dd>
              <xsl:value-of select="f:word('cite-passage-hint', ('#' || $passage/@xml:id, f:address($passage)))"/>
            </dd>
          </xsl:if>
          <xsl:for-each select="($header/fileDesc/sourceDesc//(biblStruct | biblFull | bibl))[1][normalize-space()]">
            <dt>
              <xsl:value-of select="f:word('cite-source')"/>
            </dt>
            <dd>
              <xsl:apply-templates select="." mode="m:cited-source"/>
            </dd>
          </xsl:for-each>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Author, title, who encoded it, edition, publisher, date, identifiers: made of the header's statements. -->
  <xsl:template name="cited-edition" as="node()*">
    <xsl:variable name="file" as="element(fileDesc)?" select="$header/fileDesc[1]"/>
    <xsl:variable name="published" as="element(publicationStmt)?" select="$file/publicationStmt[1]"/>
    <xsl:value-of select="string-join($authors, ', ')[.] ! (. || ', ')"/>
    <i>
      <xsl:value-of select="f:plain(f:document-title($header))"/>
    </i>
    <xsl:value-of select="($file/titleStmt/respStmt[matches(string-join(resp), 'encod', 'i')])[1]/(name | persName | orgName)[1] !
      f:word('encoded-by', replace(f:plain(.), '^The ', 'the '))"/>
    <xsl:value-of select="(string-join($file/editionStmt/edition ! f:plain(.), ', '), string-join(($published/(publisher, authority)[1] ! f:plain(.),
      $published//date[every $said in $file/editionStmt satisfies not(contains($said, normalize-space()))][1] ! f:plain(.)), ', '), $published/idno ! normalize-space())[.] ! ('. ' || .)" separator=""/>
    <xsl:text>.</xsl:text>
  </xsl:template>

  <!-- The source as it is cited; its words stand in the description of the source, and are not said to come from there again. -->
  <xsl:mode name="m:cited-source" on-no-match="fail"/>
  <xsl:template match="biblFull | bibl" mode="m:cited-source" as="node()*">
    <xsl:sequence select="f:text(f:plain(node()[not(self::note or self::idno)])), f:web-address(.)"/>
  </xsl:template>

  <xsl:template match="biblStruct" mode="m:cited-source" as="node()*">
    <xsl:variable name="modelled" as="element(r:work)?">
      <xsl:apply-templates select="." mode="m:modelled"/>
    </xsl:variable>
    <xsl:apply-templates select="$modelled" mode="m:reference"/>
    <xsl:sequence select="f:text(f:plain(node()[not(self::note or self::idno)]))[empty($modelled)], f:web-address(.)"/>
  </xsl:template>

  <xsl:template name="licence" as="element(h:section)?">
    <xsl:variable name="availability" as="element(availability)*" select="$header/fileDesc/publicationStmt/availability"/>
    <xsl:if test="exists($availability)">
      <section id="{f:own('licence')}" aria-labelledby="{f:own('licence')}-heading" data-by="edition">
        <h2 id="{f:own('licence')}-heading">
          <xsl:value-of select="f:word('licence')"/>
        </h2>
        <xsl:for-each select="$availability">
          <xsl:apply-templates select="." mode="m:header-body"/>
          <xsl:sequence select="f:facts-line(.)"/>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="licence" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'licence'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="." mode="m:header-body"/>
      <xsl:for-each select="@target ! tokenize(.)[f:href(., current())]">
        <p data-by="edition">
          <a href="{f:href(., $document)}" rel="license">
            <xsl:value-of select="."/>
          </a>
        </p>
      </xsl:for-each>
      <xsl:sequence select="f:facts-line(.)"/>
    </div>
  </xsl:template>
</xsl:stylesheet>
