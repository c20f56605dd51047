<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Pages of the source (Guidelines #PHFAX, #PHZLAB): facsimile, a list of its images; sourceDoc, a transcription page by page; their surfaceGrp, surface,
       zone, line, path, graphic, media, label, desc; and pb, cb, gb, milestone, which lead to the image of their page by @facs. Nothing is loaded: an image is
       given by its address. The areas of a surface are drawn (zones.xsl). -->

  <xsl:template match="facsimile | sourceDoc | surfaceGrp | surface | line | zone[not(ancestor::line)]" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="facsimile | sourceDoc" as="element(h:section)">
    <xsl:variable name="id" as="xs:string" select="f:pages-id(.)"/>
    <section>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'edited', local-name()"/>
      </xsl:apply-templates>
      <xsl:attribute name="id" select="$id"/>
      <xsl:attribute name="aria-labelledby" select="$id || '-heading'"/>
      <h2 id="{$id}-heading" data-by="edition">
        <xsl:value-of select="f:pages-words(.)"/>
      </h2>
      <xsl:for-each-group select="*" group-adjacent="exists(parent::facsimile) and exists((self::surface | self::surfaceGrp | self::graphic | self::media | self::binaryObject))">
        <xsl:sequence select="f:pages(current-group(), current-grouping-key())"/>
      </xsl:for-each-group>
    </section>
  </xsl:template>

  <!-- How many facsimiles and transcriptions of the document begin up to here, by name, and how many pages of each, by its identifier. -->
  <xsl:accumulator name="a:pages" as="map(xs:string, xs:integer)" initial-value="map { }">
    <xsl:accumulator-rule match="facsimile | sourceDoc" select="map:put($value, local-name(), ($value(local-name()), 0)[1] + 1)"/>
    <xsl:accumulator-rule match="surface | facsimile/graphic" select="map:put($value, generate-id(..), ($value(generate-id(..)), 0)[1] + 1)"/>
  </xsl:accumulator>

  <!-- The second and further ones of a document are numbered. -->
  <xsl:function name="f:pages-number" as="xs:string?">
    <xsl:param name="pages" as="element()"/>
    <xsl:sequence select="$pages/accumulator-before('a:pages')(local-name($pages))[. gt 1] ! string()"/>
  </xsl:function>
  <xsl:function name="f:pages-id" as="xs:string">
    <xsl:param name="pages" as="element()"/>
    <xsl:sequence select="f:own(string-join((local-name($pages), f:pages-number($pages)), '-'))"/>
  </xsl:function>
  <xsl:function name="f:pages-words" as="xs:string">
    <xsl:param name="pages" as="element()"/>
    <xsl:sequence select="string-join((f:word(local-name($pages)), f:pages-number($pages)), ' ')"/>
  </xsl:function>

  <xsl:template match="facsimile | sourceDoc" mode="m:contents" as="element(h:li)">
    <li>
      <a href="#{f:pages-id(.)}">
        <xsl:value-of select="f:pages-words(.)"/>
      </a>
    </li>
  </xsl:template>

  <xsl:function name="f:pages" as="node()*">
    <xsl:param name="pages" as="element()+"/>
    <xsl:param name="listed" as="xs:boolean"/>
    <xsl:choose>
      <xsl:when test="$listed">
        <ol class="surfaces">
          <xsl:for-each select="$pages">
            <li>
              <xsl:apply-templates select="."/>
            </li>
          </xsl:for-each>
        </ol>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="$pages"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Leaves, gatherings and the like. -->
  <xsl:template match="surfaceGrp" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:if test="@n or @type">
        <p class="surface-name" data-by="edition">
          <xsl:value-of select="(@n, @type)[1] ! translate(., '_', ' ')"/>
        </p>
      </xsl:if>
      <xsl:if test="*">
        <xsl:sequence select="f:pages(*, exists(ancestor::facsimile))"/>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="surface" as="element()">
    <xsl:variable name="heading" as="xs:boolean" select="exists(ancestor::sourceDoc) and empty(ancestor::surface)"/>
    <xsl:element name="{if ($heading) then 'section' else 'div'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name(), 'patch'[current()/ancestor::surface]"/>
      </xsl:apply-templates>
      <xsl:element name="{if ($heading) then 'h3' else 'p'}">
        <xsl:attribute name="class" select="'surface-name'"/>
        <xsl:sequence select="f:surface-name(.)"/>
        <xsl:apply-templates select="label"/>
      </xsl:element>
      <xsl:sequence select="@facs ! tokenize(.)[not(starts-with(., '#'))] ! f:image(., current())"/>
      <xsl:sequence select="f:pages-shown(.), f:drawn(.)"/>
      <xsl:apply-templates select="node() except label"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="surface/desc" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>
  <xsl:template match="surface/desc" as="element()" priority="2">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- "Page 3r", by its own number or label, else counted; a piece that is fixed to a page says so. -->
  <xsl:function name="f:surface-name" as="element(h:span)?">
    <xsl:param name="surface" as="element(surface)"/>
    <xsl:if test="$surface/@n or not($surface/label)">
      <xsl:variable name="number" as="xs:string" select="string(($surface/@n, $surface/accumulator-before('a:pages')(generate-id($surface/..)))[1])"/>
      <xsl:sequence select="f:sign(if ($surface/ancestor::surface) then string-join((f:word('surface-attached'), ($surface/@attachment, $surface/@n)), ', ')
        else f:word('surface', $number) || ' '[$surface/label])"/>
    </xsl:if>
  </xsl:function>

  <!-- What of the text a surface or an area shows, and the pages of it. -->
  <xsl:key name="shows" match="*[@facs][ancestor::text]" use="tokenize(@facs)[starts-with(., '#')] ! substring(., 2)"/>
  <xsl:function name="f:pages-shown" as="element(h:p)?">
    <xsl:param name="surface" as="element(surface)"/>
    <xsl:variable name="pages" as="element()*" select="key('shows', $surface/@xml:id, root($surface))[self::pb or self::cb or self::gb or self::milestone][f:id(.)]"/>
    <xsl:if test="exists($pages)">
      <p class="shows" data-by="edition">
        <xsl:for-each select="$pages">
          <xsl:if test="position() gt 1">, </xsl:if>
          <a href="#{f:id(.)}">
            <xsl:value-of select="f:word('shown-in-text') || (@n ! (', ' || f:word('page', .)))"/>
          </a>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:function>

  <xsl:template match="surface/graphic | surface/media | facsimile/graphic | facsimile/media | sourceDoc/graphic | sourceDoc/media | zone/graphic | zone/media" as="node()+" priority="3">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'graphic'"/>
      </xsl:apply-templates>
      <xsl:sequence select="@url ! f:image(., ..)"/>
      <xsl:sequence select="desc[1] ! f:sign(' ')"/>
      <xsl:apply-templates/>
    </xsl:element>
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="surface/graphic[f:is-drawn-upon(.)]" as="node()*" priority="4">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- An image by its address: a link where it is on the web. -->
  <xsl:function name="f:image" as="element(h:span)">
    <xsl:param name="address" as="xs:string"/>
    <xsl:param name="context" as="element()"/>
    <xsl:variable name="base" as="xs:string?" select="($context/ancestor-or-self::*/@xml:base[matches(., '^https?://')])[last()]"/>
    <xsl:variable name="whole" as="xs:string" select="if ($base and not(matches($address, '^([a-zA-Z][\w+.\-]*:|/)'))) then replace($base, '[^/]+$', '') || $address else normalize-space($address)"/>
    <span class="image" data-by="edition">
      <xsl:call-template name="link">
        <xsl:with-param name="href" select="$whole[not(starts-with(., '#'))] ! f:href(., $context)"/>
        <xsl:with-param name="words" select="f:word('image-at', if (starts-with($whole, 'data:')) then replace($whole, ',.*$', ', …', 's') else $whole)"/>
      </xsl:call-template>
    </span>
  </xsl:function>

  <!-- An area: a block of lines, or within a line a piece of it; one that only marks a part of the image is a place that pointers lead to. -->
  <xsl:template match="zone" as="element()?">
    <xsl:if test="f:is-written(.) or not(f:is-drawn(.)) and (node() or @xml:id)">
      <xsl:element name="{if (not(node())) then 'span' else if (ancestor::line) then f:tag(., 'span') else 'div'}">
        <xsl:apply-templates select="." mode="m:attributes">
          <xsl:with-param name="class" select="local-name(), @type[matches(., '^[\w\-]+$')]"/>
        </xsl:apply-templates>
        <xsl:variable name="about" as="xs:string*" select="f:readable-value('zone', @type), @rotate[. != '0'] ! f:word('zone-rotated', .)"/>
        <xsl:if test="exists($about) and node()">
          <xsl:attribute name="title" select="$about" separator="; "/>
        </xsl:if>
        <xsl:apply-templates/>
      </xsl:element>
    </xsl:if>
  </xsl:template>

  <xsl:template match="line" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="path" as="element(h:span)">
    <xsl:call-template name="mark">
      <xsl:with-param name="words" select="f:word('path')"/>
      <xsl:with-param name="title" select="@points ! string()"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The mark of a page, and behind it the way to its image. -->
  <xsl:template match="pb[@facs] | cb[@facs] | gb[@facs] | milestone[@facs]" as="node()+" priority="3">
    <xsl:next-match/>
    <xsl:variable name="href" as="xs:string?" select="(tokenize(@facs) ! f:image-address(., current()))[1]"/>
    <xsl:if test="$href">
      <xsl:variable name="label" as="xs:string" select="f:word('image-of', (@n ! f:word('page', .), f:word('this-page'))[1])"/>
      <a class="facs" href="{$href}" aria-label="{$label}" title="{$label}" data-by="edition">
        <xsl:sequence select="f:area-mark-id(.)"/>
        <xsl:value-of select="f:word('image-mark')"/>
      </a>
    </xsl:if>
  </xsl:template>

  <!-- The entry of an image, or its address on the web. -->
  <xsl:function name="f:image-address" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="context" as="element()"/>
    <xsl:variable name="target" as="element()?" select="key('id', substring-after($pointer, '#'), root($context))[1]"/>
    <xsl:sequence select="f:href($pointer, $context)[not(starts-with($pointer, '#')) or $target/ancestor::facsimile or $target/ancestor::sourceDoc]"/>
  </xsl:function>
</xsl:stylesheet>
