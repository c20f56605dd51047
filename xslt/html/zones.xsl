<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns:s="http://www.w3.org/2000/svg" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Areas of a surface (Guidelines #PHFAX, #PHZLAB; att.coordinated): each zone that has coordinates is drawn, over the image where that is shown, else on an
       empty surface of the same proportions. It leads to what it shows of the text (@facs there; @start, @corresp), and that leads to it: p, ab, l,
       head, seg, s, w, lb, figure. -->

  <!-- A number, as coordinates are written. -->
  <xsl:function name="f:coordinate" as="xs:decimal?">
    <xsl:param name="value" as="attribute()?"/>
    <xsl:sequence select="$value[matches(., '^\s*-?[0-9]{1,7}(\.[0-9]{1,9})?\s*$')] ! xs:decimal(normalize-space(.))"/>
  </xsl:function>

  <!-- The points of an outline, "x,y x,y …": three at least. -->
  <xsl:function name="f:outline" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@points/normalize-space()[matches(., '^(-?[0-9]{1,7}(\.[0-9]{1,9})?,-?[0-9]{1,7}(\.[0-9]{1,9})?( |$)){3,}$')]"/>
  </xsl:function>

  <!-- Left, top, right and bottom of a surface or an area; empty where they are not given, or enclose nothing. -->
  <xsl:function name="f:box" as="xs:decimal*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="corners" as="xs:decimal*" select="$element/(@ulx, @uly, @lrx, @lry) ! f:coordinate(.)"/>
    <xsl:variable name="outline" as="xs:decimal*" select="f:outline($element) ! tokenize(., '[ ,]') ! xs:decimal(.)"/>
    <xsl:variable name="across" as="xs:decimal*" select="$outline[position() mod 2 = 1]"/>
    <xsl:variable name="down" as="xs:decimal*" select="$outline[position() mod 2 = 0]"/>
    <xsl:variable name="box" as="xs:decimal*" select="if (exists($outline)) then (min($across), min($down), max($across), max($down)) else $corners[count($corners) = 4]"/>
    <xsl:sequence select="$box[$box[3] gt $box[1] and $box[4] gt $box[2]]"/>
  </xsl:function>

  <xsl:function name="f:is-drawn" as="xs:boolean">
    <xsl:param name="zone" as="element()"/>
    <xsl:sequence select="exists($zone/self::zone[ancestor::surface]) and exists(f:box($zone))"/>
  </xsl:function>

  <!-- Whether there are words in an area, or anything else that is read or led to. -->
  <xsl:function name="f:is-written" as="xs:boolean">
    <xsl:param name="zone" as="element(zone)"/>
    <xsl:sequence select="exists($zone/(text()[normalize-space()] | (* except (desc | zone)) | desc[normalize-space()] | zone[f:is-written(.) or @xml:id and not(f:is-drawn(.))]))"/>
  </xsl:function>

  <xsl:function name="f:zones" as="element(zone)*">
    <xsl:param name="surface" as="element(surface)"/>
    <xsl:sequence select="$surface/descendant::zone[f:is-drawn(.)][ancestor::surface[1] is $surface]"/>
  </xsl:function>

  <!-- The extent that coordinates are within: that of the surface, else that of its image in pixels. -->
  <xsl:function name="f:extent" as="xs:decimal*">
    <xsl:param name="surface" as="element(surface)"/>
    <xsl:variable name="size" as="xs:decimal*" select="$surface/graphic[1]/(@width, @height)[matches(., '^[0-9]{1,6}(px)?$')] ! xs:decimal(replace(., 'px', ''))"/>
    <xsl:variable name="own" as="xs:decimal*" select="f:box($surface)"/>
    <xsl:sequence select="if (exists($own)) then $own else (0, 0, $size)[count($size) = 2][min($size) gt 0]"/>
  </xsl:function>

  <!-- The picture that areas are drawn upon: one that is shown, and whose extent is known. -->
  <xsl:function name="f:ground" as="xs:string?">
    <xsl:param name="surface" as="element(surface)"/>
    <xsl:sequence select="$surface/graphic[1][exists(f:extent($surface))] ! f:picture-file(@url)"/>
  </xsl:function>

  <xsl:function name="f:is-drawn-upon" as="xs:boolean">
    <xsl:param name="graphic" as="element()"/>
    <xsl:sequence select="exists($graphic/parent::surface[$graphic is graphic[1]][f:zones(.)] ! f:ground(.))"/>
  </xsl:function>

  <xsl:function name="f:drawn" as="element(h:figure)?">
    <xsl:param name="surface" as="element(surface)"/>
    <xsl:variable name="zones" as="element(zone)*" select="f:zones($surface)"/>
    <xsl:if test="exists($zones)">
      <xsl:variable name="ground" as="xs:string?" select="f:ground($surface)"/>
      <xsl:variable name="boxes" as="xs:decimal*" select="$zones ! f:box(.)"/>
      <xsl:variable name="extent" as="xs:decimal*" select="(f:extent($surface), (min((0, $boxes[position() mod 4 = 1])), min((0, $boxes[position() mod 4 = 2])),
        max($boxes[position() mod 4 = 3]) + max((0, min($boxes[position() mod 4 = 1]))), max($boxes[position() mod 4 = 0]) + max((0, min($boxes[position() mod 4 = 2])))))[position() le 4]"/>
      <xsl:variable name="name" as="xs:string" select="f:word('image-of', (f:surface-name($surface) ! string(), $surface/label ! f:plain(.), f:word('this-page'))[normalize-space()][1])"/>
      <figure class="{'drawn', 'upon'[$ground]}" data-by="edition">
        <xsl:if test="$ground">
          <img src="{$ground}" alt="{normalize-space($name)}">
            <xsl:apply-templates select="$surface/graphic[1]" mode="m:attributes"/>
          </img>
        </xsl:if>
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="{$extent[1], $extent[2], $extent[3] - $extent[1], $extent[4] - $extent[2]}">
          <xsl:if test="$ground">
            <xsl:attribute name="preserveAspectRatio" select="'none'"/>
          </xsl:if>
          <xsl:for-each select="$zones">
            <xsl:call-template name="area">
              <xsl:with-param name="number" select="position()"/>
            </xsl:call-template>
          </xsl:for-each>
        </svg>
      </figure>
    </xsl:if>
  </xsl:function>

  <!-- An area, and the way from it to what it shows: its own words, else the text. -->
  <xsl:template name="area" as="element()">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="href" as="xs:string?" select="(.[f:is-written(.)] ! f:id(.) ! ('#' || .), f:shown-by(.))[1]"/>
    <xsl:variable name="title" as="xs:string" select="f:area-name(., $number)"/>
    <xsl:choose>
      <xsl:when test="$href">
        <a xmlns="http://www.w3.org/2000/svg" href="{$href}" aria-label="{$title}">
          <xsl:call-template name="shape">
            <xsl:with-param name="title" select="$title"/>
          </xsl:call-template>
        </a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="shape">
          <xsl:with-param name="title" select="$title"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="shape" as="element()">
    <xsl:param name="title" as="xs:string"/>
    <xsl:variable name="box" as="xs:decimal+" select="f:box(.)"/>
    <xsl:variable name="outline" as="xs:string?" select="f:outline(.)"/>
    <xsl:variable name="turned" as="xs:decimal?" select="f:coordinate(@rotate)[. ne 0]"/>
    <xsl:element name="{if ($outline) then 'polygon' else 'rect'}" namespace="http://www.w3.org/2000/svg">
      <xsl:if test="not(f:is-written(.))">
        <xsl:apply-templates select="." mode="m:attributes"/>
      </xsl:if>
      <xsl:attribute name="class" select="'area'"/>
      <xsl:attribute name="vector-effect" select="'non-scaling-stroke'"/>
      <xsl:choose>
        <xsl:when test="$outline">
          <xsl:attribute name="points" select="$outline"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:attribute name="x" select="$box[1]"/>
          <xsl:attribute name="y" select="$box[2]"/>
          <xsl:attribute name="width" select="$box[3] - $box[1]"/>
          <xsl:attribute name="height" select="$box[4] - $box[2]"/>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="$turned">
        <xsl:attribute name="transform" select="'rotate(' || string-join(($turned, ($box[1] + $box[3]) div 2, ($box[2] + $box[4]) div 2) ! string(), ' ') || ')'"/>
      </xsl:if>
      <title xmlns="http://www.w3.org/2000/svg">
        <xsl:value-of select="$title"/>
      </title>
    </xsl:element>
  </xsl:template>

  <!-- "Area 3: heading, “In the beginning …”". -->
  <xsl:function name="f:area-name" as="xs:string">
    <xsl:param name="zone" as="element(zone)"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="shown" as="element()?" select="f:shown-elements($zone)[1]"/>
    <xsl:variable name="words" as="xs:string?" select="($zone, $shown) ! f:plain(if (self::lb) then f:line(.) else .)[.] => head()"/>
    <xsl:variable name="said" as="xs:string*" select="f:readable-value('zone', $zone/@type),
      $words ! f:quoted(if (string-length(.) gt 60) then replace(substring(., 1, 60), '\s+\S*$', '') || ' …' else .)"/>
    <xsl:sequence select="string-join((f:word('area', ($zone/@n, string($number))[1]), string-join($said, ', ')[.]), ': ')"/>
  </xsl:function>

  <!-- What stands in the line that begins somewhere, as far as it stands beside its beginning. -->
  <xsl:function name="f:line" as="node()*">
    <xsl:param name="beginning" as="element()"/>
    <xsl:variable name="following" as="node()*" select="$beginning/following-sibling::node()[position() le 20]"/>
    <xsl:variable name="next" as="element()?" select="$following[self::lb or self::pb or self::cb][1]"/>
    <xsl:sequence select="$following[not($next) or . &lt;&lt; $next]"/>
  </xsl:function>

  <!-- What an area shows: what of the text says so, then what the area itself points to. -->
  <xsl:function name="f:shown-elements" as="element()*">
    <xsl:param name="zone" as="element(zone)"/>
    <xsl:sequence select="$zone/@xml:id[f:is-usable(.)]/key('shows', ., root($zone))"/>
    <xsl:sequence select="($zone/@start, $zone/@corresp) ! tokenize(.)[starts-with(., '#')] ! key('id', substring(., 2), root($zone))[ancestor::text]"/>
  </xsl:function>

  <xsl:function name="f:shown-by" as="xs:string?">
    <xsl:param name="zone" as="element(zone)"/>
    <xsl:sequence select="(f:shown-elements($zone) ! (f:id(.), f:area-mark-id(.) ! string())[1] ! ('#' || .),
      ($zone/@start, $zone/@corresp) ! tokenize(.) ! f:href(., $zone))[1]"/>
  </xsl:function>

  <!-- The area of an element of the text. -->
  <xsl:function name="f:area" as="element(zone)?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="(tokenize($element/@facs)[starts-with(., '#')] ! key('id', substring(., 2), root($element))[1][self::zone][@xml:id/f:is-usable(.)][f:is-drawn(.)])[1]"/>
  </xsl:function>

  <!-- Whether an element of the text gets a way to its area: by the template below, or as a break with its image. -->
  <xsl:function name="f:is-marked" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="namespace-uri($element) = 'http://www.tei-c.org/ns/1.0' and local-name($element) = ('p', 'ab', 'l', 'head', 'seg', 's', 'w', 'lb', 'figure', 'pb', 'cb', 'gb', 'milestone')"/>
  </xsl:function>

  <!-- The id of the mark that stands for the first element that an area shows, where that element has none itself. -->
  <xsl:function name="f:area-mark-id" as="attribute(id)?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="area" as="element(zone)?" select="$element[f:is-marked(.)][not(f:id(.))] ! f:area(.)"/>
    <xsl:if test="$area[key('shows', @xml:id, root($element))[f:is-marked(.)][1] is $element]">
      <xsl:attribute name="id" select="f:free('at-' || $area/@xml:id)"/>
    </xsl:if>
  </xsl:function>

  <!-- The way to the area: at the end of a block, before the caption that ends a figure, behind what runs on in a line. -->
  <xsl:template match="(p | ab | l | head | seg | s | w | lb | figure)[@facs][f:area(.)]" as="node()*" priority="6">
    <xsl:variable name="made" as="node()*">
      <xsl:next-match/>
    </xsl:variable>
    <xsl:variable name="mark" as="element(h:a)">
      <xsl:variable name="label" as="xs:string" select="f:word('image-of', f:word('this-passage'))"/>
      <a class="facs area-mark" href="#{f:area(.)/@xml:id}" aria-label="{$label}" title="{$label}" data-by="edition">
        <xsl:sequence select="f:area-mark-id(.)"/>
        <xsl:value-of select="f:word('area-mark')"/>
      </a>
    </xsl:variable>
    <xsl:variable name="block" as="element()?" select="$made[self::*][last()][f:is-block-element(.)]"/>
    <xsl:for-each select="$made">
      <xsl:choose>
        <xsl:when test=". is $block">
          <xsl:copy copy-namespaces="no">
            <xsl:variable name="caption" as="element(h:figcaption)?" select="self::h:figure/*[last()][self::h:figcaption]"/>
            <xsl:copy-of select="@*, node() except $caption, $mark, $caption" copy-namespaces="no"/>
          </xsl:copy>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="."/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:if test="not($block)">
      <xsl:sequence select="$mark"/>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:is-block-element" as="xs:boolean">
    <xsl:param name="made" as="element()"/>
    <xsl:sequence select="local-name($made) = ('p', 'div', 'li', 'td', 'th', 'dd', 'h2', 'h3', 'h4', 'h5', 'h6', 'figure', 'figcaption')"/>
  </xsl:function>
</xsl:stylesheet>
