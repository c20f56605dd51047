<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Whose words: cit with its ref, quote, q, said (Guidelines #COHQ). A block has its source below it, made from the records that
       quote/@source points to and the pages of the note in the same cit. -->

  <!-- Whether a quotation stands as a block of its own. -->
  <xsl:function name="f:is-block-quotation" as="xs:boolean">
    <xsl:param name="quotation" as="element()"/>
    <xsl:sequence select="exists($quotation[@type = 'block' or @rend = 'block' or quote[p | lg | list | ab | l] or self::quote[p | lg | list[not(@rend = 'inline')] | ab | l]
      or (not(@type = 'inline') and (parent::div | parent::body | parent::epigraph))])"/>
  </xsl:function>

  <xsl:template match="cit" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'cit'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </span>
  </xsl:template>

  <xsl:template match="cit/ref[@type = 'source'][not(normalize-space())]" priority="2" as="empty-sequence()"/>

  <xsl:template match="cit[f:is-block-quotation(.)]" as="element(h:figure)" priority="1">
    <figure>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'quotation'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="quote | q | said" mode="m:quoted"/>
      <xsl:variable name="source" as="node()*" select="f:source-line(.)"/>
      <xsl:variable name="annotations" as="element()*" select="(quote | q | said) ! (f:speaker-links(.), f:annotation-links(.))"/>
      <xsl:if test="exists(($source, $annotations)) or note or bibl">
        <figcaption>
          <xsl:sequence select="$source"/>
          <xsl:apply-templates select="note | bibl"/>
          <xsl:sequence select="$annotations"/>
        </figcaption>
      </xsl:if>
      <xsl:apply-templates select="(* except (quote | q | said | note | bibl)) | text()[normalize-space()]"/>
    </figure>
  </xsl:template>

  <xsl:template match="quote[f:is-block-quotation(.)]" as="element(h:figure)" priority="1">
    <figure class="quotation">
      <xsl:apply-templates select="." mode="m:quoted"/>
      <xsl:variable name="source" as="node()*" select="f:source-line(.), f:annotation-links(.)"/>
      <xsl:if test="exists($source)">
        <figcaption>
          <xsl:sequence select="$source"/>
        </figcaption>
      </xsl:if>
    </figure>
  </xsl:template>

  <xsl:template match="quote | q | said" mode="m:quoted" as="element(h:blockquote)">
    <blockquote>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </blockquote>
  </xsl:template>
  <xsl:mode name="m:quoted" on-no-match="fail"/>

  <xsl:template match="quote | q | said" as="element()+">
    <xsl:element name="{if (f:holds-block(.)) then 'blockquote' else if (f:has-marks(.)) then 'span' else 'q'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name(), f:type-class(.)"/>
      </xsl:apply-templates>
      <xsl:if test="exists(f:records(@who))">
        <xsl:attribute name="title" select="f:records(@who) ! f:record-name(.)" separator=", "/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
    <xsl:sequence select="f:speaker-links(.)"/>
  </xsl:template>

  <!-- The marks that lead to those who speak. -->
  <xsl:function name="f:speaker-links" as="element(h:a)*">
    <xsl:param name="speech" as="element()"/>
    <xsl:sequence select="f:records($speech/@who)[f:is-shown(.)] ! f:mark-link('#' || @xml:id, f:word('spoken-by', f:record-name(.)))"/>
  </xsl:function>

  <!-- Whether the quotation marks are characters of the text; else the q of HTML gives them. Marks that stand outside of the
       element, and a header that says all are kept, count as well. -->
  <xsl:function name="f:has-marks" as="xs:boolean">
    <xsl:param name="quotation" as="element()"/>
    <xsl:sequence select="matches(normalize-space($quotation), '^\W{0,2}[“”„«»‘’&quot;'']') or $marks-kept
      or matches(string($quotation/preceding::text()[1]), '[“„«‘&quot;'']\s*$')"/>
  </xsl:function>

  <xsl:variable name="marks-kept" as="xs:boolean" select="//editorialDecl/quotation/@marks = 'all'"/>

  <!-- "Lenin, Marxism and Insurrection; Collected Works, vol. 26, p. 24", linked to the bibliography; empty without a source. -->
  <xsl:function name="f:source-line" as="node()*">
    <xsl:param name="quotation" as="element()"/>
    <xsl:variable name="note" as="element(note)?" select="f:source-note($quotation)"/>
    <xsl:variable name="works" as="element()*"
      select="f:distinct(($quotation/descendant-or-self::quote[@source][1] ! f:records(@source), $note/bibl ! f:records(@corresp)))"/>
    <xsl:if test="exists($works)">
      <cite class="source" data-by="edition">
        <xsl:for-each select="$works[position() le 2]">
          <xsl:if test="position() gt 1">, </xsl:if>
          <a href="#{@xml:id}">
            <xsl:sequence select="f:work-short(., . is $works[1] or f:work-makers-short(.) ne f:work-makers-short($works[1]))"/>
          </a>
        </xsl:for-each>
        <xsl:value-of select="f:cited-pages($note, $works) ! (', ' || translate(., ' ', '&#160;'))" separator=""/>
      </cite>
      <xsl:if test="not($quotation//note[. is $note])">
        <xsl:for-each select="$note">
          <xsl:text> </xsl:text>
          <a href="#{f:id(.)}" class="see" data-by="edition">
            <xsl:apply-templates select="$quotation/ref[@type = 'source'][not(normalize-space())][1]" mode="m:attributes">
              <xsl:with-param name="class" select="'see'"/>
            </xsl:apply-templates>
            <xsl:value-of select="f:word('see-' || f:note-kind(.), f:note-label(.))"/>
          </a>
        </xsl:for-each>
      </xsl:if>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:distinct" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:for-each-group select="$nodes" group-by="generate-id()">
      <xsl:sequence select="."/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- The note that gives the source: in the quotation's cit, or the one that the cit points to. -->
  <xsl:function name="f:source-note" as="element(note)?">
    <xsl:param name="quotation" as="element()"/>
    <xsl:sequence select="($quotation/note[f:note-group(.) = 'references'], $quotation/ref[@type = 'source'] ! key('id', substring(@target, 2), root())[self::note])[1]"/>
  </xsl:function>

  <!-- The pages a note cites from some works, in words. -->
  <xsl:function name="f:cited-pages" as="xs:string*">
    <xsl:param name="note" as="element(note)?"/>
    <xsl:param name="works" as="element()*"/>
    <xsl:variable name="own" as="element(bibl)*" select="$note//bibl[f:records(@corresp) intersect $works]"/>
    <xsl:variable name="ranges" as="element(citedRange)*" select="if ($own) then $own//citedRange else $note//citedRange"/>
    <xsl:sequence select="f:ranges($ranges)"/>
  </xsl:function>
</xsl:stylesheet>
