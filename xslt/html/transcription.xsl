<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- What a transcription says of the page (Guidelines #PH): gap, space, add, del, mod, subst, substJoin, restore, retrace, undo, redo, transpose,
       listTranspose, addSpan, delSpan, damageSpan with what they reach to (anchor, pb, cb, gb, milestone), damage, unclear, supplied, surplus, secl, handShift, fw, metamark,
       am, ex, lb. What has no words of its own speaks in those of the edition, in square brackets; what is said of words stands
       in a title. Abbreviations and line breaks as they are on the page are shown by "reading options". -->

  <!-- "[3 lines illegible]", "[lost]", "[…]". -->
  <xsl:template match="gap" as="element(h:span)" priority="2">
    <xsl:variable name="amount" as="xs:string?" select="f:amount(.)"/>
    <xsl:variable name="reason" as="xs:string" select="string-join(tokenize(@reason) ! f:value('gap', .), ', ')"/>
    <xsl:call-template name="mark">
      <xsl:with-param name="words" select="if ($amount and $reason) then f:word('gap-of', ($amount, $reason)) else ($amount, $reason[.], f:word('gap'))[1]"/>
      <xsl:with-param name="title" select="f:word('omitted', ($reason[.], f:word('unknown'))[1])"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Space as wide as words is blank on the page as well; that of lines and pages, and what is described, is named. -->
  <xsl:template match="space[desc or @dim = 'vertical' or matches(@unit, '^(line|page|lea|fol|col|verse|stanza)')]" as="node()+" priority="2">
    <xsl:text> </xsl:text>
    <xsl:call-template name="mark">
      <xsl:with-param name="words" select="(f:amount(.) ! f:word('space-of', .), f:word('space-blank'))[1]"/>
    </xsl:call-template>
    <xsl:text> </xsl:text>
  </xsl:template>

  <!-- Words that were changed, damaged or doubted: how, where and by whom, in a title. -->
  <xsl:variable name="kinds-of-change" as="map(xs:string, xs:string)" select="map { 'add': 'ins', 'del': 'del', 'surplus': 'del' }"/>
  <xsl:template match="add | del | surplus | mod | subst | restore | retrace | damage" as="element()" priority="2">
    <xsl:element name="{($kinds-of-change(local-name()), f:tag(., 'span'))[1]}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name(), @place ! tokenize(.)[matches(., '^[a-zA-Z][\w\-]*$')]"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:title(f:change-words(.))"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="unclear[@reason or @agent]" as="element()" priority="2">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'unclear'"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:title((f:word('illegible'), (@reason, @agent) ! f:value('gap', .)))"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- What the editors supply or doubt stands between signs: square brackets for what the page has lost, angles for what it left out. -->
  <xsl:template match="supplied | secl" as="element()" priority="2">
    <xsl:variable name="signs" as="xs:string+" select="if (self::supplied and tokenize(@reason) = ('omitted', 'omitted-in-original', 'undefined')) then ('⟨', '⟩') else ('[', ']')"/>
    <xsl:variable name="tag" as="xs:string" select="f:tag(., 'span')"/>
    <xsl:element name="{$tag}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:title((f:word('editing-' || local-name()), tokenize(@reason) ! f:value('gap', .), @cert ! f:word('certainty', f:value('certainty', .))))"/>
      <xsl:sequence select="f:sign($signs[1])[$tag = 'span'][not(starts-with(normalize-space(current()), $signs[1]))]"/>
      <xsl:apply-templates/>
      <xsl:sequence select="f:sign($signs[2])[$tag = 'span'][not(ends-with(normalize-space(current()), $signs[2]))]"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:title" as="attribute(title)?">
    <xsl:param name="words" as="xs:string*"/>
    <xsl:if test="exists($words)">
      <xsl:attribute name="title" select="$words" separator="; "/>
    </xsl:if>
  </xsl:function>

  <!-- "added above the line", "deleted: overstrike", "damaged: water", then the hand; nothing where there is no more to say than the element does. -->
  <xsl:function name="f:change-words" as="xs:string*">
    <xsl:param name="change" as="element()"/>
    <xsl:variable name="how" as="xs:string*" select="$change/(@place/tokenize(.) ! f:value('place', .), @rend ! translate(., '_', ' '), (@reason, @agent, @cause, @degree) ! f:value('gap', .))"/>
    <xsl:variable name="kind" as="xs:string" select="f:word('editing-' || local-name($change))"/>
    <xsl:sequence select="if (exists($how)) then $kind || ': ' || string-join($how, ', ') else $kind[$change[self::restore or self::retrace or self::damage or @hand or @seq]],
      $change/@hand ! f:word('by-hand', f:hand(.))"/>
  </xsl:function>

  <!-- How the hand is called that a pointer leads to: its scribe, number or first words. -->
  <xsl:function name="f:hand" as="xs:string">
    <xsl:param name="pointer" as="attribute()"/>
    <xsl:variable name="note" as="element()?" select="key('id', substring-after(tokenize($pointer)[1], '#'), root($pointer))[1]"/>
    <xsl:sequence select="($note/@scribe, $note/persName[1] ! f:plain(.), $note/@n, $note ! string-join(tokenize(f:plain(.))[position() le 6], ' ')[.],
      replace($pointer, '^.*#', ''))[1] ! string()"/>
  </xsl:function>

  <xsl:template match="handShift" as="element(h:span)" priority="2">
    <xsl:variable name="known" as="xs:string*" select="@new ! f:hand(.), @scribe ! string(), @script[not(starts-with(., '#'))] ! f:value('ms-script', .), @medium[not(starts-with(., '#'))] ! f:value('ms-medium', .)"/>
    <xsl:call-template name="mark">
      <xsl:with-param name="words" select="if (exists($known)) then f:word('hand-is', string-join($known, ', ')) else f:word('hand-changes')"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Spans that begin at one place and end at another. -->
  <xsl:key name="span-end" match="addSpan | delSpan | damageSpan | mod[@spanTo] | retrace[@spanTo]" use="substring-after(@spanTo, '#')"/>
  <xsl:template match="addSpan | delSpan | damageSpan | mod[@spanTo][not(node())] | retrace[@spanTo][not(node())]" as="element(h:span)" priority="3">
    <xsl:call-template name="mark">
      <xsl:with-param name="words" select="f:word('begins-' || replace(local-name(), 'Span$', ''))"/>
      <xsl:with-param name="title" select="string-join(f:change-words(.), '; ')"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="(anchor | lb | pb | cb | gb | milestone)[@xml:id][exists(key('span-end', @xml:id))]" as="node()+" priority="4">
    <xsl:next-match/>
    <xsl:for-each select="key('span-end', @xml:id)">
      <span class="mark" data-by="edition">
        <xsl:value-of select="'[' || f:word('ends-' || replace(local-name(), 'Span$', '')) || ']'"/>
      </span>
    </xsl:for-each>
  </xsl:template>

  <!-- What speaks of changes elsewhere, by their words. -->
  <xsl:template match="substJoin | undo | redo" as="element(h:span)">
    <xsl:call-template name="mark">
      <xsl:with-param name="words" select="f:word('editing-' || local-name()) || string-join(f:pointed-words(@target), ', ')[.] ! (': ' || .)"/>
      <xsl:with-param name="title" select="@hand ! f:word('by-hand', f:hand(.))"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="listTranspose | transpose" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>
  <xsl:template match="listTranspose" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:for-each select="desc">
        <p>
          <xsl:apply-templates select="."/>
        </p>
      </xsl:for-each>
      <xsl:apply-templates select="* except desc"/>
    </div>
  </xsl:template>
  <xsl:template match="transpose" as="element(h:p)">
    <p>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:attribute name="data-by" select="'edition'"/>
      <xsl:value-of select="f:word('editing-transpose') || ': ' || string-join(ptr/@target ! f:pointed-words(.), ' – ')"/>
    </p>
  </xsl:template>

  <!-- The words that pointers lead to, each in quotation marks, cut to what can be read in passing; a pointer that leads nowhere as it is. -->
  <xsl:function name="f:pointed-words" as="xs:string*">
    <xsl:param name="pointers" as="attribute()?"/>
    <xsl:for-each select="tokenize($pointers)">
      <xsl:variable name="target" as="element()?" select="key('id', substring-after(., '#'), root($pointers))[1]"/>
      <xsl:variable name="words" as="xs:string" select="normalize-space($target)"/>
      <xsl:sequence select="if ($words) then f:quoted(if (string-length($words) gt 50) then replace(substring($words, 1, 45), '\s\S*$', '') || ' …' else $words) else replace(., '^#', '')"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Running titles, catchwords and signatures: carried, set off, no part of the running text. -->
  <xsl:template match="fw[f:between-blocks(.)]" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>
  <xsl:template match="fw" as="element()">
    <xsl:element name="{f:tag(., if (f:between-blocks(.)) then 'p' else 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:title((@type ! f:value('fw', .), @place/tokenize(.) ! f:value('place', .)))"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="metamark" as="element()" priority="2">
    <xsl:variable name="means" as="xs:string*" select="@function ! f:value('metamark', .), @place/tokenize(.) ! f:value('place', .)"/>
    <xsl:choose>
      <xsl:when test="node()">
        <xsl:element name="{f:tag(., 'span')}">
          <xsl:apply-templates select="." mode="m:attributes">
            <xsl:with-param name="class" select="local-name()"/>
          </xsl:apply-templates>
          <xsl:sequence select="f:title((f:word('editing-metamark'), $means))"/>
          <xsl:apply-templates/>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="mark">
          <xsl:with-param name="words" select="string-join((f:word('editing-metamark'), string-join($means, ', ')[.]), ': ')"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The signs of an abbreviation beside the letters that they stand for: one or the other is read. -->
  <xsl:template match="am[../ex]" as="element(h:del)" priority="2">
    <del>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'sic', 'am'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </del>
  </xsl:template>
  <xsl:template match="ex[../am]" as="element(h:ins)" priority="2">
    <ins>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'corr', 'ex'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </ins>
  </xsl:template>

  <!-- Where a line of the page ends within a paragraph: the style sheet breaks there in the view "as transcribed". -->
  <xsl:template match="lb[ancestor::p or ancestor::ab]" as="node()+" priority="3">
    <span class="lb"/>
    <xsl:next-match/>
  </xsl:template>
</xsl:stylesheet>
