<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:a="urn:x-teiwright:accumulator" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Dictionaries (Guidelines #DI): superEntry, entry, entryFree, hom, sense, re, dictScrap, form, orth, pron, hyph, syll, stress, gramGrp, gram, pos,
       subc, gen, number, case, per, tns, mood, iType, colloc, def, cit, quote, etym, lang, xr, usg, lbl, oRef, pRef. Where an entry has
       text of its own between its elements, that is kept; where elements follow each other without any, stands what a printed
       dictionary has there: a space, commas between spellings, a colon before an example, brackets around a pronunciation. -->

  <!-- Entries, homographs and numbered senses are blocks; all else runs on. -->
  <xsl:template match="superEntry | entry | entryFree | hom | re" mode="m:block" as="xs:boolean">
    <xsl:sequence select="not(ancestor::quote | ancestor::etym | ancestor::form)"/>
  </xsl:template>
  <xsl:template match="sense" mode="m:block" as="xs:boolean">
    <xsl:sequence select="exists(@n | preceding-sibling::sense | following-sibling::sense) and not(ancestor::quote | ancestor::etym | ancestor::form)"/>
  </xsl:template>
  <xsl:template match="cit[f:is-lexical(.)] | cit[f:is-lexical(.)]/quote" mode="m:block" as="xs:boolean" priority="1">
    <xsl:sequence select="exists(.//(p | lg | l | list))"/>
  </xsl:template>

  <xsl:function name="f:is-lexical" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/ancestor::*[self::entry or self::entryFree or self::superEntry or self::sense or self::hom])"/>
  </xsl:function>

  <xsl:template match="superEntry | entry | entryFree | hom | re | sense" as="element()">
    <xsl:element name="{if (f:is-block(.)) then 'div' else f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="if (self::entry or self::entryFree) then 'article' else local-name(), 'related'[current()/parent::entry][current()/self::entry]"/>
      </xsl:apply-templates>
      <xsl:variable name="number" as="element(h:span)?" select="f:sense-number(.)"/>
      <xsl:variable name="parts" as="node()*" select="f:lexical-parts(.)"/>
      <xsl:for-each-group select="$parts" group-adjacent="f:is-block-node(.)">
        <xsl:choose>
          <xsl:when test="f:is-block-node(.)">
            <xsl:sequence select="$number[current() is $parts[1]]"/>
            <xsl:apply-templates select="current-group()"/>
          </xsl:when>
          <!-- What runs on beside blocks is a paragraph. -->
          <xsl:when test="$parts ! f:is-block-node(.) = true()">
            <p>
              <xsl:sequence select="$number[current() is $parts[1]]"/>
              <xsl:sequence select="f:lexical-run(current-group())"/>
            </p>
          </xsl:when>
          <xsl:otherwise>
            <xsl:sequence select="$number, f:lexical-run(current-group())"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:is-block-node" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node instance of element() and $node/(f:is-block(.) or f:holds-block(.))"/>
  </xsl:function>

  <!-- The children that are shown: without the white space between elements, which f:lexical-run judges anew. -->
  <xsl:function name="f:lexical-parts" as="node()*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/(* | text()[normalize-space()])"/>
  </xsl:function>

  <!-- The number of a sense or homograph: the document's, else counted among its like. -->
  <xsl:function name="f:sense-number" as="element(h:span)?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="place" as="xs:integer?" select="$element[not(@n)]/(self::sense | self::hom)/f:place-among-its-like(.)"/>
    <xsl:variable name="number" as="xs:string" select="if ($element/@n) then normalize-space($element/@n)
      else if ($place gt 1 or $element/following-sibling::*[local-name() = local-name($element)][not(@n)][1]) then format-integer($place, if ($element/self::hom) then 'I' else '1')
      else ''"/>
    <xsl:if test="$number">
      <span class="sense-number" data-by="edition">
        <xsl:value-of select="$number || '.'[matches($number, '[\p{L}\p{N}]$')] || ' '"/>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- How many senses and homographs without a number of their own each element has up to here. -->
  <xsl:accumulator name="a:senses" as="map(xs:string, xs:integer)" initial-value="map { }">
    <xsl:accumulator-rule match="sense[not(@n)] | hom[not(@n)]" select="map:put($value, local-name() || generate-id(..), ($value(local-name() || generate-id(..)), 0)[1] + 1)"/>
  </xsl:accumulator>

  <xsl:function name="f:place-among-its-like" as="xs:integer">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/accumulator-before('a:senses')(local-name() || generate-id(..))"/>
  </xsl:function>

  <!-- Parts that run on, each with what stands before it. -->
  <xsl:function name="f:lexical-run" as="node()*">
    <xsl:param name="parts" as="node()*"/>
    <xsl:for-each select="$parts">
      <xsl:sequence select="f:before-part(.)[not(current() is $parts[1])]"/>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:function>

  <!-- What stands between a part and the one before it: nothing beside text, which has its own space; between two elements what the
       document has, if the element has text of its own and there is white space; else the customary. -->
  <xsl:function name="f:before-part" as="node()*">
    <xsl:param name="part" as="node()"/>
    <xsl:variable name="before" as="node()?" select="$part/preceding-sibling::node()[self::* or self::text()[normalize-space()]][1]"/>
    <xsl:if test="$part instance of element() and $before instance of element()">
      <xsl:variable name="mark" as="xs:string" select="if ($part/../text()[normalize-space()]) then '' else f:customary-mark($before, $part)"/>
      <xsl:sequence select="f:lexical-mark($mark)[$mark]"/>
      <xsl:value-of select="' '[f:lexical-space($before, $part)]"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:lexical-mark" as="element(h:span)">
    <xsl:param name="mark" as="xs:string"/>
    <span data-by="edition">
      <xsl:value-of select="$mark"/>
    </span>
  </xsl:function>

  <xsl:variable name="spellings" static="yes" select="'orth', 'pron', 'hyph', 'syll', 'stress'"/>

  <xsl:function name="f:customary-mark" as="xs:string">
    <xsl:param name="before" as="element()"/>
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="closed" as="xs:boolean" select="matches(normalize-space($before), '[,;:.!?…，。；：—–-]$') or normalize-space($before) = ''"/>
    <xsl:sequence select="
      if ($closed or matches(normalize-space($part), '^[,;:.)\]，。；：]')) then ''
      else if (local-name($part) = $spellings and local-name($part) = local-name($before)) then ','
      else if ($part/(self::form, self::quote) and local-name($part) = local-name($before)) then ','
      else if ($part/self::cit and $before/self::cit) then ';'
      else if ($part/self::cit) then ':'
      else if ($part/self::def and $before/self::def) then ';'
      else if ($part/self::xr or ($part/self::sense and $before/self::sense)) then ';'
      else ''"/>
  </xsl:function>

  <!-- Whether a space parts two elements that follow each other: not before closing marks, after opening ones, within Chinese and Japanese. -->
  <xsl:function name="f:lexical-space" as="xs:boolean">
    <xsl:param name="before" as="element()"/>
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="left" as="xs:string" select="string($before)"/>
    <xsl:variable name="right" as="xs:string" select="string($part)"/>
    <xsl:variable name="spaced" as="xs:boolean" select="exists($part/preceding-sibling::node()[not(self::comment() or self::processing-instruction())][1][self::text()])"/>
    <xsl:sequence select="not(matches($left, '[(\[{\p{Pi}]$') or matches($right, '^[,;:.!?)\]}\p{Pf}，。；：、]'))
      and ($spaced or not(matches($left, '[一-鿿぀-ゟ゠-ヿ]$') and matches($right, '^[一-鿿぀-ゟ゠-ヿ]')))"/>
  </xsl:function>

  <xsl:template match="form | gramGrp | dictScrap | cit[f:is-lexical(.)] | etym" as="element()" priority="3">
    <xsl:variable name="bracketed" as="xs:boolean" select="exists(self::etym[parent::entry or parent::sense or parent::hom or parent::nym][not(matches(normalize-space(), '^[\[(«]'))])"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name(), @type[matches(., '^[\w\-]+$')]"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:lexical-mark('[')[$bracketed]"/>
      <xsl:sequence select="f:lexical-run(f:lexical-parts(.))"/>
      <xsl:sequence select="f:lexical-mark(']')[$bracketed]"/>
    </xsl:element>
  </xsl:template>

  <!-- Words of an entry: what has none says its value. -->
  <xsl:template match="orth | hyph | syll | stress | gram | pos | subc | gen | number | case | per | tns | mood | iType | colloc | def | lang | usg | lbl | xr" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:if test="@expand and normalize-space()">
        <xsl:attribute name="title" select="@expand"/>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:sequence select="f:lexical-value(.)"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:lexical-value" as="element(h:span)?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="value" as="xs:string?" select="$element[not(normalize-space())]/(@expand, @norm, @value, @orig)[1]"/>
    <xsl:sequence select="$value ! f:lexical-mark(.)"/>
  </xsl:function>

  <!-- A pronunciation stands in brackets; its own, or those of the edition where an entry has no marks. -->
  <xsl:template match="pron" as="element()">
    <xsl:variable name="bracketed" as="xs:boolean" select="not(matches(normalize-space(), '^[\[(/\\]')) and not(../text()[normalize-space()]) and normalize-space()"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'pron'"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:lexical-mark('[')[$bracketed]"/>
      <xsl:apply-templates/>
      <xsl:sequence select="f:lexical-value(.)"/>
      <xsl:sequence select="f:lexical-mark(']')[$bracketed]"/>
    </xsl:element>
  </xsl:template>

  <!-- Examples and translations are told apart by their letters; HTML's quotation marks are for quotations in prose. -->
  <xsl:template match="cit[f:is-lexical(.)]/quote" as="element()" priority="3">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="if (../@type = ('translation', 'trans', 'translationEquivalent')) then 'translation' else 'example'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- The headword, or its sound, where an entry only points to it. -->
  <xsl:template match="oRef | pRef" as="element(h:span)">
    <xsl:variable name="entry" as="element()?" select="ancestor::*[self::entry or self::entryFree][1]"/>
    <xsl:variable name="target" as="element()?" select="tokenize(@target)[1][starts-with(., '#')] ! key('id', substring(., 2), root(current()))[1]"/>
    <xsl:variable name="word" as="xs:string" select="f:plain(($target, if (self::pRef) then ($entry//pron)[1] else ($entry//orth)[1])[1])"/>
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
      <xsl:if test="not(normalize-space())">
        <span data-by="edition">
          <xsl:value-of select="if (@type = 'cap') then upper-case(substring($word, 1, 1)) || substring($word, 2) else if (@type = 'noHyph') then translate($word, '-', '') else $word"/>
        </span>
      </xsl:if>
    </span>
  </xsl:template>
</xsl:stylesheet>
