<xsl:transform version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:h="urn:f">
  <xsl:function name="h:times"><xsl:param name="a"/><xsl:param name="b"/><xsl:sequence select="number($a) * $b"/></xsl:function>
</xsl:transform>
