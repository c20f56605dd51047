<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Drama and screenplay: sp, spGrp, speaker, stage, move, view, camera, caption, sound, tech, set, performance, prologue, epilogue, castList,
       castGroup, castItem, role, roleDesc, actor (Guidelines #DR). -->

  <xsl:template match="spGrp | set | performance | prologue | epilogue | view | castList | castGroup" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <!-- Directions stand alone between speeches and run on in them, in headings and beside the name of a speaker. -->
  <xsl:template match="stage | camera | caption | sound | tech" mode="m:block" as="xs:boolean" priority="1">
    <xsl:sequence select="not(ancestor::p or ancestor::l or ancestor::ab) and exists(parent::body | parent::front | parent::back | parent::div | parent::div1 | parent::div2
      | parent::div3 | parent::div4 | parent::sp | parent::spGrp | parent::lg | parent::view | parent::set | parent::performance | parent::prologue | parent::epilogue
      | parent::castList | parent::castGroup | parent::stage[*][not(text()[normalize-space()])] | parent::q | parent::quote | parent::said) and not(../text()[normalize-space()])
      or f:holds-block(.)"/>
  </xsl:template>

  <xsl:template match="spGrp | set | performance | prologue | epilogue | view | castList | castGroup" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- A speech without a printed speaker has the name that the document knows. -->
  <xsl:template match="sp" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'sp'"/>
      </xsl:apply-templates>
      <xsl:if test="@who and not(speaker)">
        <p class="speaker" data-by="edition">
          <xsl:value-of select="f:who(.)"/>
        </p>
      </xsl:if>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- Those who speak or do something, by their names. -->
  <xsl:function name="f:who" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string-join(tokenize($element/@who) ! f:pointed(., $element), ', ')"/>
  </xsl:function>

  <xsl:template match="speaker | castItem" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="stage | camera | caption | sound | tech" as="element()">
    <xsl:element name="{if (f:is-block(.)) then f:tag(., 'p') else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name(), tokenize(@type)[matches(., '^[A-Za-z][\w\-]*$')][current()/self::stage] ! ('stage-' || .)"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- A move on the stage that no words tell of. -->
  <xsl:template match="move" as="element(h:span)">
    <span data-by="edition">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'stage', 'move'"/>
      </xsl:apply-templates>
      <xsl:value-of select="'[' || string-join((f:who(.)[.], (@type ! f:fact-words(.), f:word('move'))[1], @where ! f:fact-words(.)), ', ') || ']'"/>
    </span>
  </xsl:template>

  <xsl:template match="role | roleDesc | actor" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
