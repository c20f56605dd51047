<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Changes and damage: choice, app, sic, corr, orig, reg, unclear, gap, add, del, subst, mod, damage, surplus, handShift, retrace, restore (Guidelines #COED, #PHAD).
       The reading text shows the corrected word; what was transcribed stands beside it and is shown by "reading options". -->

  <xsl:template match="choice | app" as="element()">
    <xsl:variable name="shown" as="element()?" select="f:preferred(.)"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'choice'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="* except $shown" mode="m:reading"/>
      <xsl:apply-templates select="$shown" mode="m:reading"/>
    </xsl:element>
  </xsl:template>

  <!-- One of several readings; the one that the reading text shows is "ins", the others "del". -->
  <xsl:mode name="m:reading" on-no-match="fail"/>
  <xsl:template match="*" mode="m:reading" as="element(h:del)">
    <del>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'sic', 'choice-' || local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </del>
  </xsl:template>
  <xsl:template match="*[. is f:preferred(..)]" mode="m:reading" as="element(h:ins)">
    <ins>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'corr', 'choice-' || local-name()"/>
      </xsl:apply-templates>
      <xsl:if test="../sic">
        <xsl:attribute name="title" select="f:word('reads', f:plain(../sic[1]))"/>
      </xsl:if>
      <xsl:apply-templates/>
    </ins>
  </xsl:template>

  <xsl:template match="sic | corr | orig | reg | unclear | damage | subst | mod | restore | retrace" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:if test="self::unclear">
        <xsl:attribute name="title" select="f:word('illegible')"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="add | del | surplus" as="element()">
    <xsl:element name="{if (self::add) then 'ins' else 'del'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="gap" as="element(h:span)">
    <span title="{f:word('omitted', (desc ! f:plain(.), @reason, f:word('unknown'))[1])}" data-by="edition">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'gap'"/>
      </xsl:apply-templates>
      <xsl:value-of select="'[' || f:word('gap') || ']'"/>
    </span>
  </xsl:template>

  <xsl:template match="handShift" as="empty-sequence()"/>

  <!-- The list of corrections. -->
  <xsl:variable name="corrections" as="element(choice)*" select="//text[not(ancestor::text)]//choice[sic and corr]"/>

  <!-- The section of all of them, made at the first. -->
  <xsl:mode name="m:corrections" on-no-match="fail"/>
  <xsl:template match="choice" mode="m:corrections" as="element(h:section)">
    <section id="{f:own('corrections')}" aria-labelledby="{f:own('corrections')}-heading" data-by="edition">
      <h2 id="{f:own('corrections')}-heading">
        <xsl:value-of select="f:word('corrections')"/>
      </h2>
      <p>
        <xsl:value-of select="f:word('corrections-intro')"/>
      </p>
      <table>
        <thead>
          <tr>
            <xsl:for-each select="'place-in-text', 'transcribed-as', 'corrected-to', 'responsible'">
              <th scope="col">
                <xsl:value-of select="f:word(.)"/>
              </th>
            </xsl:for-each>
          </tr>
        </thead>
        <tbody>
          <xsl:apply-templates select="$corrections" mode="m:correction"/>
        </tbody>
      </table>
    </section>
  </xsl:template>

  <xsl:mode name="m:correction" on-no-match="fail"/>
  <xsl:template match="choice" mode="m:correction" as="element(h:tr)">
    <tr>
      <td>
        <a href="#{f:id(.)}">
          <xsl:value-of select="f:where(.)"/>
        </a>
      </td>
      <td>
        <xsl:value-of select="f:plain(sic[1])"/>
      </td>
      <td>
        <xsl:value-of select="corr ! f:plain(.)" separator=" / "/>
      </td>
      <td>
        <xsl:value-of select="f:responsible(corr[1]), corr[1]/@cert ! ('(' || f:word('certainty', f:word(.)) || ')')"/>
      </td>
    </tr>
  </xsl:template>

  <!-- The names of those that @resp points to. -->
  <xsl:function name="f:responsible" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="string-join(tokenize($element/@resp)[starts-with(., '#')] ! key('id', substring(., 2), $document) ! f:plain((persName, name, orgName, .)[1]), ', ')"/>
  </xsl:function>
</xsl:stylesheet>
