<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- What the edition says of itself: teiHeader with fileDesc, encodingDesc, profileDesc, revisionDesc and their parts;
       licence; citeStructure, citeData, catRef, which are for programs
       (Guidelines #HD). What no template knows is given under its element's name. -->

  <xsl:template name="about" as="element(h:section)?">
    <xsl:if test="$header">
      <section id="{f:own('about')}" aria-labelledby="{f:own('about')}-heading" data-by="edition">
        <h2 id="{f:own('about')}-heading">
          <xsl:value-of select="f:word('about')"/>
        </h2>
        <dl>
          <xsl:apply-templates select="$header/fileDesc/(titleStmt/*, editionStmt/*, extent, publicationStmt/(* except availability), seriesStmt/*, notesStmt/*)" mode="m:header"/>
        </dl>
        <xsl:apply-templates select="$header/(fileDesc/sourceDesc, encodingDesc/*, profileDesc/*, revisionDesc)" mode="m:header"/>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Statements: one line each. -->
  <xsl:template match="titleStmt/* | editionStmt/* | extent | publicationStmt/* | seriesStmt/* | notesStmt/*" mode="m:header" as="element()*">
    <xsl:if test="not(self::p and preceding-sibling::p)">
      <dt>
        <xsl:value-of select="f:header-word(if (self::p) then .. else .)"/>
      </dt>
    </xsl:if>
    <dd>
      <xsl:apply-templates select="if (self::date and not(normalize-space())) then f:text(@when) else node()" mode="m:html"/>
    </dd>
  </xsl:template>

  <xsl:template match="titleStmt/respStmt | editionStmt/respStmt | seriesStmt/respStmt" mode="m:header" as="element()*" priority="1">
    <!-- What a long statement says in brackets stands with the name. -->
    <xsl:variable name="explained" as="xs:string" select="'^(.*\S)\s*(\([^()]*\))$'"/>
    <xsl:variable name="said" as="xs:string" select="string-join(resp ! f:plain(.), ', ')"/>
    <dt>
      <xsl:value-of select="replace($said, $explained, '$1')"/>
    </dt>
    <dd>
      <xsl:sequence select="f:separated(* except resp, ', ')"/>
      <xsl:value-of select="$said[matches(., $explained)] ! (' ' || replace(., $explained, '$2'))"/>
    </dd>
  </xsl:template>

  <xsl:template match="titleStmt/title[@type = 'sub']" mode="m:header" as="element()*" priority="1"/>
  <xsl:template match="titleStmt/title[not(@type = 'sub')]" mode="m:header" as="element()*" priority="1">
    <xsl:sequence select="f:field('title', string-join((f:plain(.), ../title[@type = 'sub'] ! f:plain(.)), '. '))"/>
  </xsl:template>

  <xsl:function name="f:header-word" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="f:word($element/local-name())"/>
  </xsl:function>

  <!-- Descriptions: a heading and their prose. -->
  <xsl:template match="*" mode="m:header" as="element()*">
    <xsl:if test="normalize-space()">
      <h3>
        <xsl:value-of select="f:header-word(.)"/>
      </h3>
      <xsl:apply-templates select="." mode="m:header-body"/>
    </xsl:if>
  </xsl:template>

  <!-- The prose under the heading of a description. -->
  <xsl:mode name="m:header-body" on-no-match="fail"/>
  <xsl:template match="*" mode="m:header-body" as="element()*">
    <div>
      <xsl:apply-templates mode="m:html"/>
    </div>
  </xsl:template>

  <xsl:template match="editorialDecl" mode="m:header-body" as="element()*">
    <xsl:if test="p">
      <xsl:apply-templates select="p" mode="m:html"/>
    </xsl:if>
    <xsl:if test="* except p">
      <dl>
        <xsl:for-each select="* except p">
          <dt>
            <xsl:value-of select="f:header-word(.)"/>
          </dt>
          <dd>
            <xsl:apply-templates mode="m:html"/>
          </dd>
        </xsl:for-each>
      </dl>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sourceDesc" mode="m:header-body" as="element()*">
    <xsl:for-each select="*">
      <xsl:choose>
        <xsl:when test="self::bibl">
          <xsl:element name="{f:tag(., 'p')}">
            <xsl:apply-templates mode="m:html"/>
          </xsl:element>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="." mode="m:html"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="langUsage | calendarDesc | classDecl | textClass | revisionDesc | appInfo" mode="m:header-body" as="element()*">
    <xsl:apply-templates select="p | ab" mode="m:html"/>
    <xsl:variable name="items" as="element()*" select="language | calendar | .//category | textClass/* | keywords | classCode | .//change | application"/>
    <xsl:if test="exists($items)">
      <ul>
        <xsl:for-each select="$items">
          <li>
            <xsl:apply-templates select="." mode="m:header-item"/>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- One of the things a description lists. -->
  <xsl:mode name="m:header-item" on-no-match="fail"/>
  <xsl:template match="*" mode="m:header-item" as="node()*">
    <xsl:apply-templates mode="m:html"/>
  </xsl:template>
  <xsl:template match="category | calendar" mode="m:header-item" as="node()*">
    <xsl:value-of select="f:plain(if (self::category) then catDesc else .)"/>
  </xsl:template>
  <xsl:template match="keywords" mode="m:header-item" as="node()*">
    <xsl:value-of select=".//(term | item[not(term)]) ! f:plain(.)" separator="; "/>
  </xsl:template>
  <xsl:template match="application" mode="m:header-item" as="node()*">
    <xsl:value-of select="f:plain((label, @ident)[1]), @version"/>
    <xsl:text>. </xsl:text>
    <xsl:value-of select="desc ! f:plain(.)"/>
  </xsl:template>
  <xsl:template match="change" mode="m:header-item" as="node()*">
    <xsl:value-of select="@when[not(starts-with(normalize-space(..), .))] ! (f:day(., true()) || ': ')"/>
    <xsl:apply-templates mode="m:html"/>
  </xsl:template>

  <xsl:template match="tagsDecl" mode="m:header-body" as="element()*">
    <xsl:apply-templates select="p | ab" mode="m:html"/>
    <xsl:if test=".//tagUsage">
      <details class="tags">
        <summary>
          <xsl:value-of select="f:word('tagsDecl')"/>
        </summary>
        <table>
          <thead>
            <tr>
              <xsl:for-each select="'element', 'occurrences', 'use'">
                <th scope="col">
                  <xsl:value-of select="f:word(.)"/>
                </th>
              </xsl:for-each>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select=".//tagUsage">
              <tr>
                <td>
                  <code>
                    <xsl:value-of select="@gi"/>
                  </code>
                </td>
                <td>
                  <xsl:value-of select="@occurs"/>
                </td>
                <td>
                  <xsl:value-of select="f:plain(.)"/>
                </td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </details>
    </xsl:if>
  </xsl:template>

  <!-- How to cite: made of the header's statements. -->
  <xsl:template name="cite" as="element(h:section)?">
    <xsl:if test="$header">
      <xsl:variable name="file" as="element(fileDesc)?" select="$header/fileDesc"/>
      <xsl:variable name="published" as="element(publicationStmt)?" select="$file/publicationStmt"/>
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
            <xsl:value-of select="string-join($authors, ', ')[.] ! (. || ', ')"/>
            <i>
              <xsl:value-of select="f:plain(f:document-title($header))"/>
            </i>
            <xsl:value-of select="($file/titleStmt/respStmt[matches(resp, 'encod', 'i')])[1]/(name | persName | orgName)[1] !
              f:word('encoded-by', replace(f:plain(.), '^The ', 'the '))"/>
            <xsl:value-of select="(f:plain($file/editionStmt/edition), string-join(($published/(publisher, authority)[1] ! f:plain(.),
              $published//date[not(contains($file/editionStmt, normalize-space()))][1] ! f:plain(.)), ', '), $published/idno ! normalize-space())[.] ! ('. ' || .)" separator=""/>
            <xsl:text>.</xsl:text>
          </dd>
          <xsl:if test="$passage">
            <dt>
              <xsl:value-of select="f:word('cite-passage')"/>
            </dt>
            <dd>
              <xsl:value-of select="f:word('cite-passage-hint', ('#' || $passage/@xml:id, f:address($passage)))"/>
            </dd>
          </xsl:if>
          <xsl:for-each select="($file/sourceDesc//(biblStruct | biblFull | bibl))[1]">
            <dt>
              <xsl:value-of select="f:word('cite-source')"/>
            </dt>
            <dd>
              <xsl:sequence select="f:entry(.), f:web-address(.)"/>
            </dd>
          </xsl:for-each>
        </dl>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="licence" as="element(h:section)?">
    <xsl:variable name="availability" as="element(availability)*" select="$header/fileDesc/publicationStmt/availability"/>
    <xsl:if test="exists($availability)">
      <section id="{f:own('licence')}" aria-labelledby="{f:own('licence')}-heading" data-by="edition">
        <h2 id="{f:own('licence')}-heading">
          <xsl:value-of select="f:word('licence')"/>
        </h2>
        <xsl:apply-templates select="$availability/*"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="licence" as="element(h:div)">
    <div class="licence">
      <xsl:apply-templates/>
      <xsl:for-each select="@target ! tokenize(.)[f:href(., current())]">
        <p>
          <a href="{f:href(., $document)}" rel="license">
            <xsl:value-of select="."/>
          </a>
        </p>
      </xsl:for-each>
    </div>
  </xsl:template>

  <xsl:template match="citeStructure | citeData | catRef" as="empty-sequence()"/>
</xsl:stylesheet>
