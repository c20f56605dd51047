<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns:eg="http://www.tei-c.org/ns/Examples"
  xmlns:rng="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Documentation of encoding (Guidelines #TD): egXML; schemaSpec, specGrp, specGrpRef, moduleSpec, moduleRef, elementSpec, elementRef, classSpec, classRef,
       macroSpec, macroRef, dataSpec, dataRef, constraintSpec, paramSpec, paramList, attList, attDef, attRef, classes, memberOf, valList, valItem, valDesc, content, datatype, constraint, exemplum, remarks, equiv,
       altIdent, defaultVal, dataFacet, model, modelGrp, modelSequence, param, outputRendition, listRef, specList, specDesc, alternate, sequence, anyElement, empty, textNode.
       Code is shown as it is written; a specification as an entry with its name, and what it says by labels. -->

  <xsl:template match="eg:egXML | egXML | schemaSpec | specGrp | specGrpRef | moduleSpec | moduleRef | elementSpec | elementRef | classSpec | classRef | macroSpec | macroRef | dataSpec | constraintSpec | paramSpec
    | attList | attDef | attRef | classes | valList | valDesc | content | datatype | constraint | exemplum | remarks | model | modelGrp | modelSequence | listRef | specList | outputRendition | paramList"
    mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <!-- XML that is spoken of (Guidelines #TDphrase). -->
  <xsl:template match="eg:egXML | egXML" as="element(h:pre)">
    <pre class="egXML">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'egXML'"/>
      </xsl:apply-templates>
      <code>
        <xsl:apply-templates mode="m:code"/>
      </code>
    </pre>
  </xsl:template>
  <xsl:template match="eg:*" as="element(h:code)" priority="-0.3">
    <code>
      <xsl:apply-templates select="." mode="m:code"/>
    </code>
  </xsl:template>

  <!-- Nodes to the characters they are written with. -->
  <xsl:mode name="m:code" on-no-match="fail"/>
  <xsl:template match="*" mode="m:code" as="node()*">
    <span class="markup" data-by="edition">
      <xsl:value-of select="'&lt;' || name() || f:written-namespace(.) || string-join(@* ! (' ' || name() || '=&quot;' || f:escaped(.) || '&quot;')) || (if (node()) then '>' else '/>')"/>
    </span>
    <xsl:apply-templates mode="m:code"/>
    <xsl:if test="node()">
      <span class="markup" data-by="edition">
        <xsl:value-of select="'&lt;/' || name() || '>'"/>
      </span>
    </xsl:if>
  </xsl:template>
  <xsl:template match="text()" mode="m:code" as="node()*">
    <xsl:sequence select="f:trace(.)"/>
    <xsl:value-of select="replace(replace(., '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;')"/>
  </xsl:template>
  <xsl:template match="comment() | processing-instruction()" mode="m:code" as="element(h:span)">
    <span class="markup" data-by="edition">
      <xsl:value-of select="if (self::comment()) then '&lt;!--' || . || '-->' else '&lt;?' || name() || ' ' || . || '?>'"/>
    </span>
  </xsl:template>

  <xsl:function name="f:escaped" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="replace(replace(replace($value, '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&quot;', '&amp;quot;')"/>
  </xsl:function>

  <!-- The namespace of an element in code, where it begins. -->
  <xsl:function name="f:written-namespace" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="prefix" as="xs:string" select="substring-before(name($element), ':')"/>
    <xsl:if test="namespace-uri($element) != namespace-uri($element/..) and not(namespace-uri($element) = ('http://www.tei-c.org/ns/Examples', 'http://www.tei-c.org/ns/1.0'))">
      <xsl:sequence select="' xmlns' || $prefix[.] ! (':' || .) || '=&quot;' || f:escaped(namespace-uri($element)) || '&quot;'"/>
    </xsl:if>
  </xsl:function>

  <!-- A specification: its name in code, what it is, then its parts. -->
  <xsl:template match="schemaSpec | specGrp | moduleSpec | elementSpec | classSpec | macroSpec | dataSpec | constraintSpec | paramSpec | attDef | valItem" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'spec', local-name()"/>
      </xsl:apply-templates>
      <p class="spec-head">
        <xsl:sequence select="f:spec-label(.)"/>
        <xsl:sequence select="f:said-by-attributes(.)"/>
      </p>
      <xsl:sequence select="f:spaced(.)"/>
    </div>
  </xsl:template>

  <!-- Parts of a specification that hold others, under their label. -->
  <xsl:template match="classes | attList | valList | paramList | exemplum | remarks | constraint | datatype | model | modelGrp | modelSequence | listRef | specList | valDesc | outputRendition" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'spec-part', local-name()"/>
      </xsl:apply-templates>
      <p class="spec-label">
        <xsl:sequence select="f:spec-label(.)"/>
        <xsl:sequence select="f:said-by-attributes(.)"/>
      </p>
      <xsl:sequence select="f:spaced(.)"/>
    </div>
  </xsl:template>

  <!-- What points to a specification, or is said in a word. -->
  <xsl:template match="specGrpRef | moduleRef | elementRef | classRef | macroRef | attRef" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'spec-reference'"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:spec-label(.)"/>
      <xsl:sequence select="f:said-by-attributes(.)"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="memberOf | dataRef | dataFacet | equiv | altIdent | defaultVal | param | specDesc | alternate | sequence | anyElement | empty | textNode" as="node()+">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'spec-word', local-name()"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:spec-label(.)"/>
      <xsl:sequence select="f:said-by-attributes(.)"/>
      <xsl:apply-templates/>
    </xsl:element>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- What may stand in an element, and rules in other languages: as code. -->
  <xsl:template match="content" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'spec-part', local-name()"/>
      </xsl:apply-templates>
      <p class="spec-label">
        <xsl:sequence select="f:spec-label(.)"/>
      </p>
      <xsl:if test="* or normalize-space()">
        <pre>
          <code>
            <xsl:apply-templates mode="m:code"/>
          </code>
        </pre>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="rng:* | sch:*" mode="m:block" as="xs:boolean" priority="1">
    <xsl:sequence select="true()"/>
  </xsl:template>
  <xsl:template match="rng:* | sch:*" as="element(h:pre)">
    <pre>
      <code>
        <xsl:apply-templates select="." mode="m:code"/>
      </code>
    </pre>
  </xsl:template>

  <!-- The parts of a specification with a space between those that stand in a line. -->
  <xsl:function name="f:spaced" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element/node()">
      <xsl:apply-templates select="."/>
      <xsl:if test="self::* and not(f:is-block(.))">
        <xsl:text> </xsl:text>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="f:spec-label" as="element(h:span)">
    <xsl:param name="element" as="element()"/>
    <span class="spec-name" data-by="edition">
      <xsl:value-of select="f:word('spec-' || local-name($element)) || ' '"/>
    </span>
  </xsl:function>

  <!-- What a specification says of itself in attributes, its name first. -->
  <xsl:function name="f:said-by-attributes" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="name" as="attribute()?" select="($element/@ident, $element/@key, $element/@name, $element/@target, $element/@atts[not($element/@key)])[1]"/>
    <xsl:if test="$name">
      <code class="ident" data-by="edition">
        <xsl:value-of select="normalize-space($name)"/>
      </code>
      <xsl:text> </xsl:text>
    </xsl:if>
    <xsl:variable name="others" as="attribute()*" select="$element/(@* except ($name, @xml:*, @rend, @rendition, @style, @n))"/>
    <xsl:if test="exists($others)">
      <span class="spec-facts" data-by="edition">
        <xsl:value-of select="'(' || string-join($others ! (local-name() || ' ' || normalize-space()), '; ') || ') '"/>
      </span>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
