<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The bibliography: biblStruct, biblFull, bibl, msDesc outside of the text, citedRange (Guidelines #COBI). Each work with the references that cite it, the quotations from it and where it is named. -->

  <xsl:variable name="works" as="element()*" select="//(standOff | sourceDesc)//(biblStruct | biblFull | bibl | msDesc[f:is-used(.)])[@xml:id]"/>

  <xsl:key name="citing" match="text//bibl[@corresp]" use="tokenize(@corresp)[starts-with(., '#')] ! substring(., 2)"/>
  <xsl:key name="quoting" match="text//quote[@source]" use="tokenize(@source)[starts-with(., '#')] ! substring(., 2)"/>

  <!-- Whether the text points to a record; a manuscript that it does not name is described in the header alone. -->
  <xsl:function name="f:is-used" as="xs:boolean">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="exists(('citing', 'quoting', 'mentions') ! key(., $record/@xml:id, root($record)))"/>
  </xsl:function>

  <!-- The section of all of them, made at the first. -->
  <xsl:mode name="m:works" on-no-match="fail"/>
  <xsl:template match="(biblStruct | biblFull | bibl | msDesc)[@xml:id]" mode="m:works" as="element(h:section)">
    <section id="{f:own('bibliography')}" aria-labelledby="{f:own('bibliography')}-heading" data-by="edition">
      <h2 id="{f:own('bibliography')}-heading">
        <xsl:value-of select="f:word('bibliography')"/>
      </h2>
      <p>
        <xsl:value-of select="f:word('bibliography-intro')"/>
      </p>
      <xsl:apply-templates select="$works/parent::listBibl ! (head | desc)" mode="m:html"/>
      <ul class="bibliography">
        <xsl:apply-templates select="$works" mode="m:bibliography">
          <xsl:sort select="f:filing-words(.)[1]"/>
          <xsl:sort select="f:filing-words(.)[2]"/>
        </xsl:apply-templates>
      </ul>
    </section>
  </xsl:template>

  <xsl:template match="*" mode="m:bibliography" as="element(h:li)">
    <xsl:variable name="words" as="node()*">
      <xsl:apply-templates select="." mode="m:entry"/>
    </xsl:variable>
    <li id="{@xml:id}" class="work">
      <xsl:element name="{f:entry-tag(.)}">
        <xsl:attribute name="class" select="'entry'"/>
        <xsl:sequence select="$words"/>
        <xsl:sequence select="f:annotation-links(.)"/>
        <xsl:sequence select="f:trace(f:own-texts(.)[f:is-said(., $words)])"/>
      </xsl:element>
      <xsl:apply-templates select="note[not(@type = ('source', 'comment'))]" mode="m:record"/>
      <dl>
        <xsl:sequence select="f:field('other-name', f:separated(f:own-texts(.)[not(f:is-said(., $words))]/.., '; '))"/>
        <xsl:sequence select="f:field('cited', f:citing-links(.))"/>
        <xsl:sequence select="f:field('quoted-at', f:mention-links(key('quoting', @xml:id)))"/>
        <xsl:sequence select="f:field('named', f:mention-links(f:naming(.)))"/>
        <xsl:apply-templates select="note[@type = 'comment']" mode="m:record"/>
        <xsl:sequence select="f:field('identifiers', (f:identifiers(.), (monogr | analytic) ! f:identifiers(.)))"/>
        <xsl:sequence select="f:field('sources', f:separated(note[@type = 'source'], '; '))"/>
      </dl>
    </li>
  </xsl:template>

  <!-- The texts of a record that the model says in a sentence; its notes and identifiers have a line of their own. -->
  <xsl:function name="f:own-texts" as="text()*">
    <xsl:param name="work" as="element()"/>
    <xsl:variable name="modelled" as="element(r:work)?">
      <xsl:apply-templates select="$work" mode="m:modelled"/>
    </xsl:variable>
    <xsl:sequence select="$work[$modelled]//text()[normalize-space()][not(ancestor::note | ancestor::idno | ancestor::relatedItem)]"/>
  </xsl:function>

  <!-- Whether a text stands in some words, its own in their order, however they are pointed. -->
  <xsl:function name="f:is-said" as="xs:boolean">
    <xsl:param name="text" as="text()"/>
    <xsl:param name="words" as="node()*"/>
    <xsl:sequence select="contains(f:folded(string-join($words)), f:folded($text))"/>
  </xsl:function>

  <xsl:function name="f:folded" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="' ' || normalize-space(lower-case(replace($words, '[^\p{L}\p{N}]+', ' '))) || ' '"/>
  </xsl:function>

  <!-- A record taken as it stands may hold paragraphs. -->
  <xsl:function name="f:entry-tag" as="xs:string">
    <xsl:param name="work" as="element()"/>
    <xsl:sequence select="if ($work/self::biblStruct) then 'p' else f:tag($work, 'p')"/>
  </xsl:function>

  <!-- The places that name a work, but those in a note that cites it. -->
  <xsl:function name="f:naming" as="element()*">
    <xsl:param name="work" as="element()"/>
    <xsl:variable name="citing" as="element(note)*" select="key('citing', $work/@xml:id, root($work))/ancestor::note[1]"/>
    <xsl:sequence select="key('mentions', $work/@xml:id, root($work))[not(ancestor::note[1] intersect $citing)]"/>
  </xsl:function>

  <!-- The references that cite a work, each with the pages it cites. -->
  <xsl:function name="f:citing-links" as="node()*">
    <xsl:param name="work" as="element()"/>
    <xsl:for-each-group select="key('citing', $work/@xml:id, root($work))[ancestor::note]" group-by="f:note-kind(ancestor::note[1])">
      <xsl:variable name="notes" as="element(note)*" select="current-group()/ancestor::note[1]"/>
      <xsl:value-of select="(if (position() gt 1) then '; ' else '') || f:word('at-' || current-grouping-key() || (if (count($notes) gt 1) then 's' else '')) || ' '"/>
      <xsl:for-each-group select="current-group()" group-by="ancestor::note[1]/f:id(.)">
        <xsl:variable name="pages" as="xs:string*" select="f:ranges(current-group()/citedRange)"/>
        <span class="at">
          <a href="#{current-grouping-key()}">
            <xsl:value-of select="f:note-label(ancestor::note[1]), ('(' || string-join($pages, ', ') || ')')[exists($pages)]"/>
          </a>
          <xsl:value-of select="if (position() != last()) then ',' else ''"/>
        </span>
        <xsl:text> </xsl:text>
      </xsl:for-each-group>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Some cited ranges: "pp. 46–48, 50"; those of other units one by one. -->
  <xsl:function name="f:ranges" as="xs:string*">
    <xsl:param name="ranges" as="element()*"/>
    <xsl:variable name="pages" as="element(r:pages)*">
      <xsl:apply-templates select="$ranges[c:unit(.) = 'pages' or not(@unit)]" mode="m:range"/>
    </xsl:variable>
    <xsl:sequence select="c:pages($pages), $ranges[not(c:unit(.) = 'pages' or not(@unit))] ! f:range(.)"/>
  </xsl:function>

  <!-- "p. 19", "pp. 22–23": a cited range; as the text has it where it has no numbers. -->
  <xsl:function name="f:range" as="xs:string">
    <xsl:param name="range" as="element()"/>
    <xsl:variable name="unit" as="xs:string" select="($range/@unit, 'page')[1]"/>
    <xsl:variable name="one" as="xs:boolean" select="not($range/@to) or $range/@from = $range/@to"/>
    <xsl:variable name="key" as="xs:string" select="if ($one) then $unit else $unit || 's'"/>
    <xsl:sequence select="if ($range/@from and f:has-word($key))
      then f:word($key, if ($one) then $range/@from else $range/@from || '–' || $range/@to) else f:plain($range)"/>
  </xsl:function>

  <!-- The short form of a work: “title” of a part, title in italics and volume of a whole; with its makers' names before it. -->
  <xsl:function name="f:work-short" as="node()*">
    <xsl:param name="work" as="element()"/>
    <xsl:param name="with-makers" as="xs:boolean"/>
    <xsl:variable name="makers" as="xs:string" select="f:work-makers-short($work)"/>
    <xsl:if test="$with-makers and $makers">
      <xsl:value-of select="$makers || ', '"/>
    </xsl:if>
    <xsl:sequence select="f:title(f:work-title($work), $work)"/>
    <xsl:if test="not($work/analytic)">
      <xsl:value-of select="$work/monogr//biblScope[@unit = ('volume', 'issue')] ! (', ' || f:range(.))" separator=""/>
    </xsl:if>
  </xsl:function>

  <!-- A title as it is set: in quotation marks the title of a part, in italics that of a whole. -->
  <xsl:function name="f:title" as="node()+">
    <xsl:param name="title" as="element()?"/>
    <xsl:param name="work" as="element()"/>
    <xsl:variable name="words" as="xs:string" select="(f:plain($title)[.], normalize-space($work)[.], f:word('no-title'))[1]"/>
    <xsl:variable name="is-part" as="xs:boolean" select="$title/@level = ('a', 'u') or exists($title/parent::analytic)"/>
    <xsl:value-of select="$quotation-marks[1][$is-part]"/>
    <xsl:element name="{if ($is-part) then 'span' else 'i'}">
      <xsl:if test="f:tag-of-language($title/@xml:lang)">
        <xsl:attribute name="lang" select="f:tag-of-language($title/@xml:lang)"/>
      </xsl:if>
      <xsl:value-of select="$words"/>
    </xsl:element>
    <xsl:value-of select="$quotation-marks[2][$is-part]"/>
  </xsl:function>

  <!-- All records as the lists of works cited have them. -->
  <xsl:variable name="model" as="document-node()">
    <xsl:document>
      <r:works title="" language="{c:language($document/*)}">
        <xsl:apply-templates select="//biblStruct[c:titles(.)]" mode="m:work"/>
      </r:works>
    </xsl:document>
  </xsl:variable>

  <!-- A record as the model has it. In rules, so that documents without such records need not compile the model. -->
  <xsl:mode name="m:modelled" on-no-match="deep-skip"/>
  <xsl:template match="sourceDesc//biblStruct | standOff//biblStruct" mode="m:modelled" as="element(r:work)?">
    <xsl:sequence select="key('c:work', c:id(.), $model)"/>
  </xsl:template>

  <!-- The full record of a work in one sentence. What is no biblStruct with a title is taken as it stands. -->
  <xsl:mode name="m:entry" on-no-match="fail"/>
  <xsl:template match="*" mode="m:entry" as="node()*">
    <xsl:apply-templates select="node()[not(self::note or self::idno)]" mode="m:html"/>
  </xsl:template>

  <xsl:template match="sourceDesc//biblStruct | standOff//biblStruct" mode="m:entry" as="node()*">
    <xsl:variable name="modelled" as="element(r:work)?">
      <xsl:apply-templates select="." mode="m:modelled"/>
    </xsl:variable>
    <xsl:apply-templates select="$modelled" mode="m:reference"/>
    <xsl:if test="empty($modelled)">
      <xsl:next-match/>
    </xsl:if>
  </xsl:template>

  <!-- Under which names, and then which title, a work is listed. -->
  <xsl:function name="f:filing-words" as="xs:string+">
    <xsl:param name="work" as="element()"/>
    <xsl:variable name="modelled" as="element(r:work)?">
      <xsl:apply-templates select="$work" mode="m:modelled"/>
    </xsl:variable>
    <xsl:sequence select="if ($modelled) then c:filing-words($modelled) else (1, 2) ! c:filed(f:record-name($work))"/>
  </xsl:function>

  <!-- Where a work can be read: an identifier that is a web address. -->
  <xsl:function name="f:web-address" as="node()*">
    <xsl:param name="work" as="element()"/>
    <xsl:for-each select="$work//idno[f:href(normalize-space(), .)][1]">
      <xsl:text> </xsl:text>
      <a href="{f:href(normalize-space(), .)}">
        <xsl:value-of select="normalize-space()"/>
      </a>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
