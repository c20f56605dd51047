<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- What a record that stands in the text says (Guidelines #NDPERSE, #NDPLAC, #NDORG, #NDPERSbp): its statements are names, notes,
       records within it and whatever else has words of its own. -->

  <xsl:function name="f:statements" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="outermost($record//*[f:is-name(.) or self::note or self::person or self::personGrp or self::place or self::org or self::event
      or text()[normalize-space()]])"/>
  </xsl:function>

  <xsl:function name="f:is-name" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(self::persName | self::placeName | self::geogName | self::orgName | self::eventName | self::name)[normalize-space()])"/>
  </xsl:function>

  <!-- What parts a statement from the one before it, by its place in the entry. -->
  <xsl:function name="f:statement-mark" as="xs:string">
    <xsl:param name="place" as="xs:integer"/>
    <xsl:sequence select="if ($place eq 1) then '' else if ($place eq 2) then ': ' else '; '"/>
  </xsl:function>

  <!-- Whether a statement is a name whose parts have no white space between them. -->
  <xsl:function name="f:is-name-in-parts" as="xs:boolean">
    <xsl:param name="statement" as="element()"/>
    <xsl:sequence select="f:is-name($statement) and not($statement/text()[normalize-space()])"/>
  </xsl:function>
</xsl:stylesheet>
