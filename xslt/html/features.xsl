<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Feature structures (Guidelines #FS): fs, f, their values binary, symbol, numeric, string, vLabel, vColl, vAlt, vNot, vMerge, default; the
       libraries fLib, fvLib; their declaration fsdDecl, fsDecl, fsDescr, fsdLink, fDecl, fDescr, vRange, vDefault, fsConstraints, cond, bicond, if,
       then, iff. A structure is a list of names and values; a structure as a value, a list within it. -->

  <xsl:template match="fs | f | fLib | fvLib | fsdDecl | fsDecl | fsDescr | fDecl | fDescr | fsConstraints | cond | bicond | if" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:key name="listed" match="(fs | f | symbol | binary | numeric | string | vColl | vAlt | vNot | fDecl | fsDecl)[@xml:id][ancestor::standOff or ancestor::fsdDecl]" use="@xml:id"/>

  <xsl:template match="fs | fLib | fvLib | fsdDecl | fsDecl" as="element(h:div)">
    <div>
      <xsl:sequence select="f:feature-attributes(., local-name())"/>
      <xsl:sequence select="(@n, @type)[1] ! f:feature-words(., 'p', 'feature-kind')"/>
      <xsl:for-each-group select="*" group-adjacent="exists(self::f | self::fDecl)">
        <xsl:choose>
          <xsl:when test="current-grouping-key()">
            <dl>
              <xsl:for-each-group select="current-group()" group-by="string(@name)">
                <xsl:sequence select="f:feature-words(current-grouping-key(), 'dt', 'feature')"/>
                <xsl:apply-templates select="current-group()" mode="m:feature"/>
              </xsl:for-each-group>
            </dl>
          </xsl:when>
          <xsl:when test="parent::fvLib">
            <ul>
              <xsl:for-each select="current-group()">
                <li>
                  <xsl:apply-templates select="."/>
                </li>
              </xsl:for-each>
            </ul>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="current-group()"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
      <xsl:sequence select="@feats ! f:pointed-values(.)"/>
    </div>
  </xsl:template>

  <!-- Id, language and class of a part of a structure; in the header and standOff an id as well. -->
  <xsl:function name="f:feature-attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="class" as="xs:string"/>
    <xsl:if test="exists($element/@xml:id[f:is-usable(.)]/key('listed', ., $document))">
      <xsl:attribute name="id" select="$element/@xml:id"/>
    </xsl:if>
    <xsl:apply-templates select="$element" mode="m:attributes">
      <xsl:with-param name="class" select="$class"/>
    </xsl:apply-templates>
  </xsl:function>

  <xsl:function name="f:feature-words" as="element()">
    <xsl:param name="words" as="xs:anyAtomicType"/>
    <xsl:param name="tag" as="xs:string"/>
    <xsl:param name="class" as="xs:string"/>
    <xsl:element name="{$tag}">
      <xsl:attribute name="class" select="$class"/>
      <xsl:attribute name="data-by" select="'edition'"/>
      <xsl:value-of select="$words"/>
    </xsl:element>
  </xsl:function>

  <!-- Values that are pointed to. -->
  <xsl:function name="f:pointed-values" as="element(h:span)">
    <xsl:param name="pointers" as="attribute()"/>
    <span class="pointers" data-by="edition">
      <xsl:for-each select="tokenize($pointers)">
        <xsl:if test="position() gt 1">, </xsl:if>
        <xsl:call-template name="link">
          <xsl:with-param name="href" select="f:href(., $pointers)"/>
          <xsl:with-param name="words" select="replace(., '^#', '')"/>
        </xsl:call-template>
      </xsl:for-each>
    </span>
  </xsl:function>

  <!-- One line of a structure, behind its name: the value. -->
  <xsl:mode name="m:feature" on-no-match="fail"/>
  <xsl:template match="f | fDecl" mode="m:feature" as="element(h:dd)">
    <dd>
      <xsl:sequence select="f:feature-attributes(., local-name())"/>
      <xsl:choose>
        <xsl:when test="self::f">
          <xsl:sequence select="f:values-of(., ' ')"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="*"/>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:sequence select="@fVal ! f:pointed-values(.)"/>
    </dd>
  </xsl:template>

  <xsl:template match="f | fDecl" as="element(h:dl)">
    <dl>
      <xsl:sequence select="f:feature-words(string(@name), 'dt', 'feature')"/>
      <xsl:apply-templates select="." mode="m:feature"/>
    </dl>
  </xsl:template>

  <!-- The values in an element, with a mark between two. -->
  <xsl:function name="f:values-of" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="mark" as="xs:string"/>
    <xsl:for-each select="$element/(* | text()[normalize-space()])">
      <xsl:sequence select="f:feature-words($mark, 'span', 'mark')[current()/preceding-sibling::*]"/>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="symbol | binary | numeric | string | default" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:sequence select="f:feature-attributes(., local-name())"/>
      <xsl:apply-templates select="node()"/>
      <xsl:variable name="value" as="xs:string" select="if (self::default) then f:word('default')
        else if (self::binary) then (if (@value = ('true', '1', 'plus')) then '+' else '−')
        else string-join((@value, @max), '–') || ' (…)'[current()/@trunc = ('true', '1')]"/>
      <xsl:sequence select="f:feature-words($value, 'span', 'value')[$value]"/>
    </xsl:element>
  </xsl:template>

  <!-- Several values: one of them, none of them, all in a list, set or bag, or merged. -->
  <xsl:template match="vAlt | vNot | vColl | vMerge | vLabel | vRange | vDefault | if | cond | bicond" as="element()">
    <xsl:variable name="signs" as="xs:string*" select="map { 'vAlt': ('', ' | ', ''), 'vNot': (f:word('not') || ' ', ' ', ''), 'vMerge': ('', ' + ', ''), 'vLabel': ('[' || @name || '] ', ' ', ''),
      'vRange': (f:word('vRange') || ': ', ' ', ''), 'vDefault': (f:word('vDefault') || ': ', ' ', ''), 'if': (f:word('if') || ' ', ' ', ''), 'cond': (f:word('if') || ' ', ' ', ''), 'bicond': ('', ' ', ''),
      'vColl': if (@org = 'set') then ('{', ', ', '}') else if (@org = 'bag') then ('(', ', ', ')') else ('⟨', ', ', '⟩') }(local-name())"/>
    <xsl:element name="{if (f:is-block(.) or self::vRange or self::vDefault) then 'div' else f:tag(., 'span')}">
      <xsl:sequence select="f:feature-attributes(., local-name())"/>
      <xsl:sequence select="f:feature-words($signs[1], 'span', 'mark')[$signs[1]]"/>
      <xsl:sequence select="f:values-of(., $signs[2])"/>
      <xsl:sequence select="f:feature-words($signs[3], 'span', 'mark')[$signs[3]]"/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="vRange | vDefault" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="then | iff" as="element(h:span)">
    <xsl:sequence select="f:feature-words(' ' || f:word(local-name()) || ' ', 'span', 'mark')"/>
  </xsl:template>

  <xsl:template match="fsDescr | fDescr | fsConstraints" as="element(h:div)">
    <div>
      <xsl:sequence select="f:feature-attributes(., local-name())"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <xsl:template match="fsdLink" as="element(h:p)">
    <p>
      <xsl:sequence select="f:feature-attributes(., local-name())"/>
      <xsl:sequence select="@type ! f:feature-words(. || ': ', 'span', 'mark')"/>
      <xsl:sequence select="@target ! f:pointed-values(.)"/>
    </p>
  </xsl:template>
  <xsl:template match="fsdLink" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>
</xsl:stylesheet>
