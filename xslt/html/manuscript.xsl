<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Descriptions of manuscripts (Guidelines #MS), to be read like an entry of a printed catalogue: msDesc, msPart, msFrag and their
       sections msContents, physDesc, history, additional; msIdentifier, altIdentifier; msItem, msItemStruct with locus, locusGrp.
       What a section says stands under labels: summary, textLang, filiation, rubric, incipit, explicit, finalRubric, colophon; objectDesc,
       supportDesc, support, extent, foliation, collation, condition, layoutDesc, layout, handDesc, handNote, scriptDesc, scriptNote,
       typeDesc, typeNote, musicNotation, decoDesc, decoNote, additions, bindingDesc, binding, sealDesc, seal, accMat; origin,
       provenance, acquisition; adminInfo, recordHist, source, change, availability, custodialHist, custEvent, surrogates, note, listBibl.
       In its sentences: dimensions, dim, height, width, depth, origDate; what else they have (material, watermark, heraldry …) runs on as any phrase does. -->

  <!-- Blocks: all but what stands within a sentence or a reference. -->
  <xsl:template match="support | foliation | collation | condition | layout | handNote | typeNote | scriptNote | musicNotation | decoNote 
    | additions | binding | seal | accMat | origin | provenance | acquisition | source | custEvent | surrogates | textLang 
    | filiation | rubric | incipit | explicit | finalRubric | colophon | msIdentifier | summary" mode="m:block" as="xs:boolean">
    <xsl:sequence select="f:is-set-off(.)"/>
  </xsl:template>
  <xsl:template match="layoutDesc | handDesc | typeDesc | scriptDesc | decoDesc | bindingDesc | sealDesc | custodialHist | recordHist | objectDesc
    | supportDesc | adminInfo | msContents | physDesc | history | additional | msDesc | msPart | msFrag | msItem | msItemStruct | supportDesc/extent" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:function name="f:is-set-off" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="empty($element/(parent::p | parent::ab | parent::bibl | parent::monogr | parent::quote | parent::cit))"/>
  </xsl:function>

  <!-- The description and its parts. -->
  <xsl:template match="msDesc | msPart | msFrag" as="element(h:section)">
    <section>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:if test="empty(msIdentifier | self::msFrag/altIdentifier)">
        <xsl:sequence select="f:part-label(., '') ! f:titled(f:description-heading(current()), .)"/>
      </xsl:if>
      <xsl:call-template name="statements"/>
    </section>
  </xsl:template>

  <xsl:template match="msContents | physDesc | history | additional" as="element(h:section)">
    <section>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:titled(f:description-heading(.), f:text(f:word('ms-' || local-name())))"/>
      <xsl:call-template name="statements"/>
    </section>
  </xsl:template>

  <xsl:function name="f:titled" as="element()">
    <xsl:param name="heading" as="xs:string"/>
    <xsl:param name="words" as="node()"/>
    <xsl:element name="{$heading}">
      <xsl:attribute name="data-by" select="'edition'"/>
      <xsl:sequence select="$words"/>
    </xsl:element>
  </xsl:function>

  <!-- "h3" for what stands under an h2. A description in the text counts from the division around it; in the header it stands under the
       heading of what the document describes where it has no text, else among the sources. -->
  <xsl:function name="f:description-heading" as="xs:string">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="document" as="element()?" select="$part/ancestor::*[self::TEI or self::teiCorpus][1]"/>
    <xsl:variable name="around" as="xs:integer" select="if ($part/ancestor::text) then xs:integer(substring(f:heading($part), 2))
      else if ($part/(ancestor::titleStmt | ancestor::editionStmt | ancestor::publicationStmt | ancestor::seriesStmt | ancestor::notesStmt)) then 2
      else if ($document/parent::* or $document ! f:has-words(.)) then 3 else 2"/>
    <xsl:sequence select="'h' || min(($around + 1 + count($part/ancestor::*[f:is-description(.)][not(self::msDesc) or msIdentifier[empty(preceding-sibling::*[f:is-description(.)])]]), 6))"/>
  </xsl:function>

  <xsl:function name="f:is-description" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(self::msDesc | self::msPart | self::msFrag | self::msContents | self::physDesc | self::history | self::additional))"/>
  </xsl:function>

  <!-- How many parts and fragments each description has up to here. -->
  <xsl:accumulator name="a:ms-parts" as="map(xs:string, xs:integer)" initial-value="map { }">
    <xsl:accumulator-rule match="msPart | msFrag" select="map:put($value, local-name() || generate-id(..), ($value(local-name() || generate-id(..)), 0)[1] + 1)"/>
  </xsl:accumulator>

  <!-- "Part 2", "Fragment 1"; a description itself has none. -->
  <xsl:function name="f:part-label" as="element(h:span)?">
    <xsl:param name="part" as="element()"/>
    <xsl:param name="mark" as="xs:string"/>
    <xsl:if test="not($part/self::msDesc)">
      <span class="part-label" data-by="edition">
        <xsl:value-of select="f:word('ms-' || local-name($part), string(($part/@n, $part/accumulator-before('a:ms-parts')(local-name($part) || generate-id($part/..)))[1])) || $mark"/>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- Also where a header has it under a label. -->
  <xsl:template match="msDesc | msPart | msFrag | msContents | physDesc | history | additional" mode="m:header-body" as="element(h:section)">
    <xsl:apply-templates select="." mode="m:html"/>
  </xsl:template>

  <!-- The identifier: what one calls the manuscript by is the heading, what else it says a line below. -->
  <xsl:template match="msIdentifier | msFrag/altIdentifier" as="element()+">
    <xsl:variable name="called" as="element()*" select="settlement | (repository, institution)[1] | collection | (idno[@type = 'shelfmark'], idno)[1] | msName | objectName"/>
    <xsl:variable name="heading" as="element()*" select="if (exists($called)) then $called else if (* except altIdentifier) then * except altIdentifier else *"/>
    <xsl:variable name="rest" as="element()*" select="* except $heading"/>
    <xsl:variable name="identified" as="xs:boolean" select="exists((parent::msDesc, parent::msPart, parent::msFrag))"/>
    <xsl:variable name="has-blocks" as="xs:boolean" select="($heading ! (f:is-block(.) or f:holds-block(.))) = true()"/>
    <xsl:element name="{if ($has-blocks) then 'div' else if ($identified) then f:description-heading(..) else if (f:is-set-off(.)) then 'p' else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name(), 'heading'[$has-blocks and $identified]"/>
      </xsl:apply-templates>
      <xsl:if test="$has-blocks and $identified">
        <xsl:attribute name="role" select="'heading'"/>
        <xsl:attribute name="aria-level" select="substring(f:description-heading(..), 2)"/>
      </xsl:if>
      <xsl:sequence select="parent::*[self::msPart or self::msFrag] ! f:part-label(., if (exists($heading)) then ': ' else '')"/>
      <xsl:apply-templates select="$heading" mode="m:joined"/>
      <xsl:apply-templates select="text()"/>
    </xsl:element>
    <xsl:if test="$rest">
      <xsl:sequence select="f:sign('; ')[not(f:is-set-off(current()))]"/>
      <xsl:element name="{if ($rest/(f:is-block(.) or f:holds-block(.)) = true()) then 'div' else if (f:is-set-off(.)) then 'p' else 'span'}">
        <xsl:attribute name="class" select="'identifier-rest'"/>
        <xsl:apply-templates select="$rest" mode="m:joined">
          <xsl:with-param name="mark" select="'; '"/>
        </xsl:apply-templates>
      </xsl:element>
    </xsl:if>
  </xsl:template>

  <!-- One of several things in a line, with the edition's mark between it and the one before. -->
  <xsl:mode name="m:joined" on-no-match="fail"/>
  <xsl:template match="*" mode="m:joined" as="node()+">
    <xsl:param name="mark" as="xs:string" select="', '"/>
    <xsl:if test="position() gt 1">
      <xsl:sequence select="f:sign($mark)"/>
    </xsl:if>
    <xsl:if test="$mark = '; '">
      <xsl:sequence select="self::*[self::idno or self::altIdentifier]/f:readable-value('ms-identifier', @type) ! f:sign(. || ': ')"/>
    </xsl:if>
    <xsl:apply-templates select="."/>
  </xsl:template>

  <!-- What is made of parts alone, with a comma between them. -->
  <xsl:template match="altIdentifier | locusGrp" as="element()">
    <xsl:variable name="parts" as="xs:boolean" select="empty(text()[normalize-space()])"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="*[$parts]" mode="m:joined"/>
      <xsl:apply-templates select="node()[not($parts)]"/>
    </xsl:element>
  </xsl:template>

  <!-- What stands in a section or an item, in its order: statements as a list under labels, items as a list, what runs on as a line, other blocks. -->
  <xsl:template name="statements" as="node()*">
    <xsl:for-each-group select="* | text()[normalize-space()]" group-adjacent="f:statement-kind(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key() = 'labelled'">
          <xsl:sequence select="f:labelled(current-group())"/>
        </xsl:when>
        <xsl:when test="current-grouping-key() = 'item'">
          <ul class="items">
            <xsl:apply-templates select="current-group()"/>
          </ul>
        </xsl:when>
        <xsl:when test="current-grouping-key() = 'line'">
          <xsl:element name="{if (some $one in current-group()[self::*] satisfies (f:is-block($one) or f:holds-block($one))) then 'div' else 'p'}">
            <xsl:attribute name="class" select="'item-line'"/>
            <xsl:sequence select="..[current() is *[1]] ! f:item-number(.)"/>
            <xsl:apply-templates select="current-group()" mode="m:item-line"/>
            <xsl:sequence select="..[current() is *[1]][@defective = 'true'] ! f:sign(' (' || f:word('ms-defective') || ')')"/>
          </xsl:element>
        </xsl:when>
        <xsl:when test="current-grouping-key() = 'phrase'">
          <xsl:apply-templates select="current-group()" mode="m:apart"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="current-group()"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:function name="f:statement-kind" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:apply-templates select="$node" mode="m:kind"/>
  </xsl:function>

  <xsl:mode name="m:kind" on-no-match="fail"/>
  <xsl:template match="*" mode="m:kind" as="xs:string" priority="-1">
    <xsl:sequence select="if (f:is-block(.)) then 'block' else 'phrase'"/>
  </xsl:template>
  <xsl:template match="text() | locus | locusGrp | author | editor | title | respStmt | pb | cb | gb | lb | milestone | anchor | gap | space" mode="m:kind" as="xs:string">line</xsl:template>
  <xsl:template match="msItem | msItemStruct" mode="m:kind" as="xs:string">item</xsl:template>
  <xsl:template match="docDate | docEdition | msFrag/altIdentifier" mode="m:kind" as="xs:string">block</xsl:template>
  <xsl:template match="support | foliation | collation | condition | layout | handNote | typeNote | scriptNote | musicNotation | decoNote 
    | additions | binding | seal | accMat | origin | provenance | acquisition | source | custEvent | surrogates | textLang 
    | filiation | rubric | incipit | explicit | finalRubric | colophon | layoutDesc | handDesc | typeDesc | scriptDesc 
    | decoDesc | bindingDesc | sealDesc | custodialHist | recordHist | objectDesc | supportDesc | adminInfo 
    | additional/listBibl" mode="m:kind" as="xs:string">
    <xsl:sequence select="if (parent::msItem or parent::msItemStruct) then 'block' else 'labelled'"/>
  </xsl:template>

  <!-- A phrase that stands for itself becomes a paragraph. -->
  <xsl:mode name="m:apart" on-no-match="fail"/>
  <xsl:template match="*" mode="m:apart" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:attribute name="class" select="'item-note'"/>
      <xsl:apply-templates select="."/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:labelled" as="element(h:dl)?">
    <xsl:param name="statements" as="node()+"/>
    <xsl:variable name="shown" as="element()*">
      <xsl:apply-templates select="$statements" mode="m:labelled"/>
    </xsl:variable>
    <xsl:if test="exists($shown)">
      <dl class="statements">
        <xsl:sequence select="$shown"/>
      </dl>
    </xsl:if>
  </xsl:function>

  <!-- Statements under their labels; one that says nothing has none. -->
  <xsl:mode name="m:labelled" on-no-match="fail"/>
  <xsl:template match="node()" mode="m:labelled" as="element()*">
    <xsl:variable name="label" as="xs:string" select="local-name(if (self::p or self::ab or self::text()) then .. else .)"/>
    <xsl:variable name="before" as="node()?" select="preceding-sibling::node()[self::* or self::text()[normalize-space()]][1]"/>
    <xsl:variable name="continues" as="xs:boolean" select="exists($before[node-name() = current()/node-name()][f:says-something(.)])"/>
    <xsl:sequence select="f:term($label)[not($continues) and f:says-something(current())]"/>
    <xsl:call-template name="member"/>
  </xsl:template>

  <xsl:template match="layoutDesc | handDesc | typeDesc | scriptDesc | decoDesc | bindingDesc | sealDesc | custodialHist | recordHist" mode="m:labelled" as="element()*">
    <xsl:if test="@hands or f:says-something(.)">
      <xsl:sequence select="f:term(local-name())"/>
      <xsl:sequence select="@hands[not(../(p | ab | summary))] ! f:known-member(f:word(if (. = '1') then 'ms-hands-1' else 'ms-hands', .))"/>
      <xsl:for-each-group select="* | text()[normalize-space()]" group-adjacent="if (self::p or self::ab or self::text()) then '' else generate-id()">
        <xsl:call-template name="member">
          <xsl:with-param name="nodes" select="current-group()"/>
        </xsl:call-template>
      </xsl:for-each-group>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:term" as="element(h:dt)">
    <xsl:param name="label" as="xs:string"/>
    <dt data-by="edition">
      <xsl:value-of select="f:word('ms-' || $label)"/>
    </dt>
  </xsl:function>

  <!-- What is said under a label by an attribute alone. -->
  <xsl:function name="f:known-member" as="element(h:dd)">
    <xsl:param name="words" as="xs:string"/>
    <dd data-by="edition">
      <xsl:value-of select="$words"/>
    </dd>
  </xsl:function>

  <xsl:function name="f:says-something" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="normalize-space($node) or exists($node/descendant-or-self::*[self::gap or self::space or self::graphic or self::ptr or self::locus[@from]
      or @quantity or @when or @from or @to or @notBefore or @notAfter or @mainLang or @defective = 'true' or @contemporary or @scribe or @script or @medium or @scope
      or self::layout[@columns or @streams or @ruledLines or @writtenLines]])"/>
  </xsl:function>

  <xsl:template name="member" as="element(h:dd)?">
    <xsl:param name="nodes" as="node()+" select="."/>
    <xsl:variable name="said" as="node()*">
      <xsl:apply-templates select="$nodes[f:says-something(.)]" mode="m:member"/>
    </xsl:variable>
    <xsl:if test="exists($said)">
      <dd>
        <xsl:sequence select="$said"/>
      </dd>
    </xsl:if>
  </xsl:template>

  <xsl:template match="objectDesc | supportDesc | adminInfo" mode="m:labelled" as="element()*">
    <xsl:variable name="known" as="xs:string?" select="self::objectDesc/@form ! f:value('ms-form', .), self::supportDesc[not(support[normalize-space()] or p)]/@material ! f:value('ms-material', .)"/>
    <xsl:sequence select="$known ! (f:term(if (current()/self::objectDesc) then 'objectDesc' else 'support'), f:known-member(.))"/>
    <xsl:apply-templates select="* | text()[normalize-space()]" mode="m:labelled"/>
  </xsl:template>

  <!-- A part of what a label speaks of. What has a label of its own and stands for something else keeps it. -->
  <xsl:mode name="m:member" on-no-match="fail"/>
  <xsl:template match="node()" mode="m:member" as="node()*">
    <xsl:apply-templates select="."/>
  </xsl:template>
  <xsl:template match="support | foliation | collation | condition | layout | handNote | typeNote | scriptNote | musicNotation | decoNote 
    | additions | binding | seal | accMat | origin | provenance | acquisition | source | custEvent | surrogates | textLang 
    | filiation | rubric | incipit | explicit | finalRubric | colophon | extent | change | availability" mode="m:member" as="node()*">
    <xsl:variable name="within" as="element()">
      <xsl:element name="{f:tag(., 'span')}">
        <xsl:apply-templates select="." mode="m:attributes"/>
        <xsl:apply-templates select="." mode="m:said"/>
      </xsl:element>
    </xsl:variable>
    <xsl:sequence select="if ($within/@*) then $within else $within/node()"/>
  </xsl:template>
  <xsl:template match="bindingDesc/decoNote | bindingDesc/condition | sealDesc/decoNote | sealDesc/condition" mode="m:member" as="node()*" priority="1">
    <xsl:apply-templates select="."/>
  </xsl:template>

  <!-- Where a statement does not stand in a section: its label, then its words; within a sentence its words alone. -->
  <xsl:template match="support | foliation | collation | condition | layout | handNote | typeNote | scriptNote | musicNotation | decoNote 
    | additions | binding | seal | accMat | origin | provenance | acquisition | source | custEvent | surrogates | textLang 
    | filiation | rubric | incipit | explicit | finalRubric | colophon" as="element()">
    <xsl:variable name="set-off" as="xs:boolean" select="f:is-set-off(.)"/>
    <xsl:variable name="tag" as="xs:string" select="f:tag(., if ($set-off) then 'p' else 'span')"/>
    <xsl:element name="{$tag}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'statement'[$set-off], local-name()"/>
      </xsl:apply-templates>
      <xsl:if test="$set-off">
        <xsl:element name="{if ($tag = 'div') then 'p' else 'span'}">
          <xsl:attribute name="class" select="'statement-label'"/>
          <xsl:attribute name="data-by" select="'edition'"/>
          <xsl:value-of select="f:word('ms-' || local-name()) || (if ($tag = 'div') then '' else ': ')"/>
        </xsl:element>
      </xsl:if>
      <xsl:apply-templates select="." mode="m:said"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="layoutDesc | handDesc | typeDesc | scriptDesc | decoDesc | bindingDesc | sealDesc | custodialHist | recordHist 
    | objectDesc | supportDesc | adminInfo | supportDesc/extent" as="element(h:dl)?" priority=".6">
    <xsl:sequence select="f:labelled(.)"/>
  </xsl:template>

  <xsl:template match="summary" as="element()">
    <xsl:element name="{f:tag(., if (f:is-set-off(.)) then 'p' else 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="handDesc/summary | layoutDesc/summary | typeDesc/summary | scriptDesc/summary | decoDesc/summary | sealDesc/summary" mode="m:member" as="node()*">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- What a statement says: its day where the words do not give it, its words, then what its attributes add. -->
  <xsl:mode name="m:said" on-no-match="fail"/>
  <xsl:template match="*" mode="m:said" as="node()*">
    <xsl:variable name="day" as="xs:string?" select="f:date-words(f:values(., false()), true())[.][not(matches(current(), '\d{3}') or current()//(date | origDate))]"/>
    <xsl:variable name="in-line" as="xs:boolean" select="normalize-space() and not(f:holds-block(.))"/>
    <xsl:sequence select="$day[$in-line] ! f:sign(. || ': ')"/>
    <xsl:choose>
      <xsl:when test="(self::origin or self::support or self::acquisition) and not(text()[normalize-space()]) and not(f:holds-block(.))">
        <xsl:apply-templates select="*" mode="m:joined">
          <xsl:with-param name="mark" select="'; '"/>
        </xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="node()"/>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:variable name="remarks" as="xs:string*">
      <xsl:sequence select="$day[not($in-line)]"/>
      <xsl:apply-templates select="." mode="m:remarks"/>
    </xsl:variable>
    <xsl:variable name="new" as="xs:string" select="string-join($remarks[not(contains(lower-case(current()), lower-case(.)))], '; ')"/>
    <xsl:sequence select="$new[.] ! f:sign(if (normalize-space(current())) then ' (' || . || ')' else .)"/>
  </xsl:template>

  <!-- What the attributes of a statement tell a reader. -->
  <xsl:mode name="m:remarks" on-no-match="fail"/>
  <xsl:template match="*" mode="m:remarks" as="xs:string*">
    <xsl:sequence select="f:readable-value('ms-type', @type), @defective[. = 'true'] ! f:word('ms-defective')"/>
  </xsl:template>
  <xsl:template match="handNote | typeNote | scriptNote" mode="m:remarks" as="xs:string*">
    <xsl:sequence select="@scope ! f:value('ms-scope', .), @scribe[not(starts-with(., '#'))] ! f:word('ms-scribe', .), @script[not(starts-with(., '#'))] ! f:word('ms-script', f:value('ms-script', .)),
      @medium[not(starts-with(., '#'))] ! f:word('ms-medium', f:value('ms-medium', .))"/>
  </xsl:template>
  <xsl:template match="binding | seal" mode="m:remarks" as="xs:string*">
    <xsl:sequence select="f:readable-value('ms-type', @type), @contemporary[. = ('true', '1')] ! f:word('ms-contemporary'), @contemporary[. = ('false', '0')] ! f:word('ms-later')"/>
  </xsl:template>
  <xsl:template match="layout[not(normalize-space())]" mode="m:remarks" as="xs:string*">
    <xsl:for-each select="@columns, @streams, @ruledLines, @writtenLines">
      <xsl:sequence select="f:word('ms-layout-' || local-name() || '-1'[current() = '1'], replace(normalize-space(.), ' ', '–'))"/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="textLang[not(normalize-space())]" mode="m:remarks" as="xs:string*">
    <xsl:sequence select="(@mainLang, @otherLangs) ! tokenize(.) ! f:value('language', .)"/>
  </xsl:template>

  <!-- A text that a manuscript holds: where it stands and what it is in one line, then what is said of it, then the texts within it. -->
  <xsl:template match="msItem | msItemStruct" as="element()">
    <xsl:element name="{if (f:is-description(..) or parent::msItem or parent::msItemStruct) then 'li' else 'div'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'item'"/>
      </xsl:apply-templates>
      <xsl:if test="(@n or @defective = 'true') and not((* | text()[normalize-space()])[1] ! f:statement-kind(.) = 'line')">
        <p class="item-line">
          <xsl:sequence select="f:item-number(.), @defective[. = 'true'] ! f:sign('(' || f:word('ms-defective') || ')')"/>
        </p>
      </xsl:if>
      <xsl:call-template name="statements"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:item-number" as="element(h:span)?">
    <xsl:param name="item" as="element()"/>
    <xsl:if test="$item[self::msItem or self::msItemStruct]/@n">
      <span class="item-number" data-by="edition">
        <xsl:value-of select="replace($item/@n, '[.)]$', '') || '. '"/>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- The line of an item: a comma between its author and title, a space behind the leaves. -->
  <xsl:mode name="m:item-line" on-no-match="fail"/>
  <xsl:template match="node()" mode="m:item-line" as="node()*">
    <xsl:if test="position() gt 1">
      <xsl:sequence select="f:sign(if (self::* and preceding-sibling::*[1][self::author or self::editor or self::title or self::respStmt or self::locus[current()/self::locus]]) then ', ' else ' ')"/>
    </xsl:if>
    <xsl:apply-templates select="."/>
  </xsl:template>

  <!-- Leaves or pages; without words, those of its attributes. Where it points to a picture or a page of the text it leads there. -->
  <xsl:template match="locus" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates>
        <xsl:with-param name="link" as="xs:string?" tunnel="yes" select="(tokenize(@target) ! f:href(., current()))[1]"/>
      </xsl:apply-templates>
      <xsl:if test="not(normalize-space())">
        <xsl:sequence select="(@from | @to)[1] ! f:sign(f:leaves(..))"/>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:leaves" as="xs:string">
    <xsl:param name="locus" as="element(locus)"/>
    <xsl:variable name="ends" as="xs:string*" select="distinct-values($locus/(@from, @to) ! normalize-space()[.])"/>
    <xsl:variable name="range" as="xs:string" select="string-join($ends, '–')"/>
    <xsl:sequence select="if (some $end in $ends satisfies matches($end, '^\d+[rvab]')) then f:word(if (count($ends) = 1) then 'ms-leaf' else 'ms-leaves', $range) else $range"/>
  </xsl:function>


  <!-- "102 × 73 mm (leaf)": height, then width, then depth, as catalogues have it; anything else by its name. -->
  <xsl:template match="dimensions" as="element()">
    <xsl:variable name="page" as="element()*" select="if (empty(text()[normalize-space()]) and count(height) = 1 and count(width) = 1 and count(depth) le 1) then (height, width, depth) else ()"/>
    <xsl:variable name="parts" as="xs:boolean" select="empty(text()[normalize-space()])"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:before-dimensions(.)[.] ! f:sign(.)"/>
      <xsl:for-each select="$page">
        <xsl:sequence select="if (position() gt 1) then f:sign(' × ') else ()"/>
        <xsl:apply-templates select=".">
          <xsl:with-param name="unit" select="f:unit(.)[current() is $page[last()]]"/>
        </xsl:apply-templates>
      </xsl:for-each>
      <xsl:apply-templates select="node()[not($parts)]"/>
      <xsl:for-each select="(* except $page)[$parts]">
        <xsl:sequence select="if (position() gt 1 or exists($page)) then f:sign(', ') else ()"/>
        <xsl:sequence select="(@type[current()/self::dim], self::*[not(self::dim)]/local-name())[1] ! f:sign(f:value('ms-dim', .) || ' ')"/>
        <xsl:apply-templates select="."/>
      </xsl:for-each>
      <xsl:sequence select="f:readable-value('ms-type', @type) ! f:sign(' (' || . || ')')"/>
    </xsl:element>
  </xsl:template>

  <!-- What parts dimensions from the word or the dimensions before them, where the document has nothing there: white space within them is none of the text. -->
  <xsl:function name="f:before-dimensions" as="xs:string">
    <xsl:param name="dimensions" as="element(dimensions)"/>
    <xsl:variable name="before" as="node()?" select="$dimensions/preceding-sibling::node()[self::* or self::text()[normalize-space()]][1]"/>
    <xsl:sequence select="if ($before/self::dimensions or $before/self::* and not($dimensions/../text()[normalize-space()])) then ', '
      else if ($before/self::* or matches($before, '[^\s(\[]$')) then ' ' else ''"/>
  </xsl:function>
  <xsl:template match="*[dimensions]/text()[not(normalize-space())][following-sibling::node()[1][self::dimensions]]" as="processing-instruction()?">
    <xsl:processing-instruction name="t" select="accumulator-before('a:texts')" use-when="$traced"/>
  </xsl:template>

  <xsl:template match="height | width | depth | dim" as="element()">
    <xsl:param name="unit" as="xs:string?" select="f:unit(.)"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
      <xsl:sequence select="self::*[not(normalize-space())] ! f:amount-number(.) ! f:sign(.), $unit ! f:sign('&#160;' || .)"/>
    </xsl:element>
  </xsl:template>

  <!-- The unit of a measure that its words do not say. -->
  <xsl:function name="f:unit" as="xs:string?">
    <xsl:param name="measure" as="element()"/>
    <xsl:sequence select="$measure/(@unit, parent::dimensions/@unit)[1][not(matches($measure, '\p{L}'))] ! f:value('unit', .)"/>
  </xsl:function>

  <!-- When it was made; in words where it has none. -->
  <xsl:template match="origDate" as="element()">
    <xsl:variable name="datetime" as="xs:string?" select="f:datetime(.)"/>
    <xsl:element name="{if ($datetime and not(f:holds-block(.))) then 'time' else f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:if test="$datetime">
        <xsl:attribute name="datetime" select="$datetime"/>
      </xsl:if>
      <xsl:if test="f:start(.) and normalize-space()">
        <xsl:attribute name="title" select="f:both-calendars(.)"/>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:if test="not(normalize-space())">
        <xsl:sequence select="f:sign(f:both-calendars(.))"/>
      </xsl:if>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
