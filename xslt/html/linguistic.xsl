<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Words and their parts: w, pc, m, c, s, cl, phr (Guidelines #AILC, #AILALW). Where words follow each other with no white space among them at all, or with white
       space between any two, that space is not the text's: a space stands between words, none before or after a mark that clings to one; @join
       decides where it is given. Anywhere else the space is that of the document. -->

  <xsl:template match="w | pc | m | c | cl | phr" as="node()+">
    <xsl:sequence select="f:text(' ')[$is-tight-somewhere and f:lacks-space(current())]"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:if test="@lemma | @pos | @msd">
        <xsl:attribute name="title" select="string-join((@lemma, @pos, @msd), ' · ')"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Elements whose words have no white space among them, and those that have it between any two. -->
  <xsl:key name="words" match="*[(w | pc | cl | phr)[2]][not(text() | c)]" use="'tight', generate-id()"/>
  <xsl:key name="words" match="*[(w | pc)[2]][not(text()[normalize-space()] | c)][every $word in (w | pc)[preceding-sibling::*[1][self::w or self::pc]]
    satisfies $word/preceding-sibling::node()[1][self::text()]]" use="'loose', 'loose-' || generate-id()"/>
  <xsl:variable name="is-tight-somewhere" as="xs:boolean" select="exists(key('words', 'tight', $document))"/>
  <xsl:variable name="is-loose-somewhere" as="xs:boolean" select="exists(key('words', 'loose', $document))"/>

  <!-- Whether a space has to be put before a word. -->
  <xsl:function name="f:lacks-space" as="xs:boolean">
    <xsl:param name="word" as="element()"/>
    <xsl:variable name="before" as="element()?" select="$word/preceding-sibling::*[1][self::w or self::pc or self::cl or self::phr]"/>
    <xsl:sequence select="exists($before) and exists(key('words', generate-id($word/..), root($word))) and not(f:clings($before, $word))"/>
  </xsl:function>

  <!-- Whether no space parts two words: as @join says, else by the marks, scripts and parts of words that they are. -->
  <xsl:function name="f:clings" as="xs:boolean">
    <xsl:param name="before" as="element()"/>
    <xsl:param name="after" as="element()"/>
    <xsl:sequence select="
      if ($after/@join = ('left', 'both', 'overlap') or $before/@join = ('right', 'both', 'overlap') or $before/@part = ('I', 'M')) then true()
      else if ($before/@join = 'left' and $after/self::w or $after/@join = 'right' and $before/self::w) then false()
      else matches($after, '^(\s|[,.;:!?…)\]}»”’%‐-]+$)') or matches($before, '(\s|[''’])$|^[(\[{«“‘¿¡‐-]+$')
        or (matches($before, '[一-鿿぀-ゟ゠-ヿ฀-๿]$') and matches($after, '^[一-鿿぀-ゟ゠-ヿ฀-๿]'))"/>
  </xsl:function>

  <!-- White space that is only the document's layout: between two words that cling together where it is between any two, and around what a word is made of. -->
  <xsl:template match="*[w | pc]/text()[not(normalize-space())][$is-loose-somewhere]" priority="5" as="node()*">
    <xsl:variable name="before" as="element()?" select="preceding-sibling::*[1][self::w or self::pc]"/>
    <xsl:variable name="after" as="element()?" select="following-sibling::*[1][self::w or self::pc]"/>
    <xsl:if test="not($before and $after and exists(key('words', 'loose-' || generate-id(..))) and f:clings($before, $after))">
      <xsl:next-match/>
    </xsl:if>
  </xsl:template>
  <xsl:template match="w[*]/text()[not(normalize-space())]" priority="6" as="empty-sequence()"/>
</xsl:stylesheet>
