<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- What is said of the text apart from it (Guidelines #SA, #AI, #CE, #SASOstdf): span, spanGrp, interp, interpGrp, link, linkGrp, join, joinGrp, alt, altGrp, timeline, when,
       certainty, precision, respons, annotationBlock, listAnnotation, annotation with its note, in the text or in standOff; and what else standOff holds. All is listed at the foot, by kinds, each
       with links to what it speaks of. -->

  <xsl:template match="spanGrp | span | interpGrp | interp | linkGrp | link | joinGrp | join | altGrp | alt | timeline | when | certainty | precision | respons
    | annotationBlock[not(u)]" as="empty-sequence()"/>

  <xsl:key name="apart" match="spanGrp[not(parent::annotationBlock | parent::spanGrp)] | span[not(parent::spanGrp)] | interpGrp | interp[not(parent::interpGrp)]" use="'interpretations'"/>
  <xsl:key name="apart" match="annotationBlock[not(u)]" use="'interpretations'"/>
  <xsl:key name="apart" match="linkGrp[not(parent::annotationBlock | parent::linkGrp)] | link[not(parent::linkGrp)]" use="'links'"/>
  <xsl:key name="apart" match="joinGrp | join[not(parent::joinGrp)]" use="'joins'"/>
  <xsl:key name="apart" match="altGrp | alt[not(parent::altGrp)]" use="'alternatives'"/>
  <xsl:key name="apart" match="timeline | when[not(parent::timeline)]" use="'timelines'"/>
  <xsl:key name="apart" match="certainty | precision | respons" use="'certainties'"/>
  <!-- What standOff holds that no other part of the page shows. -->
  <xsl:key name="apart" match="TEI/fsdDecl | standOff/*[not(f:is-of-index(.)) or not(self::listPerson or self::listPlace or self::listOrg or self::listEvent or self::listObject or self::listNym or self::listRelation)]
    [not(self::listBibl or self::listAnnotation or self::note or self::listApp or self::app or self::spanGrp or self::interpGrp or self::linkGrp or self::joinGrp or self::altGrp or self::timeline
    or self::certainty or self::precision or self::respons or self::standOff or self::span or self::interp or self::link or self::join or self::alt)]" use="'structures'"/>
  <xsl:key name="listed" match="interp[@xml:id] | span[@xml:id] | when[@xml:id] | link[@xml:id] | join[@xml:id] | certainty[@xml:id]" use="@xml:id"/>

  <xsl:variable name="apart-kinds" as="xs:string+" select="'interpretations', 'links', 'joins', 'alternatives', 'timelines', 'certainties', 'structures'"/>

  <xsl:template match="document-node()[//standOff | //annotationBlock | //spanGrp | //span | //interpGrp | //interp | //linkGrp | //link | //joinGrp | //join | //altGrp | //alt
    | //timeline | //when | //certainty | //precision | //respons | //fsdDecl]" mode="m:foot" priority="7" as="element(h:section)*">
    <xsl:variable name="kinds" as="xs:string*" select="$apart-kinds[exists(key('apart', ., $document))]"/>
    <xsl:if test="exists($kinds)">
      <section id="{f:own('stand-off')}" class="edited" aria-labelledby="{f:own('stand-off')}-heading">
        <xsl:sequence select="f:language($text-language, $spoken)"/>
        <h2 id="{f:own('stand-off')}-heading" data-by="edition">
          <xsl:value-of select="f:word('stand-off')"/>
        </h2>
        <xsl:for-each select="$kinds">
          <h3 data-by="edition">
            <xsl:value-of select="f:word(.)"/>
          </h3>
          <xsl:for-each-group select="key('apart', ., $document)" group-adjacent="if (f:is-group(.)) then generate-id(.) else ''">
            <xsl:apply-templates select="current-group()[f:is-group(.)]" mode="m:said-apart"/>
            <xsl:if test="current-grouping-key() = ''">
              <ul class="apart">
                <xsl:apply-templates select="current-group()" mode="m:said-apart"/>
              </ul>
            </xsl:if>
          </xsl:for-each-group>
        </xsl:for-each>
      </section>
    </xsl:if>
    <xsl:next-match/>
  </xsl:template>

  <!-- Whether something stands for itself in its section, and is no item of a list. -->
  <xsl:function name="f:is-group" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="not($element/(self::span | self::interp | self::link | self::join | self::alt | self::when | self::certainty | self::precision | self::respons))"/>
  </xsl:function>

  <!-- Annotations that stand in the text; those of standOff are the editors' (notes.xsl). -->
  <xsl:template match="listAnnotation[ancestor::text] | annotation[ancestor::text]" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:variable name="ends" as="node()*" select="f:spoken-of(.)"/>
      <xsl:if test="exists($ends)">
        <p class="annotation-target" data-by="edition">
          <xsl:sequence select="$ends"/>
        </p>
      </xsl:if>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
  <xsl:template match="annotation[ancestor::text]/note" priority="21" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="listAnnotation | annotation | annotation/note" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:mode name="m:said-apart" on-no-match="fail"/>
  <xsl:template match="*" mode="m:said-apart" as="element()*">
    <xsl:apply-templates select="." mode="m:html"/>
  </xsl:template>

  <xsl:template match="spanGrp | interpGrp | linkGrp | joinGrp | altGrp | timeline | annotationBlock" mode="m:said-apart" as="element(h:div)">
    <div>
      <xsl:sequence select="f:apart-attributes(.)"/>
      <xsl:if test="@type | @n | @mode">
        <p class="apart-kind" data-by="edition">
          <xsl:value-of select="translate((@type, @n, @mode)[1], '_', ' ')"/>
        </p>
      </xsl:if>
      <xsl:apply-templates select="head | desc | note"/>
      <xsl:apply-templates select="spanGrp | linkGrp" mode="m:said-apart"/>
      <xsl:variable name="items" as="element()*" select="span | interp | link | join | alt | when | ptr"/>
      <xsl:if test="exists($items)">
        <ul class="apart">
          <xsl:apply-templates select="$items" mode="m:said-apart"/>
        </ul>
      </xsl:if>
      <xsl:apply-templates select="* except (head | desc | note | spanGrp | linkGrp | $items)"/>
    </div>
  </xsl:template>

  <xsl:function name="f:apart-attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="exists($element[not(ancestor::text)]/@xml:id[f:is-usable(.)]/key('listed', ., $document))">
      <xsl:attribute name="id" select="$element/@xml:id"/>
    </xsl:if>
    <xsl:apply-templates select="$element" mode="m:attributes">
      <xsl:with-param name="class" select="local-name($element)"/>
    </xsl:apply-templates>
  </xsl:function>

  <!-- One statement: its words, or what it says by its attributes, then what it speaks of. -->
  <xsl:template match="span | interp | link | join | alt | when | ptr | certainty | precision | respons" mode="m:said-apart" as="element(h:li)">
    <li>
      <xsl:sequence select="f:apart-attributes(.)"/>
      <xsl:variable name="told" as="xs:string" select="f:told(.)"/>
      <xsl:sequence select="f:apart-words($told)[$told]"/>
      <xsl:apply-templates select="node()"/>
      <xsl:variable name="ends" as="node()*" select="f:spoken-of(.)"/>
      <xsl:if test="exists($ends)">
        <span class="ends" data-by="edition">
          <xsl:value-of select="': '[$told or current()[normalize-space()]]"/>
          <xsl:sequence select="$ends"/>
        </span>
      </xsl:if>
    </li>
  </xsl:template>

  <xsl:function name="f:apart-words" as="element(h:span)">
    <xsl:param name="words" as="xs:string"/>
    <span data-by="edition">
      <xsl:value-of select="$words"/>
    </span>
  </xsl:function>

  <!-- What a statement says by its attributes. -->
  <xsl:function name="f:told" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element" mode="m:told"/>
  </xsl:function>

  <xsl:mode name="m:told" on-no-match="fail"/>
  <xsl:template match="*" mode="m:told" as="xs:string">
    <xsl:sequence select="if (normalize-space()) then '' else string-join((@type, @result, @ana ! f:ana-words(.)) ! translate(., '_', ' '), ', ')"/>
  </xsl:template>
  <!-- "low certainty of the name: placeName", "precision of notAfter: low", "answerable for the name, location: prf01". -->
  <xsl:template match="certainty" mode="m:told" as="xs:string">
    <xsl:sequence select="f:word('certainty-of', (f:sides(@locus | @match), string-join((@cert ! f:word(.), @degree), ', '))) || @assertedValue ! (' (' || . || ')') || ' '[current()/desc]"/>
  </xsl:template>
  <xsl:template match="precision" mode="m:told" as="xs:string">
    <xsl:sequence select="f:word('precision-of', (f:sides(@locus | @match), string-join((@precision ! f:word(.), @degree, @stdDeviation), ', '))) || ' '[current()/desc]"/>
  </xsl:template>
  <xsl:template match="respons" mode="m:told" as="xs:string">
    <xsl:sequence select="f:word('respons-for', (f:sides(@locus | @match), string-join(tokenize(@resp) ! f:answerable(., current()), ', '))) || ' '[current()/desc]"/>
  </xsl:template>
  <xsl:template match="when" mode="m:told" as="xs:string">
    <xsl:sequence select="string-join((@absolute, @interval ! ('+' || . || (' ' || (current()/@unit, current()/../@unit)[1]))), ' ')"/>
  </xsl:template>

  <xsl:function name="f:sides" as="xs:string">
    <xsl:param name="attributes" as="attribute()*"/>
    <xsl:sequence select="string-join($attributes ! tokenize(.) ! replace(., '^\.?/*@', ''), ', ')"/>
  </xsl:function>

  <!-- Who is answerable: the name in the respStmt or item that is pointed to. -->
  <xsl:function name="f:answerable" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="context" as="node()"/>
    <xsl:variable name="target" as="element()?" select="key('id', substring-after($pointer, '#'), root($context))[1]"/>
    <xsl:sequence select="(f:plain(($target/(name | persName | orgName), $target)[1])[.], replace($pointer, '^.*#', ''))[1]"/>
  </xsl:function>

  <!-- The interpretations or features that @ana points to, in few words. -->
  <xsl:function name="f:ana-words" as="xs:string">
    <xsl:param name="ana" as="attribute()"/>
    <xsl:sequence select="string-join(tokenize($ana) ! (key('id', substring-after(., '#'), root($ana))[1] ! (f:plain(self::interp)[.],
      string-join(self::fs/f ! (@name || ' ' || string-join((.//@value, f:plain(.)[.]), ' ')), ', ')[.]), .)[1], '; ')"/>
  </xsl:function>

  <!-- Links to what a statement speaks of: a stretch by its two ends, weights behind alternatives. -->
  <xsl:function name="f:spoken-of" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="pointers" as="xs:string*" select="if ($element/self::when) then $element/@since else ($element/@from, $element/@to, tokenize($element/@target), tokenize($element/@inst))"/>
    <xsl:variable name="mark" as="xs:string" select="if ($element/@from) then '–' else if ($element/(self::link | self::alt)) then ' ~ ' else ', '"/>
    <xsl:variable name="weights" as="xs:string*" select="tokenize($element/@weights)"/>
    <xsl:for-each select="$pointers">
      <xsl:variable name="n" as="xs:integer" select="position()"/>
      <xsl:if test="$n gt 1">
        <xsl:value-of select="$mark"/>
      </xsl:if>
      <xsl:call-template name="link">
        <xsl:with-param name="href" select="f:href(., $element)"/>
        <xsl:with-param name="words" select="f:end-words(., $element)"/>
      </xsl:call-template>
      <xsl:value-of select="$weights[$n] ! (' (' || . || ')')"/>
    </xsl:for-each>
  </xsl:function>

  <!-- What is pointed to: its first words, else its id. -->
  <xsl:function name="f:end-words" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="context" as="element()"/>
    <xsl:variable name="target" as="element()?" select="$pointer[starts-with(., '#')] ! key('id', substring(., 2), root($context))[1]"/>
    <xsl:variable name="words" as="xs:string*" select="$target[ancestor::text or self::interp or self::span] ! tokenize(f:plain(.))"/>
    <xsl:sequence select="if (exists($words)) then f:quoted(string-join($words[position() le 6], ' ') || ' …'[count($words) gt 6]) else replace($pointer, '^#', '')"/>
  </xsl:function>
</xsl:stylesheet>
