<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The text and its divisions: text, front, body, back, group, floatingText, titlePage, docAuthor, docTitle, titlePart, docImprint,
       docDate, docEdition, byline, argument, epigraph, imprimatur, div, div1, div2, div3, div4, div5, div6, div7, head, opener, closer, salute, signed, dateline, trailer, postscript
       (Guidelines #DS). And what nothing foresees. -->

  <!-- What becomes a block. A module says it of its own elements in the same mode. -->
  <xsl:template match="p | ab | div | div1 | div2 | div3 | div4 | div5 | div6 | div7 | lg | l | sp | table | cit[f:is-block-quotation(.)] | quote[f:is-block-quotation(.)]
    | q[p | lg | list] | said[p | lg | list] | floatingText | listBibl | titlePage | docAuthor[not(ancestor::p)] | docTitle | titlePart[not(ancestor::p)] | docImprint | byline[not(ancestor::p)] | argument | epigraph | imprimatur[not(ancestor::p)]
    | docDate[not(parent::docImprint or ancestor::p)] | docEdition[not(parent::docImprint or ancestor::p)]
    | opener | closer | signed[not(ancestor::p)] | salute[not(ancestor::p)] | trailer[not(ancestor::p)] | postscript | head[not(f:runs-on(..))] | stage[not(ancestor::p | ancestor::l)] | speaker | castItem | availability | licence
    | note[f:note-group(.) = 'inline'][p | ab | list | lg | table | figure] | body | front | back | text | group" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>
  <xsl:template match="*" mode="m:block" as="xs:boolean" priority="-1">
    <xsl:sequence select="false()"/>
  </xsl:template>

  <xsl:function name="f:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element" mode="m:block"/>
  </xsl:function>

  <!-- Whether a block stands somewhere in an element; not in the notes of a text, which stand elsewhere. Asked again at each level, so the answers are kept. -->
  <xsl:function name="f:holds-block" as="xs:boolean" cache="yes">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="some $child in $element/*[not(self::note[ancestor::text][f:note-group(.) != 'inline'])] satisfies (f:is-block($child) or f:holds-block($child))"/>
  </xsl:function>

  <!-- "div" for what holds blocks, else the name asked for. -->
  <xsl:function name="f:tag" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="tag" as="xs:string"/>
    <xsl:sequence select="if ($element/* and f:holds-block($element)) then 'div' else $tag"/>
  </xsl:function>

  <xsl:template match="text | front | body | back | group | floatingText | docImprint | argument | epigraph | opener | closer | postscript" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()[. ne 'text']"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="titlePage | docTitle" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="docAuthor | titlePart | byline | signed | salute | trailer | docDate | docEdition | imprimatur" as="element()">
    <xsl:element name="{f:tag(., if (ancestor::p) then 'span' else 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name(), @type[. = 'sub']"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="docDate[parent::docImprint] | docEdition[parent::docImprint] | dateline" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="div | div1 | div2 | div3 | div4 | div5 | div6 | div7" as="element()">
    <xsl:element name="{if (f:main-head(.)[normalize-space() or *][not(f:holds-block(.))] and not(ancestor::cell)) then 'section' else 'div'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'div', f:type-class(.)"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The division that is the whole text: its heading is the title of the page and stands there. -->
  <xsl:template match="div[. is f:lead(.)]" priority="1" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'div', f:type-class(.)"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="* except head"/>
    </div>
  </xsl:template>

  <!-- A class of the document's own: its types may be called as parts of the page are. -->
  <xsl:function name="f:type-class" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@type[matches(., '^[\w\-]+$')] ! ('type-' || .)"/>
  </xsl:function>

  <!-- The heading among several that names the division; the others stand around it. -->
  <xsl:function name="f:main-head" as="element(head)?">
    <xsl:param name="division" as="element()"/>
    <xsl:sequence select="($division/head[@type = 'main'], $division/head)[1]"/>
  </xsl:function>

  <xsl:template match="head" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'subhead'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
      <xsl:sequence select="f:annotation-links(.)"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="(div | div1 | div2 | div3 | div4 | div5 | div6 | div7)/head[. is f:main-head(..)]" as="element()">
    <xsl:variable name="heading" as="xs:string" select="f:heading(..)"/>
    <!-- HTML's headings hold no blocks, and table cells no headings. -->
    <xsl:variable name="is-plain" as="xs:boolean" select="f:holds-block(.) or exists(ancestor::cell)"/>
    <xsl:element name="{if ($is-plain) then 'div' else $heading}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'heading'[$is-plain]"/>
      </xsl:apply-templates>
      <xsl:if test="$is-plain and not(ancestor::cell)">
        <xsl:attribute name="role" select="'heading'"/>
        <xsl:attribute name="aria-level" select="substring($heading, 2)"/>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:sequence select="f:annotation-links(.)"/>
      <xsl:if test="f:id(..)">
        <xsl:text> </xsl:text>
        <a class="permalink" href="#{f:id(..)}" aria-label="{f:word('link-to-section', (f:plain(.)[.], f:word('untitled'))[1])}" data-by="edition">§</a>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <!-- h2 for the divisions under the title of the page, and so on down, where the heading above stands before it; a page has no deeper heading than h6. -->
  <xsl:function name="f:heading" as="xs:string">
    <xsl:param name="division" as="element()"/>
    <xsl:variable name="depth" as="xs:integer" select="count($division/ancestor-or-self::*[matches(local-name(), '^div[1-7]?$')][f:main-head(.)[.. is $division or empty(preceding-sibling::*[matches(local-name(), '^div[1-7]?$')])]][not(. is f:lead(.))])
      + count($division/ancestor::*[self::TEI or self::teiCorpus][parent::*])"/>
    <xsl:sequence select="'h' || min(($depth + 1, 6))"/>
  </xsl:function>

  <!-- Contents: the divisions that have a heading. -->
  <xsl:template match="*" mode="m:contents" as="element(h:li)*">
    <xsl:apply-templates select="*" mode="m:contents"/>
  </xsl:template>

  <xsl:template match="div[head][not(. is f:lead(.))] | div1[head] | div2[head] | div3[head] | div4[head] | div5[head] | div6[head] | div7[head]" mode="m:contents" as="element(h:li)">
    <xsl:variable name="within" as="element(h:li)*">
      <xsl:apply-templates select="*" mode="m:contents"/>
    </xsl:variable>
    <li>
      <a href="#{f:id(.)}">
        <xsl:sequence select="(f:plain(f:main-head(.))[.], f:word('untitled'))[1]"/>
      </a>
      <xsl:if test="exists($within)">
        <ol>
          <xsl:sequence select="$within"/>
        </ol>
      </xsl:if>
    </li>
  </xsl:template>
  <xsl:template match="p | ab | l | list | table | figure | note | cit | quote | floatingText" mode="m:contents" as="element(h:li)*"/>

  <!-- What runs on in a line and has no template of its own: its words, and its name as their class. -->
  <xsl:template match="*[map:contains($running-on, node-name())]" priority="-0.4" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Not foreseen: the words stay, and the first of each name is reported. -->
  <xsl:template match="*" as="element()">
    <xsl:if test=". is key('named', name(), root(.))[1]">
      <xsl:message select="'not foreseen: ' || name()"/>
    </xsl:if>
    <xsl:element name="{if (f:holds-block(.)) then 'div' else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:attribute name="data-tei" select="name()"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
  <xsl:key name="named" match="text//*" use="name()"/>
</xsl:stylesheet>
