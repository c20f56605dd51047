<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- A work as a reader sees it, from r:work: names, title, what it stands in, who published it, when. -->

  <xsl:mode name="m:reference" on-no-match="fail"/>  <!-- a work to its reference; cite is around the title of a whole work -->

  <xsl:template match="r:work" mode="m:reference" as="node()+">
    <xsl:variable name="makers" select="c:made-by(.)"/>
    <xsl:if test="$makers">
      <span class="makers" xmlns="http://www.w3.org/1999/xhtml"><xsl:value-of select="$makers"/></span>
      <xsl:sequence select="c:text('. '[not(matches($makers, '[.?!]$'))] || ' '[matches($makers, '[.?!]$')])"/>
    </xsl:if>
    <xsl:apply-templates select="." mode="m:work-title"/>
    <xsl:variable name="is-article" select="starts-with(@kind, 'article-')"/>
    <xsl:variable name="scope" select="c:others(.)[not(current()/r:container)], c:scope(.), r:issued[$is-article]/string(), c:pages(r:pages[current()/r:container])"/>
    <xsl:sequence select="c:text(string-join(('', $scope), ', ') || '.'[exists($scope) or not(matches(current()/r:title, '[.?!]$'))])"/>
    <xsl:sequence select="c:sentence(c:imprint(.)[not($is-article)]) ! (c:text(' '), c:text(normalize-space(.)))"/>
  </xsl:template>

  <!-- A record without a title says all in its words. -->
  <xsl:template match="r:work[@untitled]" mode="m:reference" as="node()+">
    <xsl:sequence select="c:text(r:title || '.'[not(matches(current()/r:title, '[.?!]$'))])"/>
  </xsl:template>

  <xsl:mode name="m:work-title" on-no-match="fail"/>  <!-- a work to its title, that of a piece with the work it stands in -->

  <xsl:template match="r:work" mode="m:work-title" as="node()+">
    <cite xmlns="http://www.w3.org/1999/xhtml"><xsl:sequence select="c:marked-language(.), string(r:title)"/></cite>
  </xsl:template>

  <xsl:template match="r:work[r:container or @kind = ('manuscript', 'report', 'document')]" mode="m:work-title" as="node()+">
    <xsl:sequence select="c:text(f:quoted(r:title))"/>
    <xsl:if test="r:container">
      <xsl:sequence select="c:text('. '[not(matches(current()/r:title, '[.?!]$'))] || ' '[matches(current()/r:title, '[.?!]$')] || f:word('in-work') || ' ')"/>
      <cite xmlns="http://www.w3.org/1999/xhtml"><xsl:sequence select="c:linked-container(.)"/></cite>
      <xsl:sequence select="c:text(string-join(('', c:others(.)), ', '))"/>
    </xsl:if>
  </xsl:template>

  <!-- The title of what a work stands in, as a link where that is listed too. -->
  <xsl:function name="c:linked-container" as="node()">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:choose>
      <xsl:when test="$work/key('c:work', @within)"><a xmlns="http://www.w3.org/1999/xhtml" href="#{$work/@within}"><xsl:value-of select="$work/r:container"/></a></xsl:when>
      <xsl:otherwise><xsl:sequence select="c:text($work/r:container)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="c:text" as="text()?">
    <xsl:param name="words" as="xs:string?"/>
    <xsl:value-of select="$words"/>
  </xsl:function>

  <xsl:function name="c:marked-language" as="attribute()*">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:sequence select="$work/@language[. ne ''][. ne ../../@language] ! c:attribute('lang', .)"/>
  </xsl:function>

  <!-- Words that end like a sentence, with the space after it; nothing for none. -->
  <xsl:function name="c:sentence" as="text()?">
    <xsl:param name="words" as="xs:string?"/>
    <xsl:sequence select="if (not($words)) then () else c:text($words || (if (matches($words, '[.?!]$')) then ' ' else '. '))"/>
  </xsl:function>

  <!-- Those a work is filed under: authors, else editors as such. "" for none. -->
  <xsl:function name="c:made-by" as="xs:string">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:variable name="editors" select="$work/r:editor[not($work/r:author) and not($work/r:container)]"/>
    <xsl:variable name="key" select="if (count($editors) gt 1) then 'editors-after' else 'editor-after'"/>
    <xsl:sequence select="if ($work/@untitled) then '' else if ($work/r:author) then c:filed-names($work/r:author)
                          else if ($editors) then f:citing-word($key, c:filed-names($editors)) else ''"/>
  </xsl:function>

  <!-- The first name as it is filed, the others as they are spoken. -->
  <xsl:function name="c:filed-names" as="xs:string">
    <xsl:param name="names" as="element()*"/>
    <xsl:sequence select="c:joined(($names[1] ! string-join((@literal, @family, string-join((@given, @dropping), ' ')[.], @suffix), ', '), tail($names) ! c:spoken-name(.)))"/>
  </xsl:function>

  <xsl:function name="c:spoken-name" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:sequence select="$name/string-join((@literal, @given, @dropping, @family, @suffix), ' ')"/>
  </xsl:function>

  <xsl:function name="c:joined" as="xs:string">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:sequence select="string-join((string-join($names[position() lt last()], ', ')[.], $names[last()]), f:word('and'))"/>
  </xsl:function>

  <!-- Editors and translators who are not named first. -->
  <xsl:function name="c:others" as="xs:string*">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:variable name="editors" select="$work/r:editor[$work/r:author or $work/r:container]"/>
    <xsl:sequence select="c:joined($editors ! c:spoken-name(.))[.] ! f:word('edited-by', .),
                          c:joined($work/r:translator ! c:spoken-name(.))[.] ! f:word('translated-by', .)"/>
  </xsl:function>

  <!-- Edition, volume, issue, chapter. -->
  <xsl:function name="c:scope" as="xs:string*">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:sequence select="$work/(r:edition/string(), r:volume/f:word('volume', .), r:issue/f:word(if (@from eq @to) then 'issue' else 'issues', .),
                          r:chapter/f:word('chapter', .))"/>
  </xsl:function>

  <!-- Pages with "p." or "pp.", not to be parted from their numbers. -->
  <xsl:function name="c:pages" as="xs:string?">
    <xsl:param name="pages" as="element(r:pages)*"/>
    <xsl:variable name="ranges" select="$pages/c:range(@from, @to)"/>
    <xsl:variable name="key" select="if (count($pages) eq 1 and $pages/@from eq $pages/@to) then 'page' else 'pages'"/>
    <xsl:sequence select="if ($pages) then translate(f:word($key, string-join($ranges, ', ')), ' ', '&#xA0;') else ()"/>
  </xsl:function>

  <xsl:function name="c:range" as="xs:string">
    <xsl:param name="from" as="xs:string"/>
    <xsl:param name="to" as="xs:string"/>
    <xsl:sequence select="string-join(distinct-values(($from, $to)), '–')"/>
  </xsl:function>

  <!-- "Moscow: Progress Publishers, 1964"; "" where nothing is known. -->
  <xsl:function name="c:imprint" as="xs:string">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:sequence select="string-join((string-join(($work/r:place, $work/r:publisher), ': ')[.], $work/r:issued), ', ')"/>
  </xsl:function>

  <!-- A piece below the work that contains it: its title, its author if another's, its pages, and the notes that cite it. -->
  <xsl:function name="c:piece-words" as="xs:string">
    <xsl:param name="piece" as="element(r:work)"/>
    <xsl:param name="whole" as="element(r:work)"/>
    <xsl:variable name="others" select="$piece/r:author[not(string-join(@*) = $whole/r:author/string-join(@*))]"/>
    <xsl:variable name="notes" select="c:noted($piece/r:cited[@note], false())"/>
    <xsl:variable name="what" select="string-join((c:filed-names($others)[.], $piece/r:title, c:pages($piece/r:pages)), ', ')"/>
    <xsl:variable name="where" select="f:citing-word(if (count($notes) eq 1) then 'note' else 'notes', string-join($notes, ', '))[exists($notes)],
                                       c:noted($piece/r:cited[@passage], false())"/>
    <xsl:sequence select="$what || ': ' || string-join($where, '; ')"/>
  </xsl:function>

  <!-- Whether a passage is given by numbers, which a reader must be told how to read. -->
  <xsl:function name="c:has-numbered-passages" as="xs:boolean">
    <xsl:param name="works" as="element(r:works)"/>
    <xsl:sequence select="$works//@passage = $works//@passage[matches(., '^\d+(\.\d+)+$')]"/>
  </xsl:function>

  <!-- Where the text uses a work, by kind of use: "cited in notes 3 (p. 19), 4 (p. 20)". -->
  <xsl:function name="c:used" as="xs:string*">
    <xsl:param name="work" as="element(r:work)"/>
    <xsl:variable name="notes" select="c:noted($work/r:cited[@note], true())"/>
    <xsl:variable name="passages" select="c:noted($work/r:cited[@passage], true())"/>
    <xsl:sequence select="
      f:citing-word(if (count($notes) eq 1) then 'cited-note' else 'cited-notes', string-join($notes, ', '))[exists($notes)],
      f:citing-word('cited-passage', string-join($passages, ', '))[exists($passages)],
      c:used-at($work/r:quoted[not($work/r:cited)], 'quoted'), c:used-at($work/r:named[not($work/(r:cited, r:quoted))], 'named')"/>
  </xsl:function>

  <xsl:function name="c:used-at" as="xs:string?">
    <xsl:param name="uses" as="element()*"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:variable name="places" select="$uses/(@passage/string(), @note/f:citing-word('note', .))"/>
    <xsl:sequence select="f:citing-word($key, string-join(distinct-values($places), ', '))[exists($uses)]"/>
  </xsl:function>

  <!-- The labels of notes or passages, each once, perhaps with the pages cited there. -->
  <xsl:function name="c:noted" as="xs:string*">
    <xsl:param name="cited" as="element()*"/>
    <xsl:param name="with-pages" as="xs:boolean"/>
    <xsl:for-each-group select="$cited" group-by="(@note, @passage)[1]">
      <xsl:variable name="pages" select="c:pages(current-group()/r:pages[$with-pages])"/>
      <xsl:sequence select="string-join((current-grouping-key(), $pages ! concat('(', ., ')')), '&#xA0;')"/>
    </xsl:for-each-group>
  </xsl:function>
</xsl:stylesheet>
