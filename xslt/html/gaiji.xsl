<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode"
  xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Characters that are not in Unicode, or of a particular form: g, charDecl, char, glyph, charName, glyphName, mapping, charProp, unicodeProp, unihanProp, localProp
       (Guidelines #WD). One without words of its own shows the standard ones of its declaration, else its name. -->

  <xsl:template match="g" as="element(h:span)">
    <xsl:variable name="declared" as="element()?" select="tokenize(@ref)[1][starts-with(., '#')] ! key('id', substring(., 2), root(current()))[1]"/>
    <xsl:variable name="name" as="xs:string?" select="f:sign-name($declared)"/>
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'g'"/>
      </xsl:apply-templates>
      <xsl:if test="$name">
        <xsl:attribute name="title" select="$name"/>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:if test="not(node())">
        <span data-by="edition">
          <xsl:value-of select="(($declared/mapping[@type = 'standard'], $declared/mapping) ! normalize-space()[.],
            '[' || ($name, tokenize(@ref, '[#/]')[last()][.], @type, '?')[1] || ']')[1]"/>
        </span>
      </xsl:if>
    </span>
  </xsl:template>

  <xsl:function name="f:sign-name" as="xs:string?">
    <xsl:param name="declared" as="element()?"/>
    <xsl:sequence select="($declared/(charName | glyphName) ! normalize-space(), $declared/(unicodeProp | localProp)[lower-case(@name) = 'name'] ! normalize-space(@value), $declared/desc ! f:plain(.))[.][1]"/>
  </xsl:function>

  <xsl:template match="charDecl | char | glyph" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="charDecl" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'charDecl'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="char | glyph" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'sign'"/>
      </xsl:apply-templates>
      <xsl:for-each select="charName | glyphName">
        <xsl:apply-templates select="."/>
        <xsl:text> </xsl:text>
      </xsl:for-each>
      <xsl:apply-templates select="node() except (charName | glyphName)"/>
    </div>
  </xsl:template>

  <xsl:template match="charName | glyphName" as="element(h:b)">
    <b>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </b>
  </xsl:template>

  <xsl:template match="unicodeProp | unihanProp | localProp | mapping | charProp" as="node()+">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'sign-fact'"/>
      </xsl:apply-templates>
      <xsl:if test="@name or @type or self::mapping">
        <span data-by="edition">
          <xsl:value-of select="(@name, @type, f:word('mapping'))[1] || ': ' || @value"/>
        </span>
      </xsl:if>
      <xsl:apply-templates/>
    </span>
    <xsl:text> </xsl:text>
  </xsl:template>
</xsl:stylesheet>
