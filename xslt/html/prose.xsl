<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Running prose: p, ab, label, emph, foreign, term, gloss, mentioned, soCalled, distinct, supplied, ellipsis, metamark, lb, pb,
       cb, gb, milestone, abbr, expan, ex, am, seg, s, num, measure, measureGrp, unit, anchor, space, ruby, rb, rt, desc, meeting,
       postBox, postCode, divGen (Guidelines #CO); eg, code, ident, gi, att, val, tag (#TDphrase). -->

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
    <xsl:if test="$passage/@xml:id[f:is-usable(.)] and $passage[ancestor::text][not(ancestor::note)]">
      <a class="passage" href="#{$passage/@xml:id}" aria-label="{f:word('link-to-passage', f:passage-label($passage))}" data-by="edition">
        <xsl:value-of select="f:passage-label($passage)"/>
      </a>
    </xsl:if>
  </xsl:function>

  <xsl:template match="label | seg | s | num | measure | measureGrp | unit | abbr | expan | ex | am | gloss | distinct | supplied | ellipsis | metamark | desc
    | postBox | postCode | rb" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:variable name="phrases" as="map(xs:string, xs:string)"
    select="map { 'mentioned': 'i', 'soCalled': 'span', 'foreign': 'i', 'term': 'span', 'emph': 'em' }"/>

  <xsl:template match="mentioned | soCalled | foreign | term | emph" as="element()">
    <xsl:element name="{if (f:holds-block(.)) then 'div' else $phrases(local-name())}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The beginning of a line (Guidelines #CORS5). Within a paragraph it is that of one printing: running text does not break there, but words part. -->
  <xsl:template match="lb" as="element()?">
    <xsl:if test="not(@break = 'no')">
      <br>
        <xsl:apply-templates select="." mode="m:attributes"/>
      </br>
    </xsl:if>
  </xsl:template>

  <xsl:template match="lb[@break = 'no' or ancestor::p or ancestor::ab]" priority="1" as="node()*">
    <xsl:sequence select="f:parting(.)"/>
    <xsl:if test="@xml:id">
      <span>
        <xsl:apply-templates select="." mode="m:attributes"/>
      </span>
    </xsl:if>
  </xsl:template>

  <xsl:template match="pb | cb | gb | milestone" as="node()+">
    <xsl:sequence select="f:parting(.)"/>
    <span data-by="edition">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:value-of select="f:break-words(.)"/>
    </span>
    <xsl:sequence select="f:parting(.)"/>
  </xsl:template>

  <!-- What a break has between the words around it. -->
  <xsl:function name="f:parting" as="text()?">
    <xsl:param name="break" as="element()"/>
    <xsl:if test="not($break/@break = 'no')">
      <xsl:text> </xsl:text>
    </xsl:if>
  </xsl:function>

  <!-- The mark of a page, column, gathering or section. -->
  <xsl:function name="f:break-words" as="xs:string">
    <xsl:param name="break" as="element()"/>
    <xsl:variable name="n" as="xs:string?" select="normalize-space($break/@n)[.]"/>
    <xsl:sequence select="if (not($n)) then '|' else if ($break/self::pb and matches($n, '^[\divxlcdm]+$')) then '[' || f:word('page', $n) || ']' else '[' || $n || ']'"/>
  </xsl:function>

  <!-- A space that was left in the source parts words (Guidelines #PHOM), unless it stands between lines. -->
  <xsl:template match="space" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'space'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
      <xsl:value-of select="' '[not(current()/@dim = 'vertical')]"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="anchor" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes"/>
    </span>
  </xsl:template>

  <!-- Code that is spoken of. -->
  <xsl:template match="eg" as="element()">
    <xsl:element name="{if (f:holds-block(.)) then 'div' else 'pre'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'eg'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="code | ident | gi | att | val | tag" as="element()">
    <xsl:element name="{f:tag(., 'code')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="eg" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <!-- Small letters that say how to read others (Guidelines #COHQHR): HTML's own. -->
  <xsl:template match="ruby[rt]" as="element(h:ruby)">
    <ruby>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </ruby>
  </xsl:template>
  <xsl:template match="ruby[rt]/rt" as="element(h:rt)">
    <rt>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </rt>
  </xsl:template>
  <xsl:template match="ruby | rt" as="element(h:span)" priority="-0.3">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="meeting" mode="m:block" as="xs:boolean">
    <xsl:sequence select="not(parent::bibl or parent::monogr or ancestor::p)"/>
  </xsl:template>
  <xsl:template match="divGen" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="meeting" as="element()">
    <xsl:element name="{if (f:is-block(.)) then f:tag(., 'p') else f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'meeting'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Where a list made of the text was printed (Guidelines #CODV): its heading; the page has its contents and lists in places of their own. -->
  <xsl:template match="divGen" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'divGen'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
      <xsl:if test="@type = ('toc', 'contents', 'TOC')">
        <p data-by="edition">
          <a href="#{f:own('contents')}">
            <xsl:value-of select="f:word('contents')"/>
          </a>
        </p>
      </xsl:if>
    </div>
  </xsl:template>
</xsl:stylesheet>
