<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns:math="http://www.w3.org/1998/Math/MathML"
  xmlns:svg="http://www.w3.org/2000/svg" xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Pictures and formulas: figure with its head and figDesc, graphic, media, binaryObject, formula, notatedMusic, and within them math, svg (Guidelines #FT, #COGR). Nothing is loaded
       unless it is asked: a picture is named and, where it is on the web, linked. -->

  <xsl:template match="figure" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>
  <xsl:template match="notatedMusic" mode="m:block" as="xs:boolean">
    <xsl:sequence select="f:holds-block(.)"/>
  </xsl:template>

  <!-- The caption stands above a table, list or text, and below a picture. -->
  <xsl:template match="figure" as="element(h:figure)">
    <xsl:variable name="caption" as="element()*" select="head | figDesc"/>
    <xsl:variable name="above" as="xs:boolean" select="exists(*[1]/self::head) and not(graphic | media | binaryObject | formula | figure)"/>
    <figure>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:variable name="words" as="element(h:figcaption)?">
        <xsl:if test="$caption">
          <figcaption>
            <xsl:apply-templates select="$caption" mode="m:caption"/>
          </figcaption>
        </xsl:if>
      </xsl:variable>
      <xsl:sequence select="$words[$above]"/>
      <xsl:apply-templates select="node() except $caption"/>
      <xsl:sequence select="$words[not($above)]"/>
    </figure>
  </xsl:template>

  <xsl:mode name="m:caption" on-no-match="fail"/>
  <xsl:template match="figure/head | figDesc" mode="m:caption" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name(), 'hidden'[current()/self::figDesc[f:is-alternative(.)]]"/>
      </xsl:apply-templates>
      <!-- Read out with the picture, it is not read once more. -->
      <xsl:if test="self::figDesc[f:is-alternative(.)]">
        <xsl:attribute name="aria-hidden" select="'true'"/>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:sequence select="f:annotation-links(.)"/>
    </xsl:element>
  </xsl:template>

  <!-- Whether a description is the alternative text of a picture that is shown. -->
  <xsl:function name="f:is-alternative" as="xs:boolean">
    <xsl:param name="description" as="element(figDesc)"/>
    <xsl:sequence select="exists($description/../(graphic | binaryObject)[f:image(.)]) and empty($description//(note | ref | ptr))"/>
  </xsl:function>

  <xsl:template match="figDesc" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'figDesc'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The address of a picture that is shown: of a file beside the document or below it, or the data themselves. -->
  <xsl:function name="f:image" as="xs:string?">
    <xsl:param name="picture" as="element()"/>
    <xsl:if test="$images = 'show'">
      <xsl:sequence select="f:picture-file($picture/self::graphic/@url)"/>
      <xsl:sequence select="$picture/self::binaryObject[not(@encoding) or lower-case(@encoding) = 'base64'][@mimeType = ('image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif')][matches(., '^[A-Za-z0-9+/=\s]+$')]
        ! ('data:' || @mimeType || ';base64,' || translate(., ' &#9;&#10;&#13;', ''))"/>
    </xsl:if>
  </xsl:function>

  <xsl:template match="graphic | media | binaryObject" as="node()+">
    <xsl:variable name="image" as="xs:string?" select="f:image(.)"/>
    <xsl:choose>
      <xsl:when test="$image">
        <img src="{$image}" alt="{(../figDesc ! f:plain(.), desc ! f:plain(.), f:picture-words(.))[.][1]}">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:for-each select="(@width, @height)[matches(., '^[0-9]{1,4}(px)?$')]">
            <xsl:attribute name="{local-name()}" select="replace(., 'px', '')"/>
          </xsl:for-each>
        </img>
      </xsl:when>
      <xsl:otherwise>
        <span data-by="edition">
          <xsl:apply-templates select="." mode="m:attributes">
            <xsl:with-param name="class" select="'graphic'"/>
          </xsl:apply-templates>
          <xsl:call-template name="link">
            <xsl:with-param name="href" select="@url ! f:href(., .)"/>
            <xsl:with-param name="words" select="f:picture-words(.)"/>
          </xsl:call-template>
        </span>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="* except desc[$image]"/>
  </xsl:template>

  <!-- The data of a picture are no words; on a page that says where all comes from it is said of them as well. -->
  <xsl:template match="binaryObject/text()" priority="2" as="node()*"/>
  <xsl:template match="binaryObject" priority="1" as="node()+">
    <xsl:sequence select="f:trace(text())"/>
    <xsl:next-match/>
  </xsl:template>

  <xsl:function name="f:picture-words" as="xs:string">
    <xsl:param name="picture" as="element()"/>
    <xsl:variable name="name" as="xs:string?" select="tokenize(replace($picture/@url, '[?#].*$', '', 's'), '/')[normalize-space()][last()]"/>
    <xsl:sequence select="if ($picture/@url[starts-with(normalize-space(), 'data:')]) then f:word('image-within') else if ($picture/@url and $name) then f:word(if ($picture/self::media) then 'media-at' else 'image-at', $name)
      else if ($picture/self::binaryObject) then f:word('image-within') else f:word('no-image')"/>
  </xsl:function>

  <!-- A formula (Guidelines #FTFOR): MathML as it is, the notation of TeX as code, anything else as its words. -->
  <xsl:template match="formula" as="element()">
    <xsl:variable name="is-tex" as="xs:boolean" select="empty(*) and (matches(@notation, 'tex', 'i') or matches(., '^\s*(\$|\\[\(\[]|\\begin)'))"/>
    <xsl:element name="{if (f:holds-block(.)) then 'div' else if ($is-tex) then 'code' else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'formula', 'tex'[$is-tex]"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="notatedMusic" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'notatedMusic'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- MathML: its elements with those of its attributes that only say how it looks. What is not MathML within it stays as its words. -->
  <xsl:variable name="math-names" as="xs:string+" select="tokenize('math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom menclose msub msup msubsup munder mover munderover mmultiscripts
    mprescripts none mtable mtr mtd mfenced semantics annotation')"/>
  <xsl:variable name="math-attributes" as="xs:string+" select="tokenize('display displaystyle scriptlevel mathvariant mathsize dir linethickness bevelled numalign denomalign lspace rspace stretchy symmetric fence separator separators largeop
    movablelimits accent accentunder minsize maxsize form open close notation width height depth voffset columnalign rowalign columnlines rowlines columnspan rowspan frame columnspacing rowspacing align encoding')"/>

  <!-- What takes so many operands; with another number of them it is no such thing, and its operands stand in a row. -->
  <xsl:variable name="math-operands" as="map(xs:string, xs:integer)" select="map { 'mfrac': 2, 'mroot': 2, 'msub': 2, 'msup': 2, 'munder': 2, 'mover': 2, 'msubsup': 3, 'munderover': 3 }"/>

  <xsl:template match="math:*[local-name() = $math-names]" as="element()">
    <xsl:variable name="operands" as="xs:integer" select="count(* | text()[normalize-space()])"/>
    <xsl:element name="{if (self::math:math and ancestor::math:math or $operands != ($math-operands(local-name()), $operands)[1]) then 'mrow' else local-name()}" namespace="http://www.w3.org/1998/Math/MathML">
      <xsl:for-each select="@*[namespace-uri() = ''][local-name() = $math-attributes][matches(., '^[^:&lt;&gt;]*$')]">
        <xsl:attribute name="{local-name()}" select="."/>
      </xsl:for-each>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="math:*[not(local-name() = $math-names)] | math:*[not(self::math:math)][not(ancestor::math:math)]" priority="1" as="node()*">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- A part of a formula without its math, or of a drawing without its svg, is none: of it the words stay. Neither MathML nor SVG can hold elements of HTML: of others in the one the words stay, in the other nothing, which is reported as lost. -->
  <xsl:template match="math:*[ancestor-or-self::math:math]/*[not(self::math:*)]" priority="9" as="node()*">
    <math:mtext>
      <xsl:apply-templates select=".//text()"/>
    </math:mtext>
  </xsl:template>

  <!-- Words of a formula stand in its tokens (MathML Core, section 3.2): a token holds nothing else, and words elsewhere become one. -->
  <xsl:variable name="math-tokens" as="xs:string+" select="'mi', 'mn', 'mo', 'ms', 'mtext', 'annotation'"/>
  <xsl:template match="math:*[ancestor-or-self::math:math][local-name() = $math-tokens]/*" priority="10" as="node()*">
    <xsl:apply-templates select=".//text()"/>
  </xsl:template>
  <xsl:template match="math:*[ancestor-or-self::math:math]/text()[normalize-space()][not(ancestor::math:*/local-name() = $math-tokens)]" priority="1" as="element(math:mtext)">
    <math:mtext>
      <xsl:next-match/>
    </math:mtext>
  </xsl:template>
  <xsl:template match="svg:*/*[not(self::svg:*)]" priority="9" as="empty-sequence()"/>

  <!-- SVG without what runs, loads or reaches out: shapes and words with their looks. -->
  <xsl:variable name="svg-names" as="xs:string+" select="tokenize('svg g path rect circle ellipse line polyline polygon text tspan title desc')"/>
  <xsl:variable name="svg-attributes" as="xs:string+" select="tokenize('viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry dx dy d points transform fill fill-opacity fill-rule stroke stroke-width stroke-opacity
    stroke-dasharray stroke-linecap stroke-linejoin opacity font-family font-size font-style font-weight text-anchor dominant-baseline rotate textLength pathLength')"/>

  <xsl:template match="svg:svg" mode="m:block" as="xs:boolean">
    <xsl:sequence select="false()"/>
  </xsl:template>
  <xsl:template match="svg:*[local-name() = $svg-names]" as="element()">
    <xsl:element name="{local-name()}" namespace="http://www.w3.org/2000/svg">
      <xsl:for-each select="@*[namespace-uri() = ''][local-name() = $svg-attributes][not(matches(., 'url|[:&lt;&gt;\\]', 'i'))]">
        <xsl:attribute name="{local-name()}" select="."/>
      </xsl:for-each>
      <xsl:if test="self::svg:svg">
        <xsl:attribute name="role" select="'img'"/>
        <xsl:attribute name="aria-label" select="(ancestor::figure[1]/figDesc ! f:plain(.), ancestor::figure[1]/head ! f:plain(.), normalize-space(svg:title), f:word('no-image'))[.][1]"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="svg:script | svg:style" as="node()*">
    <xsl:sequence select="f:trace(text())"/>
  </xsl:template>
  <xsl:template match="svg:*[not(self::svg:svg)][not(ancestor::svg:svg)]" priority="1" as="node()*">
    <xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="svg:*[not(local-name() = $svg-names)]" priority="-0.2" as="node()*">
    <xsl:apply-templates/>
  </xsl:template>
  <!-- Words stand in a picture only where it has words. -->
  <xsl:template match="svg:*/text()[not(ancestor::svg:text or parent::svg:title or parent::svg:desc)][ancestor::svg:svg]" priority="2" as="node()*">
    <xsl:sequence select="f:trace(.)"/>
  </xsl:template>
</xsl:stylesheet>
