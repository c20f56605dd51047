<?xml version="1.0" encoding="UTF-8"?>
<!-- The works a TEI document cites, as a web page that loads nothing: each with the notes and pages where it is cited. -->
<xsl:package name="urn:x-teiwright:citations-html" package-version="0.1" version="3.0"
             xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
             xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/1999/xhtml" xmlns:r="urn:x-teiwright:record"
             xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode" exclude-result-prefixes="#all">
  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no" normalization-form="NFC"/>

  <xsl:variable name="css" static="yes" as="xs:string" select="unparsed-text('citations/style.css')"/>

  <xsl:mode use-accumulators="#all"/>  <!-- the document to its page -->
  <xsl:mode name="m:page" on-no-match="fail"/>  <!-- the model to the page -->

  <xsl:include href="citations/full.xsl"/>
  <xsl:include href="citations/references.xsl"/>
  <xsl:include href="citations/order.xsl"/>

  <xsl:template match="/" as="element(h:html)">
    <xsl:apply-templates select="c:works(.)/r:works" mode="m:page"/>
  </xsl:template>

  <xsl:template match="r:works" mode="m:page" as="element(h:html)">
    <xsl:variable name="title" select="f:citing-word('list-of', @title)"/>
    <html lang="{$spoken}">
      <head>
        <meta charset="UTF-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <title><xsl:value-of select="$title"/></title>
        <meta name="description" content="{f:citing-word('list-description', @title)}"/>
        <style><xsl:value-of select="$css"/></style>
      </head>
      <body>
        <header>
          <h1><xsl:value-of select="$title"/></h1>
          <xsl:if test="c:has-numbered-passages(.)"><p class="lead"><xsl:value-of select="f:citing-word('passages-explained', ())"/></p></xsl:if>
        </header>
        <main><xsl:apply-templates select="c:groups(.)" mode="m:page"><xsl:with-param name="works" select="."/></xsl:apply-templates></main>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="r:group" mode="m:page" as="element(h:section)">
    <xsl:param name="works" as="element(r:works)"/>
    <section aria-labelledby="heading-{@key}">
      <h2 id="heading-{@key}"><xsl:value-of select="f:citing-word(@key, ())"/></h2>
      <ul>
        <xsl:for-each select="r:entry">
          <xsl:apply-templates select="key('c:work', @id, root($works))" mode="m:page">
            <xsl:with-param name="pieces" select="key('c:work', tokenize(@pieces), root($works))"/>
          </xsl:apply-templates>
        </xsl:for-each>
      </ul>
    </section>
  </xsl:template>

  <xsl:template match="r:work" mode="m:page" as="element(h:li)">
    <xsl:param name="pieces" as="element(r:work)*"/>
    <li id="{@id}">
      <p class="entry">
        <xsl:apply-templates select="." mode="m:reference"/>
        <xsl:apply-templates select="r:url" mode="m:page"/>
      </p>
      <xsl:for-each select="string-join(c:used(.), '; ')[.]"><p class="used"><xsl:value-of select="."/></p></xsl:for-each>
      <xsl:if test="$pieces"><ul class="pieces"><xsl:apply-templates select="c:sorted($pieces)" mode="m:piece"><xsl:with-param name="whole" select="."/></xsl:apply-templates></ul></xsl:if>
    </li>
  </xsl:template>

  <xsl:mode name="m:piece" on-no-match="fail"/>  <!-- a work in another to an entry below that of the other -->

  <xsl:template match="r:work" mode="m:piece" as="element(h:li)">
    <xsl:param name="whole" as="element(r:work)"/>
    <li id="{@id}"><xsl:value-of select="c:piece-words(., $whole)"/></li>
  </xsl:template>

  <!-- The address shows which site it leads to. -->
  <xsl:template match="r:url" mode="m:page" as="node()+">
    <xsl:text> </xsl:text><a href="{.}"><xsl:value-of select="replace(., '^https?://(www\.)?([^/]+).*$', '$2')"/></a>
  </xsl:template>
</xsl:package>
