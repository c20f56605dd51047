<xsl:package name="urn:x-teiwright:html" package-version="0.1" version="3.0" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml">

  <!-- One TEI document to one self-contained HTML page. What the edition says in its own words carries data-by="edition":
       take those elements away, and the words of the text remain, each once. -->

  <!-- The names of the elements that the documents have, "*" for any: a module that none of them needs is not compiled. -->
  <xsl:param name="present" as="xs:string*" static="yes" select="'*'"/>
  <!-- Whether the page says of everything where it comes from: before a text stands an instruction "t" with its number among
       the texts of the document, on an element @data-n with that among the elements, both from 1. -->
  <xsl:param name="traced" as="xs:boolean" static="yes" select="false()"/>

  <!-- The text to flow content. What no template foresees keeps its words and is reported once (html/structure.xsl). -->
  <xsl:mode name="m:html" visibility="public" on-no-match="text-only-copy" use-accumulators="#all"/>
  <!-- Attributes that any result element takes over: id, lang, class. -->
  <xsl:mode name="m:attributes" visibility="public" on-no-match="shallow-skip"/>
  <!-- Whether an element becomes a block. -->
  <xsl:mode name="m:block" visibility="public" on-no-match="shallow-skip"/>
  <!-- The contents list. -->
  <xsl:mode name="m:contents" on-no-match="shallow-skip"/>
  <!-- Parts of the header to items of "about this edition". -->
  <xsl:mode name="m:header" visibility="public" on-no-match="shallow-skip"/>
  <!-- Records of persons, places, bodies and events to entries of the index. -->
  <xsl:mode name="m:record" visibility="public" on-no-match="shallow-skip"/>
  <!-- Bibliographic records to entries of the bibliography. -->
  <xsl:mode name="m:bibliography" visibility="public" on-no-match="shallow-skip"/>

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no" omit-xml-declaration="yes"/>

  <!-- The style sheet, taken in when the package is compiled, so that nothing is read when it runs. -->
  <xsl:variable name="css" as="xs:string" static="yes" select="unparsed-text('html/style.css')"/>

  <!-- With all of shared/; the bibliography is written by the same modules as the lists of works cited. -->
  <xsl:include href="citations/model.xsl"/>
  <xsl:include href="citations/references.xsl"/>
  <xsl:include href="citations/order.xsl"/>
  <xsl:include href="shared/statements.xsl"/>
  <xsl:include href="html/page.xsl"/>
  <xsl:include href="html/header.xsl"/>
  <xsl:include href="html/structure.xsl"/>
  <xsl:include href="html/prose.xsl"/>
  <xsl:include href="html/verse.xsl"/>
  <xsl:include href="html/quotation.xsl"/>
  <xsl:include href="html/notes.xsl"/>
  <xsl:include href="html/names.xsl"/>
  <xsl:include href="html/entries.xsl"/>
  <xsl:include href="html/dates.xsl"/>
  <xsl:include href="html/corrections.xsl"/>
  <xsl:include href="html/indexes.xsl"/>
  <xsl:include href="html/chronology.xsl"/>
  <xsl:include href="html/bibliography.xsl"/>
  <xsl:include href="html/links.xsl"/>
</xsl:package>
