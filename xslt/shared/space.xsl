<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode" xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- White space and plain words: choice, app, note, del, surplus, lb, pb, cb. In running text any run of white space is one space;
       between blocks it is nothing. Where words are wanted without mark-up (contents, captions, attributes), they are the
       corrected ones, without notes (Guidelines #COED, #CONO). -->

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
