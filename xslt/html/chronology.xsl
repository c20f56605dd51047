<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The chronology: dated events of the records and dates of the text by days, each in both calendars. Dates of publication
       (in bibl, imprint, front and back matter, Gregorian) are left out. -->

  <xsl:variable name="dated" as="element()*" select="//event[@xml:id][not(ancestor::text)][f:start(.)], //text//(date | time)[f:is-chronological(.)]"/>

  <xsl:function name="f:is-chronological" as="xs:boolean">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="f:start($date) ne '' and exists($date/ancestor::text) and (f:is-old-style($date)
      or not($date/(parent::bibl | parent::imprint | parent::edition | ancestor::docImprint | ancestor::front | ancestor::back)))"/>
  </xsl:function>

  <!-- What dates have in common that stand in one entry: calendar and values, as an id. -->
  <xsl:function name="f:entry-key" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="old" as="xs:boolean" select="f:is-old-style($dated)"/>
    <xsl:variable name="values" as="map(xs:string, xs:string)" select="f:values($dated, $old or empty(f:values($dated, false())?*))"/>
    <xsl:sequence select="translate(string-join((if ($old) then 'os' else 'ns', for $kind in ('when', 'from', 'to', 'notBefore', 'notAfter')[$values(.)]
      return ($kind[. ne 'when'], $values($kind))), '-'), ':+ ', '...')"/>
  </xsl:function>

  <xsl:function name="f:entry-id" as="xs:string?">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="$date[f:is-chronological(.)] ! f:entry-key(.)"/>
  </xsl:function>

  <!-- The last moment a dated element can mean; with the first it orders long spans before the days within them. -->
  <xsl:function name="f:end" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="values" as="map(xs:string, xs:string)" select="f:values($dated, false())"/>
    <xsl:sequence select="string(($values?when, $values?to, $values?notAfter, '9999'[exists(($values?from, $values?notBefore))])[1])"/>
  </xsl:function>

  <!-- The year of an entry, in the calendar of its words. -->
  <xsl:function name="f:own-year" as="xs:string">
    <xsl:param name="dated" as="element()"/>
    <xsl:variable name="values" as="map(xs:string, xs:string)" select="f:values($dated, f:is-old-style($dated))"/>
    <xsl:sequence select="(($values?when, $values?from, $values?notBefore, $values?to, $values?notAfter, f:start($dated))[1] ! f:parts(.)?year[.] ! f:year(.), f:word('year-unknown'))[1]"/>
  </xsl:function>

  <!-- The section of all of them, made at the first. -->
  <xsl:mode name="m:chronology" on-no-match="fail"/>
  <xsl:template match="event | date | time" mode="m:chronology" as="element(h:section)">
    <xsl:variable name="ordered" as="element()*">
      <xsl:perform-sort select="$dated">
        <xsl:sort select="f:start(.)"/>
        <xsl:sort select="f:end(.)" order="descending"/>
        <xsl:sort select="f:entry-key(.)"/>
      </xsl:perform-sort>
    </xsl:variable>
    <section id="{f:own('chronology')}" aria-labelledby="{f:own('chronology')}-heading" data-by="edition">
      <h2 id="{f:own('chronology')}-heading">
        <xsl:value-of select="f:word('chronology')"/>
      </h2>
      <p>
        <xsl:value-of select="f:word('chronology-intro')"/>
      </p>
      <xsl:for-each-group select="$ordered" group-adjacent="f:own-year(.)">
        <h3>
          <xsl:value-of select="current-grouping-key()"/>
        </h3>
        <ol class="chronology">
          <xsl:for-each-group select="current-group()" group-by="f:entry-key(.)">
            <xsl:call-template name="entry">
              <xsl:with-param name="dated" select="current-group()"/>
            </xsl:call-template>
          </xsl:for-each-group>
        </ol>
      </xsl:for-each-group>
    </section>
  </xsl:template>

  <!-- One day or span: both calendars, its events, and the words of the text that mean it. -->
  <xsl:template name="entry" as="element(h:li)">
    <xsl:param name="dated" as="element()+"/>
    <!-- A day is certain as soon as one of the dates that mean it is. -->
    <xsl:variable name="first" as="element()" select="($dated[not(@precision = 'low')], $dated)[1]"/>
    <xsl:variable name="gregorian" as="xs:string" select="f:date-words(f:values($first, false()), true(), f:is-about($first))"/>
    <li id="{f:entry-key($dated[1])}">
      <div class="when">
        <xsl:if test="f:is-old-style($dated[1])">
          <p class="old">
            <xsl:value-of select="f:date-words(f:values($first, true()), true(), f:is-about($first))"/>
            <xsl:text> </xsl:text>
            <abbr title="{f:word('old-style')}">
              <xsl:value-of select="f:word('os')"/>
            </abbr>
          </p>
        </xsl:if>
        <xsl:if test="$gregorian">
          <p class="new">
            <xsl:value-of select="$gregorian"/>
            <xsl:if test="f:is-old-style($dated[1])">
              <xsl:text> </xsl:text>
              <abbr title="{f:word('new-style')}">
                <xsl:value-of select="f:word('ns')"/>
              </abbr>
            </xsl:if>
          </p>
        </xsl:if>
      </div>
      <div class="what">
        <xsl:for-each select="$dated[self::event]">
          <p class="event">
            <a href="#{@xml:id}">
              <xsl:value-of select="f:record-name(.)"/>
            </a>
          </p>
        </xsl:for-each>
        <xsl:for-each-group select="$dated except $dated[self::event]" group-by="f:plain(.)">
          <p>
            <span class="words">
              <xsl:value-of select="f:quoted(current-grouping-key())"/>
            </span>
            <xsl:text> </xsl:text>
            <xsl:sequence select="f:mention-links(current-group())"/>
          </p>
        </xsl:for-each-group>
      </div>
    </li>
  </xsl:template>
</xsl:stylesheet>
