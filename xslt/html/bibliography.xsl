<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The bibliography: biblStruct, biblFull, bibl, msDesc outside of the text, listBibl with its head within it; analytic, monogr, imprint, series, relatedItem, biblScope,
       citedRange (Guidelines #COBI). Each work with the references that cite it, the quotations from it and where it is named. -->

  <xsl:variable name="works" as="element()*" select="//(standOff | sourceDesc)//(biblStruct | biblFull | bibl | msDesc)[@xml:id]"/>

  <xsl:key name="citing" match="text//bibl[@corresp]" use="tokenize(@corresp)[starts-with(., '#')] ! substring(., 2)"/>
  <xsl:key name="quoting" match="text//quote[@source]" use="tokenize(@source)[starts-with(., '#')] ! substring(., 2)"/>

  <xsl:template name="bibliography" as="element(h:section)?">
    <xsl:if test="exists($works)">
      <section id="{f:own('bibliography')}" aria-labelledby="{f:own('bibliography')}-heading" data-by="edition">
        <h2 id="{f:own('bibliography')}-heading">
          <xsl:value-of select="f:word('bibliography')"/>
        </h2>
        <p>
          <xsl:value-of select="f:word('bibliography-intro')"/>
        </p>
        <ul class="bibliography">
          <xsl:apply-templates select="$works" mode="m:bibliography">
            <xsl:sort select="f:work-makers(.)[1] ! f:family-name(.)" lang="en"/>
          </xsl:apply-templates>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="m:bibliography" as="element(h:li)">
    <li id="{@xml:id}" class="work">
      <xsl:element name="{f:entry-tag(.)}">
        <xsl:attribute name="class" select="'entry'"/>
        <xsl:sequence select="f:entry(.)"/>
        <xsl:sequence select="f:annotation-links(.)"/>
      </xsl:element>
      <xsl:apply-templates select="note[not(@type = ('source', 'comment'))]" mode="m:record"/>
      <dl>
        <xsl:sequence select="f:field('cited', f:citing-links(.))"/>
        <xsl:sequence select="f:field('quoted', f:mention-links(key('quoting', @xml:id)))"/>
        <xsl:sequence select="f:field('named', f:mention-links(key('mentions', @xml:id)))"/>
        <xsl:apply-templates select="note[@type = 'comment']" mode="m:record"/>
        <xsl:sequence select="f:field('identifiers', (f:identifiers(.), (monogr | analytic) ! f:identifiers(.)))"/>
        <xsl:sequence select="f:field('sources', f:separated(note[@type = 'source'], '; '))"/>
      </dl>
    </li>
  </xsl:template>

  <!-- A record taken as it stands may hold paragraphs. -->
  <xsl:function name="f:entry-tag" as="xs:string">
    <xsl:param name="work" as="element()"/>
    <xsl:sequence select="if ($work/self::biblStruct) then 'p' else f:tag($work, 'p')"/>
  </xsl:function>

  <!-- The references that cite a work, each with the pages it cites. -->
  <xsl:function name="f:citing-links" as="node()*">
    <xsl:param name="work" as="element()"/>
    <xsl:for-each-group select="key('citing', $work/@xml:id, root($work))" group-by="ancestor::note[1]/f:id(.)">
      <xsl:variable name="pages" as="xs:string*" select="current-group()/citedRange ! f:range(.)"/>
      <span class="at">
        <a href="#{current-grouping-key()}">
          <xsl:value-of select="f:note-label(ancestor::note[1])"/>
          <xsl:if test="exists($pages)">
            <xsl:value-of select="' (' || string-join($pages, ', ') || ')'"/>
          </xsl:if>
        </a>
      </span>
      <xsl:text> </xsl:text>
    </xsl:for-each-group>
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
    <xsl:if test="$is-part">“</xsl:if>
    <xsl:element name="{if ($is-part) then 'span' else 'i'}">
      <xsl:if test="$title/@xml:lang">
        <xsl:attribute name="lang" select="$title/@xml:lang"/>
      </xsl:if>
      <xsl:value-of select="$words"/>
    </xsl:element>
    <xsl:if test="$is-part">”</xsl:if>
  </xsl:function>

  <!-- The full record of a work in one sentence. What is no biblStruct is taken as it stands. -->
  <xsl:function name="f:entry" as="node()*">
    <xsl:param name="work" as="element()"/>
    <xsl:choose>
      <xsl:when test="$work/self::biblStruct">
        <xsl:variable name="makers" as="xs:string*" select="f:work-makers($work) ! f:filing-maker(.)"/>
        <xsl:if test="exists($makers)">
          <span class="makers">
            <xsl:value-of select="string-join($makers, '; ')"/>
            <xsl:if test="not(f:work-makers($work)/self::author)"> (<xsl:value-of select="f:word('editors')"/>)</xsl:if>
          </span>
          <xsl:text>. </xsl:text>
        </xsl:if>
        <xsl:for-each select="$work/analytic">
          <xsl:sequence select="f:titles(.)"/>
          <xsl:text>. </xsl:text>
        </xsl:for-each>
        <xsl:sequence select="f:container($work)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="$work/node()[not(self::note or self::idno)]" mode="m:html"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The book or journal of a record, or the record of it. -->
  <xsl:function name="f:container" as="node()*">
    <xsl:param name="work" as="element()"/>
    <xsl:variable name="host" as="element()?" select="f:host($work)"/>
    <xsl:for-each select="$work/monogr">
      <xsl:if test="title">
        <xsl:if test="$work/analytic">
          <xsl:value-of select="f:word('in-work') || ' '"/>
        </xsl:if>
        <xsl:call-template name="link">
          <xsl:with-param name="href" select="$host ! ('#' || @xml:id)"/>
          <xsl:with-param name="words" select="f:titles(.)"/>
        </xsl:call-template>
      </xsl:if>
      <xsl:value-of select="(
        editor[not(@role = 'translator')][not(. intersect f:work-makers($work))] ! f:word('edited-by', f:plain(.)),
        (.|../analytic)/editor[@role = 'translator'] ! f:word('translated-by', f:plain(.)),
        edition ! f:plain(.),
        (biblScope | imprint/biblScope)[@unit = ('volume', 'issue')] ! f:range(.)) ! (', ' || .)" separator=""/>
      <xsl:if test="imprint/(pubPlace | publisher | date)">
        <xsl:value-of select="'. '[current()/title]"/>
        <xsl:value-of select="string-join((string-join((string-join(imprint/pubPlace ! f:plain(.), ', '), string-join(imprint/publisher ! f:plain(.), ', '))[.], ': '),
          imprint/date ! (f:plain(.), @when)[string(.)][1])[string(.)], ', ')"/>
      </xsl:if>
      <xsl:value-of select="(biblScope | imprint/biblScope)[not(@unit = ('volume', 'issue'))] ! (', ' || f:range(.))" separator=""/>
      <xsl:text>. </xsl:text>
    </xsl:for-each>
    <xsl:for-each select="$work/series">
      <xsl:value-of select="'(' || f:plain(.) || '). '"/>
    </xsl:for-each>
    <xsl:if test="$host and not($work/monogr/title)">
      <xsl:value-of select="f:word('in-work') || ' '"/>
      <a href="#{$host/@xml:id}">
        <xsl:sequence select="f:work-short($host, true())"/>
      </a>
      <xsl:value-of select="$work/relatedItem[1]//(biblScope | citedRange) ! (', ' || f:range(.))" separator=""/>
      <xsl:text>.</xsl:text>
    </xsl:if>
  </xsl:function>

  <!-- All titles of one level of a record, subtitles after a colon. -->
  <xsl:function name="f:titles" as="node()*">
    <xsl:param name="level" as="element()"/>
    <xsl:for-each select="$level/title[not(@type = ('alt', 'short'))]">
      <xsl:value-of select="(if (@type = 'sub') then ': ' else '; ')[current() >> $level/title[1]]"/>
      <xsl:sequence select="f:title(., ..)"/>
    </xsl:for-each>
  </xsl:function>

  <!-- A maker as bibliographies list them, family name first, where the record tells the parts apart. -->
  <xsl:function name="f:filing-maker" as="xs:string">
    <xsl:param name="maker" as="element()"/>
    <xsl:sequence select="if ($maker//surname) then string-join((f:plain($maker//surname[1]), string-join($maker//forename ! f:plain(.), ' '))[.], ', ') else f:plain($maker)"/>
  </xsl:function>

  <xsl:template match="biblStruct | biblFull" as="element()">
    <xsl:element name="{if (parent::listBibl) then 'li' else 'div'}">
      <xsl:apply-templates select="self::*[ancestor::text]" mode="m:attributes"/>
      <xsl:element name="{f:entry-tag(.)}">
        <xsl:sequence select="f:entry(.), f:web-address(.)"/>
      </xsl:element>
      <xsl:for-each select="note[not(@type = 'source')]">
        <xsl:element name="{f:tag(., 'p')}">
          <xsl:apply-templates/>
        </xsl:element>
      </xsl:for-each>
    </xsl:element>
  </xsl:template>

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

  <xsl:template match="listBibl" as="element(h:ul)">
    <ul>
      <xsl:apply-templates select="self::*[ancestor::text]" mode="m:attributes"/>
      <xsl:apply-templates select="*"/>
    </ul>
  </xsl:template>

  <xsl:template match="listBibl/listBibl" as="element(h:li)" priority="1">
    <li>
      <xsl:next-match/>
    </li>
  </xsl:template>

  <xsl:template match="listBibl/bibl | listBibl/head | listBibl/msDesc" as="element(h:li)" priority="2">
    <li>
      <xsl:apply-templates select="self::*[ancestor::text]" mode="m:attributes"/>
      <xsl:apply-templates/>
    </li>
  </xsl:template>
</xsl:stylesheet>
