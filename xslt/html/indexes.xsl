<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The index of names: the records outside of the text in the order of their names, idno of any (Guidelines #NDPERSE, #NDPLAC, #NDORG,
       #NDPERSbp, #NDOBJ, #NDNYM). Each record (entries.xsl) leads back to every mention. -->

  <xsl:variable name="index-records" as="element()*"
    select="//(person | personGrp | place | org | event | object | nym)[not(ancestor::text)][f:is-of-index(.)]"/>

  <!-- Whether a record, or a list of them, is a part of the index: outside of the text and of all records, in a list or in standOff. -->
  <xsl:function name="f:is-of-index" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="not($element/(ancestor::text | ancestor::person | ancestor::personGrp | ancestor::place | ancestor::org | ancestor::event | ancestor::object
      | ancestor::nym | ancestor::biblStruct | ancestor::msDesc | ancestor::correspDesc)) and ($element[starts-with(local-name(), 'list')]
      or $element/..[self::standOff or starts-with(local-name(), 'list')])"/>
  </xsl:function>

  <!-- The records that the page lists, so that links to them resolve. -->
  <xsl:key name="listed" match="(person | personGrp | persona | place | org | event | object | nym)[@xml:id][not(ancestor::text)]" use="@xml:id"/>
  <xsl:key name="listed" match="(biblStruct | biblFull | bibl | msDesc[f:is-used(.)])[@xml:id][ancestor::standOff or ancestor::sourceDesc]" use="@xml:id"/>

  <!-- What they are called, found once. -->
  <xsl:variable name="record-names" as="map(xs:string, xs:string)"
    select="map:merge(($index-records[@xml:id], $works) ! map:entry(string(@xml:id), f:record-name(.)))"/>

  <xsl:key name="speech" match="text//said[@who]" use="tokenize(@who)[starts-with(., '#')] ! substring(., 2)"/>

  <!-- The section of all of them, made at the first. -->
  <xsl:mode name="m:index" on-no-match="fail"/>
  <xsl:template match="person | personGrp | place | org | event | object | nym" mode="m:index" as="element(h:section)">
    <section id="{f:own('index')}" aria-labelledby="{f:own('index')}-heading" data-by="edition">
      <h2 id="{f:own('index')}-heading">
        <xsl:value-of select="f:word('index')"/>
      </h2>
      <xsl:if test="$index-records ! exists(key('mentions', @xml:id)) = true()">
        <p>
          <xsl:value-of select="f:word('index-intro')"/>
        </p>
      </xsl:if>
      <xsl:call-template name="index-part">
        <xsl:with-param name="name" select="'persons'"/>
        <xsl:with-param name="records" select="$index-records[self::person or self::personGrp]"/>
      </xsl:call-template>
      <xsl:call-template name="index-part">
        <xsl:with-param name="name" select="'organizations'"/>
        <xsl:with-param name="records" select="$index-records[self::org]"/>
      </xsl:call-template>
      <xsl:call-template name="index-part">
        <xsl:with-param name="name" select="'places'"/>
        <xsl:with-param name="records" select="$index-records[self::place]"/>
      </xsl:call-template>
      <xsl:call-template name="index-part">
        <xsl:with-param name="name" select="'events'"/>
        <xsl:with-param name="records" select="$index-records[self::event]"/>
      </xsl:call-template>
      <xsl:call-template name="index-part">
        <xsl:with-param name="name" select="'objects'"/>
        <xsl:with-param name="records" select="$index-records[self::object]"/>
      </xsl:call-template>
      <xsl:call-template name="index-part">
        <xsl:with-param name="name" select="'nyms'"/>
        <xsl:with-param name="records" select="$index-records[self::nym]"/>
      </xsl:call-template>
      <xsl:sequence select="f:index-relations(//listRelation[f:is-of-index(.)][not(parent::listRelation)])"/>
    </section>
  </xsl:template>

  <xsl:template name="index-part" as="element(h:section)?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="records" as="element()*"/>
    <xsl:if test="exists($records)">
      <section id="index-{$name}" aria-labelledby="index-{$name}-heading">
        <h3 id="index-{$name}-heading">
          <xsl:value-of select="f:word($name)"/>
        </h3>
        <xsl:apply-templates select="$records/.. ! (head | desc | p)"/>
        <xsl:apply-templates select="$records" mode="m:record">
          <xsl:sort select="f:filing-name(.)" lang="en"/>
        </xsl:apply-templates>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- How the records are related. -->
  <xsl:function name="f:index-relations" as="element(h:section)?">
    <xsl:param name="lists" as="element(listRelation)*"/>
    <xsl:if test="exists($lists)">
      <section id="index-relations" aria-labelledby="index-relations-heading">
        <h3 id="index-relations-heading">
          <xsl:value-of select="f:word('relations')"/>
        </h3>
        <xsl:apply-templates select="$lists/*" mode="m:html"/>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- One line of a record; nothing where there is nothing to say. -->
  <xsl:function name="f:field" as="element()*">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="words" as="item()*"/>
    <xsl:if test="exists($words[. instance of element() or normalize-space(string(.))])">
      <dt data-by="edition">
        <xsl:value-of select="f:word($label)"/>
      </dt>
      <dd>
        <xsl:if test="every $word in $words satisfies $word instance of xs:anyAtomicType">
          <xsl:attribute name="data-by" select="'edition'"/>
        </xsl:if>
        <xsl:sequence select="$words ! (if (. instance of node()) then . else f:text(.))"/>
      </dd>
    </xsl:if>
  </xsl:function>

  <!-- The contents of some elements, one after the other. -->
  <xsl:function name="f:separated" as="node()*">
    <xsl:param name="elements" as="element()*"/>
    <xsl:param name="separator" as="xs:string"/>
    <xsl:for-each select="$elements">
      <xsl:value-of select="$separator[current() >> $elements[1]]"/>
      <xsl:apply-templates select="node()" mode="m:html"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="note | desc" mode="m:record" as="element()">
    <xsl:element name="{if (f:holds-block(.)) then 'div' else 'p'}">
      <xsl:attribute name="class" select="'description'"/>
      <xsl:apply-templates mode="m:html"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="note[@type = 'comment']" mode="m:record" as="element()*" priority="1">
    <xsl:sequence select="f:field('remark', f:separated(., ''))"/>
  </xsl:template>

  <!-- "(1870–1924)" behind a person's name, when anything is known. -->
  <xsl:function name="f:life-span" as="node()*">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="born" as="xs:string?" select="f:years($record/birth)"/>
    <xsl:variable name="died" as="xs:string?" select="f:years($record/death)"/>
    <xsl:variable name="ends" as="xs:integer*" select="f:numbers-of-years($record/birth), f:numbers-of-years($record/death)"/>
    <xsl:if test="$born or $died">
      <xsl:text> </xsl:text>
      <span class="life">
        <xsl:value-of select="if ($born and $died and count($ends) = 2 and $ends[1] le 0) then f:years-between($ends[1], $ends[2]) else if ($born and $died) then f:word('life', ($born, $died)) else if ($born) then f:word('life-born', $born) else f:word('life-died', $died)"/>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- The year of a birth or death; the years of its bounds, where only they are known. -->
  <xsl:function name="f:years" as="xs:string?">
    <xsl:param name="event" as="element()*"/>
    <xsl:sequence select="string-join(f:numbers-of-years($event) ! f:year(string()), '/')[. ne '']"/>
  </xsl:function>

  <xsl:function name="f:numbers-of-years" as="xs:integer*">
    <xsl:param name="event" as="element()*"/>
    <xsl:sequence select="distinct-values($event/(@when, @notBefore, @from, @notAfter, @to) ! f:parts(.)?year[. ne ''] ! xs:integer(.))"/>
  </xsl:function>

  <!-- The dates of a body or event. -->
  <xsl:function name="f:event-date" as="xs:string?">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="($record[f:start(.)] | $record/date[f:start(.)])[not(self::person)][1] ! f:both-calendars(.)"/>
  </xsl:function>

  <!-- What the text calls it: names as they stand, and phrases. -->
  <xsl:function name="f:forms" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="mentions" as="element()*" select="key('mentions', $record/@xml:id, root($record))"/>
    <xsl:sequence select="f:field('forms', string-join(distinct-values(($mentions[not(self::rs)], $mentions[self::rs]) ! f:quoted(f:plain(.))), ', '))"/>
  </xsl:function>

  <!-- Links to mentions, one number for each passage in the order of the text; further mentions in it by letters. -->
  <xsl:function name="f:mention-links" as="node()*">
    <xsl:param name="mentions" as="element()*"/>
    <xsl:for-each-group select="$mentions" group-by="f:where(.)">
      <xsl:variable name="where" as="xs:string" select="current-grouping-key()"/>
      <span class="at">
        <xsl:for-each select="current-group()">
          <xsl:variable name="n" as="xs:integer" select="position()"/>
          <xsl:value-of select="' '[$n gt 1]"/>
          <a href="#{f:id(.)}">
            <xsl:choose>
              <xsl:when test="$n = 1">
                <xsl:value-of select="$where"/>
              </xsl:when>
              <xsl:otherwise>
                <span class="hidden">
                  <xsl:value-of select="$where"/>
                </span>
                <xsl:value-of select="format-integer($n, 'a')"/>
              </xsl:otherwise>
            </xsl:choose>
          </a>
        </xsl:for-each>
        <xsl:value-of select="if (position() != last()) then ',' else ''"/>
      </span>
      <xsl:text> </xsl:text>
    </xsl:for-each-group>
  </xsl:function>

  <!-- A web address by its site and its last step: "marxists.org/…/17.htm"; anything else as it is. -->
  <xsl:function name="f:short-address" as="xs:string">
    <xsl:param name="address" as="xs:string"/>
    <xsl:variable name="steps" as="xs:string*" select="tokenize(replace($address, '^https?://(www\.)?', '', 'i'), '/')[.]"/>
    <xsl:sequence select="if (not(matches($address, '^https?://', 'i'))) then $address
      else if (count($steps) gt 2) then $steps[1] || '/…/' || $steps[last()] else string-join($steps, '/')"/>
  </xsl:function>

  <!-- The words of an identifier: those of an address shortened. -->
  <xsl:mode name="m:identifier" on-no-match="fail"/>
  <xsl:template match="idno" mode="m:identifier" as="node()*">
    <xsl:apply-templates mode="m:html"/>
  </xsl:template>
  <xsl:template match="idno[not(*)][matches(normalize-space(), '^https?://', 'i')]" mode="m:identifier" as="node()*">
    <xsl:for-each select="text()" use-when="$traced">
      <xsl:processing-instruction name="t" select="accumulator-before('a:texts')"/>
    </xsl:for-each>
    <xsl:value-of select="f:short-address(normalize-space())"/>
  </xsl:template>

  <!-- Identifiers as the record gives them; where one names its source and no note does, with a link to it. -->
  <xsl:function name="f:identifiers" as="node()*">
    <xsl:param name="record" as="element()"/>
    <xsl:for-each select="$record/idno">
      <xsl:value-of select="if (position() gt 1) then '; ' else ''"/>
      <xsl:value-of select="(@type[not(upper-case(.) = ('URI', 'URL'))], @subtype) ! (. || ' ')" separator=""/>
      <xsl:call-template name="link">
        <xsl:with-param name="href" select="f:href(normalize-space(), .)"/>
        <xsl:with-param name="words" as="node()*">
          <xsl:apply-templates select="." mode="m:identifier"/>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:if test="@source and not(@source = ($record/note//@target, preceding-sibling::idno/@source)) and f:href(@source, .)">
        <xsl:text> (</xsl:text>
        <a href="{f:href(@source, .)}">
          <xsl:value-of select="lower-case(f:word('sourceDesc'))"/>
        </a>
        <xsl:text>)</xsl:text>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>
</xsl:stylesheet>
