<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- What the edition says of itself: all of teiHeader, each element under its label with its words and what its attributes say
       (Guidelines #HD, #CC). A node of a description is of one of four kinds: "words" that run on, "prose" with blocks of its own,
       an "item" of a list, a "part" under a label. Rendered here: teiHeader, fileDesc, encodingDesc, profileDesc, revisionDesc, biblFull
       and their parts; catDesc, catRef, keywords, tagsDecl, xenoData, metSym, ptr, licence; extent, distributor, authority, funder, sponsor, principal. -->

  <!-- Of which kind an element is; one that is not named here is a part, or prose if it is a block. -->
  <xsl:variable name="header-kinds" static="yes" as="map(xs:QName, xs:string)" select="let $kinds := map {
    'part': normalize-space('abstract activity appInfo availability biblFull broadcast calendarDesc channel classCode
      classDecl constitution correction correspAction correspContext correspDesc creation derivation domain editionStmt editorialDecl encodingDesc equipment
      factuality fileDesc geoDecl hyphenation interaction interpretation keywords langUsage listChange listPrefixDef
      locale metDecl namespace normalization notesStmt particDesc preparedness profileDesc projectDesc publicationStmt
      punctuation purpose quotation recording recordingStmt refsDecl revisionDesc samplingDecl schemaRef
      scriptStmt segmentation seriesStmt setting settingDesc sourceDesc stdVals styleDefDecl tagsDecl taxonomy teiHeader textClass
      textDesc titleStmt transcriptionDesc unitDecl xenoData'),
    'item': normalize-space('application calendar category change cRefPattern citeData citeStructure conversion handNote language metSym prefixDef refState
      rendition scriptNote tagUsage unitDef'),
    'words': $inline || ' ' || $inline-in-a-sentence || ' catDesc address desc ptr' }
    return map:merge(('item', 'part', 'words') ! (let $kind := . return tokenize($kinds($kind)) ! map:entry(QName('http://www.tei-c.org/ns/1.0', .), $kind)))"/>

  <xsl:template name="about" as="element(h:section)?">
    <xsl:if test="$header">
      <section id="{f:own('about')}" aria-labelledby="{f:own('about')}-heading" data-by="edition">
        <h2 id="{f:own('about')}-heading">
          <xsl:value-of select="f:word('about')"/>
        </h2>
        <xsl:apply-templates select="$header" mode="m:header-body"/>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- The statements of the file first, then each description under a heading; licences have a section of their own on the page. -->
  <xsl:template match="teiHeader" mode="m:header-body" as="element()*">
    <xsl:variable name="availability" as="element()*" select="if (. is $header) then fileDesc/publicationStmt/availability else ()"/>
    <xsl:sequence select="f:fields(fileDesc/(titleStmt/*, editionStmt/*, extent, publicationStmt/(* except $availability), seriesStmt, notesStmt/*))"/>
    <xsl:apply-templates select="(fileDesc/sourceDesc | encodingDesc/* | profileDesc/* | xenoData | revisionDesc
      | (* except (fileDesc | encodingDesc | profileDesc))) except f:described(..)" mode="m:header-section"/>
  </xsl:template>

  <!-- Descriptions that are the document's main matter, shown before everything else: those of a letter, and where there is no text, of what is catalogued. -->
  <xsl:function name="f:described" as="element()*">
    <xsl:param name="document" as="element()?"/>
    <xsl:sequence select="$document/teiHeader/(if (f:has-words($document)) then profileDesc/correspDesc
      else (fileDesc/sourceDesc[* except (p | ab)] | profileDesc/(correspDesc | abstract | particDesc | settingDesc | textDesc)))[f:says(.)]"/>
  </xsl:function>

  <!-- Whether a document has a text with words of its own, or its transcription. -->
  <xsl:function name="f:has-words" as="xs:boolean">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="exists($document/(text | sourceDoc | TEI | teiCorpus)[descendant::text()[normalize-space()]])"/>
  </xsl:function>

  <xsl:mode name="m:header-section" on-no-match="fail"/>
  <xsl:template match="*" mode="m:header-section" as="element()*">
    <xsl:if test="f:says(.)">
      <xsl:sequence select="f:titled(if (ancestor::text) then 'h' || min((xs:integer(substring(f:heading(.), 2)) + 1, 6)) else 'h3', f:text(f:label(.)))"/>
      <div>
        <xsl:apply-templates select="." mode="m:attributes">
          <xsl:with-param name="class" select="local-name()"/>
        </xsl:apply-templates>
        <xsl:apply-templates select="." mode="m:header-body"/>
        <xsl:sequence select="f:facts-line(.)"/>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Whether an element has something to say: words, or values. -->
  <xsl:function name="f:says" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="normalize-space($element) ne '' or exists($element/descendant-or-self::*/@*[not(name() = ('default', 'n'))][not(starts-with(name(), 'xml:'))])"/>
  </xsl:function>

  <!-- Under which words a part stands: its name, or what it says of its kind. -->
  <xsl:function name="f:label" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element" mode="m:label-words"/>
  </xsl:function>

  <xsl:mode name="m:label-words" on-no-match="fail"/>
  <xsl:template match="*" mode="m:label-words" as="xs:string">
    <xsl:sequence select="f:word(local-name())"/>
  </xsl:template>
  <xsl:template match="p | ab" mode="m:label-words" as="xs:string">
    <xsl:sequence select="f:word(local-name(..))"/>
  </xsl:template>
  <xsl:template match="title[@level = 's']" mode="m:label-words" as="xs:string">
    <xsl:sequence select="f:word('series')"/>
  </xsl:template>
  <xsl:template match="correspAction[@type]" mode="m:label-words" as="xs:string">
    <xsl:sequence select="f:fact-words(@type)"/>
  </xsl:template>

  <!-- Parts of a description: each label once for neighbours of one name. -->
  <xsl:function name="f:fields" as="element(h:dl)?">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="saying" as="element()*" select="$parts[f:says(.)]"/>
    <xsl:if test="exists($saying)">
      <dl>
        <xsl:for-each-group select="$saying" group-by="if (self::respStmt[f:is-short(.)]) then generate-id() else f:label(.)">
          <xsl:apply-templates select="." mode="m:header-label"/>
          <xsl:apply-templates select="current-group()" mode="m:header"/>
        </xsl:for-each-group>
      </dl>
    </xsl:if>
  </xsl:function>

  <xsl:mode name="m:header-label" on-no-match="fail"/>
  <xsl:template match="*" mode="m:header-label" as="element(h:dt)">
    <dt data-by="edition">
      <xsl:value-of select="f:label(.)"/>
    </dt>
  </xsl:template>

  <!-- A responsibility that is short is its own label, unless something else has that label. -->
  <xsl:template match="respStmt[f:is-short(.)]" mode="m:header-label" as="element(h:dt)">
    <dt>
      <xsl:sequence select="f:separated(resp, ', ')"/>
      <xsl:sequence select="f:remark(resp[1])"/>
    </dt>
  </xsl:template>

  <xsl:function name="f:is-short" as="xs:boolean">
    <xsl:param name="statement" as="element(respStmt)"/>
    <xsl:variable name="words" as="xs:string" select="lower-case(normalize-space(string-join($statement/resp, ', ')))"/>
    <xsl:variable name="labels" as="xs:string*" select="$statement/(ancestor::fileDesc | ancestor::biblFull | ..)//((* except respStmt)[parent::titleStmt or parent::editionStmt or parent::publicationStmt
      or parent::seriesStmt] ! f:label(.), (respStmt except $statement) ! normalize-space(string-join(resp, ', '))) ! lower-case(.)"/>
    <xsl:sequence select="string-length($words) = 1 to 60 and not($words = $labels) and not(($statement/resp ! f:holds-block(.)) = true())"/>
  </xsl:function>

  <xsl:template match="*" mode="m:header" as="element(h:dd)">
    <dd>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:header-body"/>
      <xsl:sequence select="f:closing-facts(.)"/>
    </dd>
  </xsl:template>

  <!-- A note on a work that stands in the text is one of its notes. -->
  <xsl:template match="text//note" mode="m:header" as="element(h:dd)" priority="1">
    <dd>
      <xsl:apply-templates select="." mode="m:html"/>
    </dd>
  </xsl:template>

  <xsl:template match="respStmt" mode="m:header" as="element(h:dd)">
    <dd>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:sequence select="f:separated(* except resp, ', ')"/>
      <xsl:if test="not(f:is-short(.))">
        <span data-by="edition">: </span>
        <xsl:sequence select="f:separated(resp, ', ')"/>
      </xsl:if>
    </dd>
  </xsl:template>

  <!-- The body of a description: its nodes by kind, in their order. -->
  <xsl:mode name="m:header-body" on-no-match="fail"/>
  <xsl:template match="*" mode="m:header-body" as="node()*">
    <xsl:for-each-group select="* | text()" group-adjacent="f:header-kind(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key() = 'words' and last() = 1">
          <xsl:sequence select="f:header-run(current-group())"/>
        </xsl:when>
        <xsl:when test="current-grouping-key() = 'words'">
          <p>
            <xsl:sequence select="f:header-run(current-group())"/>
          </p>
        </xsl:when>
        <xsl:when test="current-grouping-key() = 'prose'">
          <xsl:apply-templates select="current-group()" mode="m:header-prose"/>
        </xsl:when>
        <xsl:when test="current-grouping-key() = 'part'">
          <xsl:sequence select="f:fields(current-group()/self::*)"/>
        </xsl:when>
        <xsl:when test="current-grouping-key() = 'item'">
          <ul>
            <xsl:apply-templates select="current-group()/self::*[f:says(.)]" mode="m:header-item"/>
          </ul>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Nodes that run on; where there are only elements, with a space between them. -->
  <xsl:function name="f:header-run" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:for-each select="$nodes">
      <xsl:value-of select="' '[empty($nodes/self::text()) and not(current() is $nodes[1])]"/>
      <xsl:apply-templates select="." mode="m:html"/>
    </xsl:for-each>
  </xsl:function>

  <!-- What has blocks of its own, as the text shows it; a reference to a work in a paragraph. -->
  <xsl:mode name="m:header-prose" on-no-match="fail"/>
  <xsl:template match="* | text()" mode="m:header-prose" as="node()*">
    <xsl:apply-templates select="." mode="m:html"/>
  </xsl:template>
  <xsl:template match="bibl" mode="m:header-prose" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:html"/>
    </xsl:element>
  </xsl:template>

  <!-- Of which kind a node is; white space is of the kind of what it stands between, or of none. -->
  <xsl:function name="f:header-kind" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:apply-templates select="$node" mode="m:header-kind"/>
  </xsl:function>

  <xsl:mode name="m:header-kind" on-no-match="fail"/>
  <xsl:template match="text()" mode="m:header-kind" as="xs:string">
    <xsl:variable name="around" as="xs:string*" select="if (normalize-space()) then () else (preceding-sibling::*[1], following-sibling::*[1]) ! f:header-kind(.)"/>
    <xsl:sequence select="if (normalize-space() or count(../text()[normalize-space()]) gt 0 and $around = 'words') then 'words'
      else if (count($around) = 2 and $around[1] = $around[2]) then $around[1]
      else if ($around = ('prose', 'words') and not($around = ('part', 'item'))) then $around[1] else 'none'"/>
  </xsl:template>
  <xsl:template match="*" mode="m:header-kind" as="xs:string" priority="-1">
    <xsl:variable name="kind" as="xs:string?" select="$header-kinds(node-name())"/>
    <xsl:sequence select="if ($kind = ('part', 'item')) then $kind
      else if (f:is-block(.) or $kind = 'words' and f:holds-block(.)) then 'prose'
      else ($kind, 'part')[1]"/>
  </xsl:template>
  <!-- Children of these are parts, also those that elsewhere run on. -->
  <xsl:template match="titleStmt/* | editionStmt/* | publicationStmt/* | seriesStmt/* | notesStmt/* | textClass/* | setting/* | recording/* | broadcast/* | biblFull/* | unitDef/*" mode="m:header-kind" as="xs:string" priority="1">
    <xsl:sequence select="if (self::p or self::ab or self::list or self::table) then 'prose' else 'part'"/>
  </xsl:template>
  <!-- What other modules know how to show; and a list of changes goes without a label. -->
  <xsl:template match="msDesc | bibl | biblStruct | listBibl | charDecl | fsdDecl | schemaSpec | listWit | listTranspose | listChange | correspDesc/*" mode="m:header-kind" as="xs:string" priority="2">prose</xsl:template>
  <xsl:template match="application/ptr | recordingStmt/recording | sourceDesc/recordingStmt | sourceDesc/scriptStmt" mode="m:header-kind" as="xs:string" priority="2">part</xsl:template>

  <!-- One of the things a description lists. -->
  <xsl:mode name="m:header-item" on-no-match="fail"/>
  <xsl:template match="*" mode="m:header-item" as="element(h:li)">
    <li>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:header-body"/>
      <xsl:sequence select="f:closing-facts(.)"/>
    </li>
  </xsl:template>

  <xsl:template match="change" mode="m:header-item" as="element(h:li)">
    <li>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:for-each select="f:date-words(f:values(., false()), true())[. and not(starts-with(normalize-space(current()), (current()/@when, '-')[1]))]">
        <span data-by="edition">
          <xsl:value-of select=". || ': '"/>
        </span>
      </xsl:for-each>
      <xsl:apply-templates select="." mode="m:header-body"/>
      <xsl:sequence select="f:closing-facts(.)"/>
    </li>
  </xsl:template>

  <!-- Categories and units of citation: what is said of one stands before those within it. -->
  <xsl:template match="category | citeStructure" mode="m:header-item" as="element(h:li)">
    <li>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:sequence select="f:header-run(node()[self::* or self::text()] except (category | citeStructure | citeData))"/>
      <xsl:sequence select="f:remark(.)"/>
      <xsl:where-populated>
        <ul>
          <xsl:apply-templates select="category | citeStructure | citeData" mode="m:header-item"/>
        </ul>
      </xsl:where-populated>
    </li>
  </xsl:template>

  <!-- The facts about an element: behind its words, or in a line of their own below its blocks. -->
  <xsl:function name="f:closing-facts" as="element()?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if (f:runs-along($element)) then f:remark($element) else f:facts-line($element)"/>
  </xsl:function>

  <!-- Whether a description is nothing but words that run on. -->
  <xsl:function name="f:runs-along" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="every $node in $element/(* | text()) satisfies f:header-kind($node) = ('words', 'none')"/>
  </xsl:function>

  <!-- What has a shape of its own. -->
  <xsl:template match="fileDesc" mode="m:header-body" as="element()*" priority="1">
    <xsl:sequence select="f:fields((titleStmt/*, editionStmt/*, extent, publicationStmt/*, seriesStmt, notesStmt/*, sourceDesc))"/>
  </xsl:template>

  <xsl:template match="biblFull[titleStmt]" mode="m:header-body" as="element()*" priority="1">
    <xsl:sequence select="f:fields((titleStmt/*, editionStmt/*, extent, publicationStmt/*, seriesStmt, notesStmt/*, sourceDesc))"/>
  </xsl:template>

  <xsl:template match="keywords[term]" mode="m:header-body" as="node()*">
    <xsl:sequence select="f:separated(*, '; ')"/>
  </xsl:template>

  <!-- A category that is only pointed to is given by its words. -->
  <xsl:template match="catRef" mode="m:header-body" as="element(h:span)">
    <span data-by="edition">
      <xsl:value-of select="tokenize(@target) ! f:pointed(., current())" separator="; "/>
    </span>
  </xsl:template>

  <xsl:template match="publicationStmt/ptr | schemaRef | application/ptr | correspContext/ptr" mode="m:header-body" as="node()*" priority="1">
    <xsl:call-template name="link">
      <xsl:with-param name="href" select="(@target, @url)[1] ! f:href(tokenize(.)[1], current())"/>
      <xsl:with-param name="words" select="(@key/string(), @target/f:pointed(., current())[starts-with(current()/@target, '#')], @target/string(), @url/string())[1]"/>
    </xsl:call-template>
    <xsl:value-of select="' '[normalize-space(current())]"/>
    <xsl:apply-templates select="* | text()" mode="m:html"/>
  </xsl:template>

  <!-- Data of other standards are for programs; they are named. -->
  <xsl:template match="xenoData" mode="m:header-body" as="element(h:code)+" priority="1">
    <code data-by="edition">
      <xsl:value-of select="if (*) then * ! name() else @type" separator=", "/>
    </code>
  </xsl:template>

  <xsl:template match="metSym" mode="m:header-item" as="element(h:li)" priority="1">
    <li>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <span data-by="edition">
        <code>
          <xsl:value-of select="@value"/>
        </code>
        <xsl:text>: </xsl:text>
      </span>
      <xsl:apply-templates select="." mode="m:header-body"/>
    </li>
  </xsl:template>

  <xsl:template match="rendition" mode="m:header-body" as="element()">
    <xsl:element name="{f:tag(., 'code')}">
      <xsl:apply-templates mode="m:html"/>
    </xsl:element>
  </xsl:template>

  <!-- How often elements are used: a table, folded. -->
  <xsl:template match="namespace[tagUsage]" mode="m:header-body" as="element(h:details)" priority="1">
    <details class="tags">
      <summary data-by="edition">
        <xsl:value-of select="f:word('tagsDecl')"/>
      </summary>
      <table>
        <thead data-by="edition">
          <tr>
            <xsl:for-each select="'element', 'occurrences', 'use'">
              <th scope="col">
                <xsl:value-of select="f:word(.)"/>
              </th>
            </xsl:for-each>
          </tr>
        </thead>
        <tbody>
          <xsl:apply-templates select="tagUsage" mode="m:header-row"/>
        </tbody>
      </table>
    </details>
  </xsl:template>

  <xsl:mode name="m:header-row" on-no-match="fail"/>
  <xsl:template match="tagUsage" mode="m:header-row" as="element(h:tr)">
    <tr>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <td data-by="edition">
        <code>
          <xsl:value-of select="@gi"/>
        </code>
      </td>
      <td data-by="edition">
        <xsl:value-of select="@occurs, @withId ! f:word('with-id', .)" separator=", "/>
      </td>
      <td>
        <xsl:apply-templates select="." mode="m:header-body"/>
      </td>
    </tr>
  </xsl:template>

  <!-- Parts of a header that stand elsewhere: in a record of a work, in a category, in a text. -->
  <xsl:template match="*[$header-kinds(node-name()) = ('part', 'item')]" mode="m:block" as="xs:boolean" priority="-0.6">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="*[$header-kinds(node-name()) = ('part', 'item')]" as="element(h:div)" priority="-0.45">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="." mode="m:header-body"/>
      <xsl:sequence select="f:closing-facts(.)"/>
    </div>
  </xsl:template>

  <xsl:template match="catDesc | extent | distributor | authority | funder | sponsor | principal" mode="m:block" as="xs:boolean" priority="-0.45">
    <xsl:sequence select="not(f:runs-along(.))"/>
  </xsl:template>

  <xsl:template match="catDesc | extent | distributor | authority | funder | sponsor | principal" as="element()" priority="-0.45">
    <xsl:element name="{if (f:runs-along(.)) then 'span' else 'div'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="." mode="m:header-body"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="catRef" as="element(h:span)" priority="-0.45">
    <xsl:apply-templates select="." mode="m:header-body"/>
  </xsl:template>
</xsl:stylesheet>
