<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:m="urn:x-teiwright:mode" xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- White space and plain words: choice, app, note, index, del, surplus, lb, pb, cb, gb, milestone, space. The one rule:
       1. In running text any run of white space is one space; between blocks, and at their ends, it is nothing. An element that runs on
          neither adds nor takes any. Where @xml:space is "preserve" all of it stays.
       2. A beginning of a line, page, column, gathering or section (lb, pb, cb, gb, milestone) parts words, white space or not. With @break "no"
          it joins them: white space on both sides of it goes, and a hyphen before it stays a sign of the source that the reading text leaves out.
       3. The white space before the mark of a note goes where some, or a sign that closes, follows the mark.
       Where words are wanted without mark-up (contents, captions, attributes), they are the corrected ones, without notes
       (Guidelines #COED, #CONO, #CORS5, #STGAxs). -->

  <!-- The elements that run on in a line, wherever they stand: between them and what is around them is the space that the
       document has there and no other. No other list says which these are. -->
  <xsl:variable name="inline" static="yes" as="xs:string" select="normalize-space('
      abbr add addName affiliation am anchor app att author biblScope bloc c catchwords certainty choice citedRange cl
      code collection corr country damage date del depth dim dimensions distinct district docDate edition editor
      ellipsis email emph eventName ex expan foreign forename formula fw g gap genName geo geogFeat geogName gi gloss
      graphic handShift height heraldry hi ident idno index institution lem locus locusGrp m material measure
      measureGrp mentioned metamark mod msName name nameLink note num objectName objectType orgName orig origDate
      origPlace pc persName phr placeName postBox postCode precision ptr publisher pubPlace rb rdg rdgGrp redo ref reg
      region repository resp respStmt restore retrace role roleDesc roleName rs rt ruby s secFol secl seg settlement
      sic signatures soCalled space span stamp street subst supplied surname surplus tag term time title unclear undo
      unit val w watermark width')"/>

  <!-- Those that run on in a sentence and are blocks elsewhere: set off, in a list of their own, between paragraphs. -->
  <xsl:variable name="inline-in-a-sentence" static="yes" as="xs:string" select="normalize-space('
      bibl cit docAuthor item label list q quote said stage')"/>

  <!-- All of them. Asked by name, where a match of so many alternatives would take long to compile. -->
  <xsl:variable name="running-on" static="yes" as="map(xs:QName, xs:boolean)" select="map:merge((tokenize($inline), tokenize($inline-in-a-sentence))
    ! map:entry(QName('http://www.tei-c.org/ns/1.0', .), true()))"/>

  <xsl:mode name="m:plain" visibility="public" on-no-match="text-only-copy"/>

  <!-- The words of some nodes, corrected, without notes, white space normalized. -->
  <xsl:function name="f:plain" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="words" as="item()*">
      <xsl:apply-templates select="$nodes" mode="m:plain"/>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($words))"/>
  </xsl:function>

  <xsl:template match="text()" mode="m:plain" as="xs:string">
    <xsl:sequence select="if (exists($joining)) then substring(f:running(.), 1, string-length(f:running(.)) - string-length(f:hyphen(.))) else string(.)"/>
  </xsl:template>

  <xsl:template match="choice | app" mode="m:plain" as="item()*">
    <xsl:apply-templates select="f:preferred(.)" mode="m:plain"/>
  </xsl:template>

  <xsl:template match="note | index | del | surplus" mode="m:plain"/>

  <xsl:template match="space" mode="m:plain" as="xs:string">
    <xsl:sequence select="' '"/>
  </xsl:template>

  <xsl:template match="lb | pb | cb | gb | milestone" mode="m:plain" as="xs:string?">
    <xsl:sequence select="if (@break = 'no') then () else ' '"/>
  </xsl:template>

  <!-- Of the readings in a choice or an apparatus entry, the one a reading text shows: corrected, regular, expanded, else the first. -->
  <xsl:function name="f:preferred" as="element()?">
    <xsl:param name="choice" as="element()"/>
    <xsl:sequence select="($choice/(corr | reg | expan | lem), $choice/*)[1]"/>
  </xsl:function>

  <!-- The breaks that join words, and the texts that each has before and after it: up to the first with words on either side, but none of a
       note or a running title that stands between. -->
  <xsl:key name="joining" match="lb[@break = 'no'] | pb[@break = 'no'] | cb[@break = 'no'] | gb[@break = 'no'] | milestone[@break = 'no']" use="'no'"/>
  <xsl:variable name="joining" as="element()*" select="key('joining', 'no', /)"/>
  <xsl:variable name="before-break" as="map(xs:string, xs:boolean)" select="map:merge($joining ! f:texts-before(.) ! map:entry(generate-id(), true()))"/>
  <xsl:variable name="after-break" as="map(xs:string, xs:boolean)" select="map:merge($joining ! f:texts-after(.) ! map:entry(generate-id(), true()))"/>

  <xsl:function name="f:texts-before" as="text()*">
    <xsl:param name="break" as="element()"/>
    <xsl:variable name="around" as="element()*" select="$break/ancestor::*"/>
    <xsl:variable name="near" as="text()*" select="$break/preceding::text()[position() le 12][empty((ancestor::note | ancestor::fw) except $around)]"/>
    <xsl:variable name="words" as="text()?" select="$near[normalize-space()][last()]"/>
    <xsl:sequence select="$words, $near[. >> $words]"/>
  </xsl:function>

  <xsl:function name="f:texts-after" as="text()*">
    <xsl:param name="break" as="element()"/>
    <xsl:variable name="around" as="element()*" select="$break/ancestor::*"/>
    <xsl:variable name="near" as="text()*" select="$break/following::text()[position() le 12][empty((ancestor::note | ancestor::fw) except $around)]"/>
    <xsl:variable name="words" as="text()?" select="$near[normalize-space()][1]"/>
    <xsl:sequence select="$near[. &lt;&lt; $words], $words"/>
  </xsl:function>

  <!-- A text node as it stands in running text, by rules 2 and 3. -->
  <xsl:function name="f:running" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:variable name="next" as="node()?" select="$text/following-sibling::node()[not(self::comment() or self::processing-instruction())][1]"/>
    <xsl:variable name="trimmed" as="xs:string" select="if ($next/self::note and f:hangs($next)) then replace($text, '\s+$', '') else string($text)"/>
    <xsl:sequence select="if (empty($joining)) then $trimmed else f:joined($text, $trimmed)"/>
  </xsl:function>

  <xsl:function name="f:joined" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="id" as="xs:string" select="generate-id($text)"/>
    <xsl:variable name="begun" as="xs:string" select="if ($after-break($id)) then replace($words, '^\s+', '') else $words"/>
    <xsl:sequence select="if ($before-break($id)) then replace($begun, '\s+$', '') else $begun"/>
  </xsl:function>

  <!-- The hyphen at the end of a text that a break without a word boundary follows; "" where there is none. A hyphen of the word itself stays one
       where the header says that only such are left (hyphenation/@eol "hard"). -->
  <xsl:function name="f:hyphen" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:variable name="last" as="xs:string" select="replace($text, '^([\s\S]*[\p{L}\p{M}\p{N}.])?([\-‐­¬⸗⹀=])\s*$', '$2')"/>
    <xsl:sequence select="if (matches($last, '^[\-‐­¬⸗⹀=]$') and $before-break(generate-id($text)) and not($hard-hyphens) and (string-length(normalize-space($text)) gt 1 or f:ends-a-word($text))) then $last else ''"/>
  </xsl:function>

  <!-- Whether a text that is a hyphen alone stands directly behind a word. -->
  <xsl:function name="f:ends-a-word" as="xs:boolean">
    <xsl:param name="hyphen" as="text()"/>
    <xsl:variable name="before" as="text()?" select="$hyphen/preceding::text()[1]"/>
    <xsl:variable name="break" as="element()?" select="$hyphen/preceding::*[self::lb or self::pb or self::cb or self::gb or self::milestone][1]"/>
    <xsl:sequence select="matches($before, '[\p{L}\p{M}\p{N}.]$') and matches($hyphen, '^\S') and not($break >> $before)"/>
  </xsl:function>
  <xsl:variable name="hard-hyphens" as="xs:boolean" select="//editorialDecl/hyphenation/@eol = 'hard'"/>

  <!-- Whether the mark of a note takes the white space before it: what follows is white space itself, closes a phrase, or is the end. -->
  <xsl:function name="f:hangs" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="next" as="node()?" select="$note/following-sibling::node()[not(self::comment() or self::processing-instruction())][1]"/>
    <xsl:sequence select="f:note-group($note) != 'inline' and not($note/ancestor::*[@xml:space][1]/@xml:space = 'preserve')
      and (empty($next) or $next/self::text()[matches(., '^[\s.,;:!?\p{Pe}\p{Pf}]')] or $next/self::note[f:hangs(.)])"/>
  </xsl:function>
</xsl:stylesheet>
