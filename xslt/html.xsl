<xsl:package name="urn:x-teiwright:html" package-version="0.1" version="3.0" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="urn:x-teiwright:mode">

  <!-- One TEI document to one self-contained HTML page, as a package, so that a misspelt mode is an error when it is compiled. -->

  <xsl:include href="html/stylesheet.xsl"/>
</xsl:package>
