<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Transcribed speech: u, annotationBlock, pause, vocal, kinesic, incident, writing, shift (Guidelines #TS). What is not said in words
       stands in the edition's brackets. -->

  <xsl:template match="u | annotationBlock" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>
  <xsl:template match="writing" mode="m:block" as="xs:boolean">
    <xsl:sequence select="f:holds-block(.) or not(ancestor::u or ancestor::p)"/>
  </xsl:template>

  <xsl:template match="annotationBlock" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'annotationBlock'"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:turn(.)"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="u" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'u'"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:turn(.)"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Who speaks, and how the turn joins the one before. -->
  <xsl:function name="f:turn" as="element(h:span)?">
    <xsl:param name="speech" as="element()"/>
    <xsl:variable name="facts" as="xs:string*" select="$speech/@trans[. != 'smooth'] ! f:fact-words(.)"/>
    <xsl:if test="$speech/@who or exists($facts)">
      <span class="who" data-by="edition">
        <xsl:value-of select="string-join((f:who($speech)[.], $facts), ', ') || ': '"/>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- "[laughs]", "[A: telephone rings, 3 times]"; a pause with its length. -->
  <xsl:template match="pause | vocal | kinesic | incident" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'unspoken', local-name()"/>
      </xsl:apply-templates>
      <span data-by="edition">
        <xsl:value-of select="'[' || f:who(.)[. and not(. = f:who(current()/..))] ! (. || ': ')"/>
      </span>
      <xsl:apply-templates/>
      <span data-by="edition">
        <xsl:value-of select="string-join((''[normalize-space(current())], f:word(local-name())[not(normalize-space(current()))], @type[not(normalize-space(current()))] ! f:fact-words(.),
          @iterated[. = 'true'] ! f:word('iterated'), @dur ! f:duration(.)), ', ') || ']'"/>
      </span>
    </xsl:element>
  </xsl:template>

  <xsl:template match="shift" as="element(h:span)">
    <span data-by="edition">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'unspoken', 'shift'"/>
      </xsl:apply-templates>
      <xsl:value-of select="'[' || f:who(.)[. and not(. = f:who(current()/..))] ! (. || ': ') || f:named-value((@feature, 'feature')[1], (@new ! f:fact-words(.), f:word('value-normal'))[1]) || ']'"/>
    </span>
  </xsl:template>

  <xsl:template match="writing" as="element()">
    <xsl:element name="{if (f:is-block(.)) then f:tag(., 'p') else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'writing'"/>
      </xsl:apply-templates>
      <span data-by="edition">
        <xsl:value-of select="'[' || string-join((f:who(.)[.], f:word('writing'), @type ! f:fact-words(.)), ', ') || ': '"/>
      </span>
      <xsl:apply-templates/>
      <span data-by="edition">]</span>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
