<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Corpora, and what a document has beside its text: teiCorpus, TEI with teiHeader (Guidelines #CC). Each document of a corpus is a section with its
       title, its text and, folded, its own header. -->

  <xsl:accumulator name="a:documents" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="TEI/TEI | TEI/teiCorpus | teiCorpus/TEI | teiCorpus/teiCorpus" select="$value + 1"/>
  </xsl:accumulator>

  <!-- The text, or the texts, of the document. -->
  <xsl:template name="texts" as="node()*">
    <xsl:apply-templates select="if (/TEI | /teiCorpus) then /* ! f:resources(.) else //text[not(ancestor::text)]"/>
  </xsl:template>

  <!-- What of a document is read: its text, then pictures and transcriptions, then the documents it holds. -->
  <xsl:function name="f:resources" as="element()*">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="$document/text, $document/(sourceDoc | facsimile), $document/(TEI | teiCorpus)"/>
  </xsl:function>

  <xsl:template match="TEI | teiCorpus" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="TEI | teiCorpus" as="element(h:section)">
    <section id="{f:document-id(.)}" class="document">
      <h2 data-by="edition">
        <xsl:value-of select="f:document-words(.)"/>
      </h2>
      <xsl:for-each select="teiHeader/fileDesc/titleStmt/author ! f:maker-words(.)[.]">
        <p class="docAuthor" data-by="edition">
          <xsl:value-of select="."/>
        </p>
      </xsl:for-each>
      <xsl:apply-templates select="f:described(.)" mode="m:header-section"/>
      <xsl:apply-templates select="f:resources(.)"/>
      <xsl:apply-templates select="teiHeader"/>
    </section>
  </xsl:template>

  <xsl:template match="TEI/teiHeader | teiCorpus/teiHeader" as="element(h:details)">
    <details class="teiHeader">
      <summary data-by="edition">
        <xsl:value-of select="f:word('about-text')"/>
      </summary>
      <xsl:apply-templates select="." mode="m:header-body"/>
    </details>
  </xsl:template>

  <xsl:function name="f:document-id" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="(f:id($document), f:own('text-' || $document/accumulator-before('a:documents')))[1]"/>
  </xsl:function>

  <xsl:function name="f:document-words" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="(f:plain(f:document-title($document/teiHeader))[.], f:word('text-n', string($document/accumulator-before('a:documents'))))[1]"/>
  </xsl:function>

  <xsl:template match="TEI/TEI | TEI/teiCorpus | teiCorpus/TEI | teiCorpus/teiCorpus" mode="m:contents" as="element(h:li)">
    <xsl:variable name="within" as="element(h:li)*">
      <xsl:apply-templates select="*" mode="m:contents"/>
    </xsl:variable>
    <li>
      <a href="#{f:document-id(.)}">
        <xsl:value-of select="f:document-words(.)"/>
      </a>
      <xsl:if test="exists($within)">
        <ol>
          <xsl:sequence select="$within"/>
        </ol>
      </xsl:if>
    </li>
  </xsl:template>
  <xsl:template match="teiHeader | standOff" mode="m:contents" as="element(h:li)*"/>

  <!-- Descriptions that stand before everything else: of a letter without a heading, of what is catalogued each in a section. -->
  <xsl:template name="described" as="element()*">
    <xsl:variable name="root" as="element()" select="$document/*"/>
    <xsl:variable name="described" as="element()*" select="f:described($root)"/>
    <xsl:choose>
      <xsl:when test="exists($described) and f:has-words($root)">
        <div id="{f:own('letter')}" class="edited letter">
          <xsl:sequence select="f:language($text-language, $spoken)"/>
          <xsl:apply-templates select="$described" mode="m:header-body"/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$described">
          <section id="{f:described-id(.)}" class="edited described" aria-labelledby="{f:described-id(.)}-heading">
            <xsl:sequence select="f:language($text-language, $spoken)"/>
            <h2 id="{f:described-id(.)}-heading" data-by="edition">
              <xsl:value-of select="f:described-words(.)"/>
            </h2>
            <xsl:apply-templates select="." mode="m:header-body"/>
          </section>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What a description is called: a source that is one manuscript by what that is. -->
  <xsl:function name="f:described-words" as="xs:string">
    <xsl:param name="description" as="element()"/>
    <xsl:sequence select="f:label(($description/self::sourceDesc[count(*) = 1]/msDesc, $description)[1])"/>
  </xsl:function>

  <xsl:function name="f:described-id" as="xs:string">
    <xsl:param name="description" as="element()"/>
    <xsl:sequence select="f:own(local-name($description) || (count(f:described(root($description)/*)[. &lt;&lt; $description][node-name() = node-name($description)]) + 1)[. gt 1])"/>
  </xsl:function>

  <!-- Persons and places that stand in lists are described in the index, and not a second time in the header. -->
  <xsl:template match="particDesc | settingDesc" mode="m:header-body" as="node()*" priority="1">
    <xsl:next-match/>
    <xsl:if test="exists(*[f:is-of-index(.)])">
      <p data-by="edition">
        <a href="#{f:own('index')}">
          <xsl:value-of select="f:word('index')"/>
        </a>
      </p>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
