<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode" xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- White space and plain words: choice, app, note, del, surplus, lb, pb, cb, space. In running text any run of white space is one space;
       between blocks it is nothing. Where words are wanted without mark-up (contents, captions, attributes), they are the
       corrected ones, without notes (Guidelines #COED, #CONO). -->

  <!-- The elements that run on in a line, wherever they stand: between them and what is around them is the space that the
       document has there and no other. Static, so that a match can be made of them; no other list says which these are. -->
  <xsl:variable name="inline" static="yes" as="xs:string" select="normalize-space('
      abbr add addName affiliation am anchor app att author biblScope bloc c certainty choice citedRange cl code corr country
      damage date del distinct district docDate edition editor ellipsis email emph eventName ex expan foreign forename formula
      g gap genName geo geogFeat geogName gi gloss graphic handShift hi ident idno index lem m measure measureGrp mentioned
      metamark mod name nameLink note num objectName orgName orig pc persName phr placeName postBox postCode precision ptr
      publisher pubPlace rb rdg rdgGrp redo ref reg region resp respStmt restore retrace role roleDesc roleName rs rt ruby s
      secl seg settlement sic soCalled space span street subst supplied surname surplus tag term time title unclear undo unit
      val w')"/>

  <!-- Those that run on in a sentence and are blocks elsewhere: set off, in a list of their own, between paragraphs. -->
  <xsl:variable name="inline-in-a-sentence" static="yes" as="xs:string" select="normalize-space('
      bibl cit docAuthor item label list q quote said stage')"/>

  <xsl:mode name="m:plain" on-no-match="text-only-copy"/>

  <!-- The words of some nodes, corrected, without notes, white space normalized. -->
  <xsl:function name="f:plain" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="words" as="item()*">
      <xsl:apply-templates select="$nodes" mode="m:plain"/>
    </xsl:variable>
    <xsl:sequence select="normalize-space(string-join($words))"/>
  </xsl:function>

  <xsl:template match="text()" mode="m:plain" as="xs:string">
    <xsl:sequence select="string(.)"/>
  </xsl:template>

  <xsl:template match="choice | app" mode="m:plain" as="item()*">
    <xsl:apply-templates select="f:preferred(.)" mode="m:plain"/>
  </xsl:template>

  <xsl:template match="note | del | surplus" mode="m:plain"/>

  <xsl:template match="space" mode="m:plain" as="xs:string">
    <xsl:sequence select="' '"/>
  </xsl:template>

  <xsl:template match="lb | pb | cb" mode="m:plain" as="xs:string?">
    <xsl:sequence select="if (@break = 'no') then () else ' '"/>
  </xsl:template>

  <!-- Of the readings in a choice or an apparatus entry, the one a reading text shows: corrected, regular, expanded, else the first. -->
  <xsl:function name="f:preferred" as="element()?">
    <xsl:param name="choice" as="element()"/>
    <xsl:sequence select="($choice/(corr | reg | expan | lem), $choice/*)[1]"/>
  </xsl:function>

  <!-- A text node as it stands in running text: the space before a note goes, the note hangs on the word before it. -->
  <xsl:function name="f:running" as="xs:string">
    <xsl:param name="text" as="text()"/>
    <xsl:sequence select="
      if ($text/following-sibling::node()[not(self::comment() or self::processing-instruction())][1][self::note[not(@place = 'inline')]])
      then replace($text, '\s+$', '') else string($text)"/>
  </xsl:function>
</xsl:stylesheet>
