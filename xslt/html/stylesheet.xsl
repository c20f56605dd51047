<xsl:stylesheet version="3.0" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml">

  <!-- One TEI document to one self-contained HTML page: what html.xsl is the package of, and what a project's own stylesheet imports
       as teiwright:html.xsl. What the edition says in its own words carries data-by="edition": take those elements away, and the words
       of the text remain, each once. -->

  <!-- A stylesheet that imports this one begins in the mode that it has itself as default; from the unnamed one it comes here. -->
  <xsl:mode use-accumulators="#all"/>
  <xsl:template match="/" mode="#unnamed">
    <xsl:apply-templates select="." mode="m:html"/>
  </xsl:template>

  <!-- Whether the page says of everything where it comes from: before a text stands an instruction "t" with its number among
       the texts of the document, on an element @data-n with that among the elements, both from 1. -->
  <xsl:param name="traced" as="xs:boolean" static="yes" select="false()"/>
  <!-- Whether the page has all that serves a reader of it: metadata, style sheet, contents, options, registers, header. -->
  <xsl:param name="whole" as="xs:boolean" static="yes" select="true()"/>

  <!-- A style sheet of the project's own, after that of the page. -->
  <xsl:param name="style" as="xs:string" select="''"/>
  <!-- "show" has pictures shown that lie beside the document, and those that it holds itself; "link" none. -->
  <xsl:param name="images" as="xs:string" select="'link'"/>
  <xsl:variable name="pictures-from" as="xs:string" select="if ($images = 'show') then ' ''self'' file:' else ''"/>

  <!-- The text to flow content. What no template foresees keeps its words and is reported once (structure.xsl). -->
  <xsl:mode name="m:html" visibility="public" on-no-match="text-only-copy" use-accumulators="#all"/>
  <!-- Attributes that any result element takes over: id, lang, class. -->
  <xsl:mode name="m:attributes" visibility="public" on-no-match="shallow-skip"/>
  <!-- Whether an element becomes a block. -->
  <xsl:mode name="m:block" visibility="public" on-no-match="shallow-skip"/>
  <!-- The contents list. -->
  <xsl:mode name="m:contents" visibility="public" on-no-match="shallow-skip"/>
  <!-- Parts of the header to items of "about this edition". -->
  <xsl:mode name="m:header" visibility="public" on-no-match="shallow-skip"/>
  <!-- Records of persons, places, bodies and events to entries of the index. -->
  <xsl:mode name="m:record" visibility="public" on-no-match="shallow-skip"/>
  <!-- The document to sections at the foot of the page: a module adds its own, then lets the next one match. -->
  <xsl:mode name="m:foot" visibility="public" on-no-match="shallow-skip"/>
  <!-- Bibliographic records to entries of the bibliography. -->
  <xsl:mode name="m:bibliography" visibility="public" on-no-match="shallow-skip"/>

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no" omit-xml-declaration="yes" use-character-maps="controls"/>

  <!-- The style sheet, taken in when the package is compiled, so that nothing is read when it runs; and what the page has of it. -->
  <xsl:variable name="house-css" as="xs:string" static="yes" select="unparsed-text('style.css')"/>
  <xsl:variable name="css" as="xs:string" select="$house-css"/>

  <!-- With all of shared/; the bibliography is written by the same modules as the lists of works cited. -->
  <xsl:include href="../citations/model.xsl"/>
  <xsl:include href="../citations/references.xsl"/>
  <xsl:include href="../citations/order.xsl"/>
  <xsl:include href="characters.xsl"/>
  <xsl:include href="page.xsl"/>
  <xsl:include href="header.xsl"/>
  <xsl:include href="facts.xsl"/>
  <xsl:include href="citing.xsl"/>
  <xsl:include href="structure.xsl"/>
  <xsl:include href="prose.xsl"/>
  <xsl:include href="lists.xsl"/>
  <xsl:include href="rendition.xsl"/>
  <xsl:include href="tables.xsl"/>
  <xsl:include href="figures.xsl"/>
  <xsl:include href="terms.xsl"/>
  <xsl:include href="gaiji.xsl"/>
  <xsl:include href="documentation.xsl"/>
  <xsl:include href="corpus.xsl"/>
  <xsl:include href="letters.xsl"/>
  <xsl:include href="verse.xsl"/>
  <xsl:include href="drama.xsl"/>
  <xsl:include href="spoken.xsl"/>
  <xsl:include href="quotation.xsl"/>
  <xsl:include href="notes.xsl"/>
  <xsl:include href="names.xsl"/>
  <xsl:include href="entries.xsl"/>
  <xsl:include href="dates.xsl"/>
  <xsl:include href="apparatus.xsl"/>
  <xsl:include href="dictionary.xsl"/>
  <xsl:include href="features.xsl"/>
  <xsl:include href="networks.xsl"/>
  <xsl:include href="linguistic.xsl"/>
  <xsl:include href="alignment.xsl"/>
  <xsl:include href="standoff.xsl"/>
  <xsl:include href="corrections.xsl"/>
  <xsl:include href="signs.xsl"/>
  <xsl:include href="../shared/amounts.xsl"/>
  <xsl:include href="manuscript.xsl"/>
  <xsl:include href="transcription.xsl"/>
  <xsl:include href="facsimile.xsl"/>
  <xsl:include href="zones.xsl"/>
  <xsl:include href="indexes.xsl"/>
  <xsl:include href="chronology.xsl"/>
  <xsl:include href="bibliography.xsl"/>
  <xsl:include href="references.xsl"/>
  <xsl:include href="links.xsl"/>
</xsl:stylesheet>
