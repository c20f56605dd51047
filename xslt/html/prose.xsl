<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Running prose: p, ab, list, head, label, item, hi, emph, foreign, term, gloss, mentioned, soCalled, supplied, ellipsis, metamark, lb, pb,
       cb, gb, milestone, table, row, cell, figure, graphic, media, figDesc, formula, code, gi, att, val, abbr, expan, ex, am, seg, s, num, measure, unit, c, w, pc, anchor,
       space, eg (Guidelines #CO, #FT). -->

  <!-- A paragraph is a div where it holds a block: HTML's p cannot. -->
  <xsl:template match="p | ab" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'p'[f:holds-block(current())]"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:passage-link(.)"/>
      <xsl:apply-templates/>
      <xsl:sequence select="f:annotation-links(self::*[ancestor::text])"/>
    </xsl:element>
  </xsl:template>

  <!-- The number beside a paragraph that others may cite: one with an id, not in a note. -->
  <xsl:function name="f:passage-link" as="element(h:a)?">
    <xsl:param name="passage" as="element()"/>
    <xsl:if test="$passage/@xml:id and $passage[ancestor::text][not(ancestor::note)]">
      <a class="passage" href="#{$passage/@xml:id}" aria-label="{f:word('link-to-passage', f:passage-label($passage))}" data-by="edition">
        <xsl:value-of select="f:passage-label($passage)"/>
      </a>
    </xsl:if>
  </xsl:function>

  <xsl:template match="list" as="element()+">
    <xsl:apply-templates select="head"/>
    <xsl:element name="{if (label or @rend = ('numbered', 'ordered')) then 'ol' else 'ul'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'list', 'labelled'[current()/label]"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="* except (head | label)"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="list/item" as="element(h:li)">
    <li>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="preceding-sibling::*[1][self::label]"/>
      <xsl:apply-templates/>
    </li>
  </xsl:template>

  <xsl:template match="list/*[not(self::item)]" as="element(h:li)">
    <li class="beside">
      <xsl:next-match/>
    </li>
  </xsl:template>

  <xsl:template match="list/head | list/label" priority="2" as="node()+">
    <xsl:element name="{if (self::head) then f:tag(., 'p') else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="if (self::head) then 'subhead' else 'label'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
    <xsl:if test="self::label">
      <xsl:text> </xsl:text>
    </xsl:if>
  </xsl:template>

  <!-- A list in a running sentence stays one. -->
  <xsl:template match="list[@rend = 'inline']" as="element(h:span)" priority="1">
    <span role="list">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:for-each select="item">
        <span role="listitem">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:apply-templates select="preceding-sibling::*[1][self::label]"/>
          <xsl:apply-templates/>
        </span>
        <xsl:if test="position() != last()">
          <xsl:text> </xsl:text>
        </xsl:if>
      </xsl:for-each>
    </span>
  </xsl:template>

  <xsl:template match="label | seg | s | num | measure | unit | c | w | pc | abbr | expan | ex | am | gloss | supplied | ellipsis | metamark | val | figDesc | formula" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:variable name="phrases" as="map(xs:string, xs:string)"
    select="map { 'mentioned': 'i', 'soCalled': 'span', 'foreign': 'i', 'term': 'dfn', 'emph': 'em' }"/>

  <xsl:template match="mentioned | soCalled | foreign | term | emph | code | gi | att" as="element()">
    <xsl:element name="{if (f:holds-block(.)) then 'div' else ($phrases(local-name()), 'code')[1]}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- What a rendition means in HTML. Words are not changed, so small capitals and the like are the style sheet's. -->
  <xsl:variable name="renditions" as="map(xs:string, xs:string)" select="map { 'italic': 'i', 'italics': 'i', 'i': 'i', 'it': 'i', 'bold': 'b', 'b': 'b',
    'sup': 'sup', 'superscript': 'sup', 'sub': 'sub', 'subscript': 'sub', 'underline': 'u', 'strikethrough': 's' }"/>

  <xsl:template match="hi" as="element()">
    <xsl:variable name="rend" as="xs:string*" select="tokenize(@rend) ! replace(lower-case(.), '^#|[^\w\-]', '')"/>
    <xsl:element name="{if (f:holds-block(.)) then 'div' else ($rend ! $renditions(.), 'span')[1]}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'hi', $rend"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="lb" as="element(h:br)?">
    <xsl:if test="not(@break = 'no')">
      <br/>
    </xsl:if>
  </xsl:template>

  <!-- Line breaks within a paragraph are those of one printing; running text does not break there. -->
  <xsl:template match="p//lb | ab//lb" as="text()?">
    <xsl:if test="not(@break = 'no')">
      <xsl:text> </xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template match="pb | cb | gb | milestone" as="element(h:span)">
    <span data-by="edition">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:value-of select="if (@n) then (if (self::pb and matches(@n, '^[\divxlcdm]+$')) then '[' || f:word('page', @n) || ']' else '[' || @n || ']') else '|'"/>
    </span>
  </xsl:template>

  <!-- A space that was left in the source parts words (Guidelines #PHOM), unless it stands between lines. -->
  <xsl:template match="space" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'space'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
      <xsl:value-of select="' '[not(current()/@dim = 'vertical')]"/>
    </span>
  </xsl:template>

  <xsl:template match="anchor" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes"/>
    </span>
  </xsl:template>

  <xsl:template match="eg" as="element(h:pre)">
    <pre>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </pre>
  </xsl:template>

  <xsl:template match="table" as="element(h:table)">
    <table>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="head">
        <caption>
          <xsl:apply-templates select="head/node()"/>
        </caption>
      </xsl:if>
      <xsl:apply-templates select="row"/>
    </table>
  </xsl:template>

  <xsl:template match="row" as="element(h:tr)">
    <tr>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="cell"/>
    </tr>
  </xsl:template>

  <xsl:template match="cell" as="element()">
    <xsl:element name="{if ((@role, ../@role)[1] = 'label') then 'th' else 'td'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="@cols castable as xs:integer">
        <xsl:attribute name="colspan" select="@cols"/>
      </xsl:if>
      <xsl:if test="@rows castable as xs:integer">
        <xsl:attribute name="rowspan" select="@rows"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="figure" as="element()">
    <xsl:element name="{if (ancestor::p/f:tag(., 'p') = 'p') then 'span' else 'figure'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Nothing is loaded from elsewhere, so an image is named and, on the web, linked. -->
  <xsl:template match="graphic | media" as="element(h:span)">
    <span class="graphic" data-by="edition">
      <xsl:call-template name="link">
        <xsl:with-param name="href" select="@url ! f:href(., .)"/>
        <xsl:with-param name="words" select="if (@url) then f:word('image-at', tokenize(@url, '/')[last()]) else f:word('no-image')"/>
      </xsl:call-template>
    </span>
  </xsl:template>
</xsl:stylesheet>
