<?xml version="1.0" encoding="UTF-8"?>
<!-- One TEI document to plain reading text.

White space, the one rule (TEI Guidelines, "White Space in XML Documents"): an element that stands for a block begins and
ends a line; inside a block each run of white space is one space, and none stands at its start or end. An inline element
neither adds nor takes a space. A break with break="no" joins what stands before and after it; any other break is a space.
One empty line parts two blocks; verse lines, entries of a list and notes follow each other without one. -->
<xsl:package name="urn:x-teiwright:text" package-version="0.1" version="3.0"
             xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
             xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
             xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <xsl:output method="text" encoding="UTF-8"/>

  <!-- Which of two readings: "corrected" (corr, reg, expan) or "transcribed" (sic, orig, abbr, surplus). -->
  <xsl:param name="reading" as="xs:string" select="'corrected'"/>
  <!-- The longest line, in characters, indentation included; 0: a paragraph is one line. Only a longer word is longer. -->
  <xsl:param name="width" as="xs:anyAtomicType" select="72"/>
  <!-- "end": a label in the text, the note below; "none": neither. -->
  <xsl:param name="notes" as="xs:string" select="'end'"/>

  <xsl:mode use-accumulators="#all"/>  <!-- the document to its text -->
  <xsl:mode name="m:text" visibility="public" on-no-match="text-only-copy"/>  <!-- TEI to characters and blocks -->

  <xsl:include href="shared/words.xsl"/>
  <xsl:include href="shared/space.xsl"/>
  <xsl:include href="shared/addresses.xsl"/>
  <xsl:include href="shared/readings.xsl"/>
  <xsl:include href="shared/statements.xsl"/>
  <xsl:include href="text/blocks.xsl"/>
  <xsl:include href="text/structure.xsl"/>
  <xsl:include href="text/title.xsl"/>
  <xsl:include href="text/quotation.xsl"/>
  <xsl:include href="text/lists.xsl"/>
  <xsl:include href="text/verse.xsl"/>
  <xsl:include href="text/drama.xsl"/>
  <xsl:include href="text/notes.xsl"/>
  <xsl:include href="text/editing.xsl"/>
  <xsl:include href="text/inline.xsl"/>

  <xsl:template match="/" as="text()">
    <xsl:call-template name="t:check-parameters"/>
    <xsl:variable name="texts" select=".//text[not(ancestor::text)]"/>
    <xsl:variable name="blocks" select="t:content(if ($texts) then $texts else *)"/>
    <xsl:value-of select="normalize-unicode(t:page($blocks), 'NFC')"/>
  </xsl:template>

  <xsl:template name="t:check-parameters">
    <xsl:if test="not($reading = ('corrected', 'transcribed'))">
      <xsl:message terminate="yes">parameter "reading" is "<xsl:value-of select="$reading"/>"; expected "corrected" or "transcribed"</xsl:message>
    </xsl:if>
    <xsl:if test="not($notes = ('end', 'none'))">
      <xsl:message terminate="yes">parameter "notes" is "<xsl:value-of select="$notes"/>"; expected "end" or "none"</xsl:message>
    </xsl:if>
    <xsl:if test="not(matches(string($width), '^\d{1,6}$'))">
      <xsl:message terminate="yes">parameter "width" is "<xsl:value-of select="$width"/>"; expected a number of characters, 0 for lines of any length</xsl:message>
    </xsl:if>
  </xsl:template>
</xsl:package>
