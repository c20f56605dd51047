<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Blocks of lines: white space, indentation, wrapping. b:line is one paragraph or verse line; b:group indents what it
       holds (@indent, in characters) and may have a @label; b:marker is the label of a note; @tight: no empty line before. -->

  <!-- Stands between characters that a break does not part; no character of a document is it (Unicode noncharacter). -->
  <xsl:variable name="t:join" as="xs:string" select="'&#xFDD0;'"/>

  <!-- Characters by the rule for white space. -->
  <xsl:function name="t:spaced" as="xs:string">
    <xsl:param name="items" as="node()*"/>
    <xsl:sequence select="normalize-space(replace(string-join($items), '\s*&#xFDD0;\s*', ''))"/>
  </xsl:function>

  <!-- What m:text made of some content, as blocks. Labels of notes that stand alone after a block end its last line. -->
  <xsl:function name="t:blocks" as="element()*">
    <xsl:param name="items" as="node()*"/>
    <xsl:for-each-group select="$items" group-adjacent="t:is-block(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()"><xsl:sequence select="current-group()"/></xsl:when>
        <xsl:when test="t:spaced(current-group()) eq ''"/>
        <xsl:when test="position() gt 1 and t:spaced(current-group()[not(self::b:marker)]) eq ''">
          <b:tail><xsl:sequence select="t:spaced(current-group())"/></b:tail>
        </xsl:when>
        <xsl:otherwise><b:line><xsl:sequence select="t:spaced(current-group())"/></b:line></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="t:is-block" as="xs:boolean">
    <xsl:param name="item" as="node()"/>
    <xsl:sequence select="exists($item/(self::b:line | self::b:group | self::b:tail))"/>
  </xsl:function>

  <!-- Blocks drawn up to the one before: all but the first, or the first too. -->
  <xsl:function name="t:tight" as="element()*">
    <xsl:param name="blocks" as="element()*"/>
    <xsl:param name="first-too" as="xs:boolean"/>
    <xsl:for-each select="$blocks">
      <xsl:copy>
        <xsl:copy-of select="@*"/>
        <xsl:if test="$first-too or position() gt 1"><xsl:attribute name="tight" select="'yes'"/></xsl:if>
        <xsl:copy-of select="node()"/>
      </xsl:copy>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="t:tight" as="element()*">
    <xsl:param name="blocks" as="element()*"/>
    <xsl:sequence select="t:tight($blocks, false())"/>
  </xsl:function>

  <!-- The whole text of some blocks; "" for none. Words are measured in the form they are written in (Unicode NFC). -->
  <xsl:function name="t:page" as="xs:string">
    <xsl:param name="blocks" as="element()*"/>
    <xsl:variable name="tree"><xsl:copy-of select="$blocks"/></xsl:variable>
    <xsl:variable name="lines" as="xs:string*">
      <xsl:for-each-group select="$tree//(b:line | b:tail)" group-starting-with="b:line">
        <xsl:if test="position() gt 1 and not(t:is-tight(.))"><xsl:sequence select="''"/></xsl:if>
        <xsl:sequence select="t:lines(., normalize-unicode(string-join(current-group(), ' '), 'NFC'))"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="string-join($lines ! concat(., '&#10;'))"/>
  </xsl:function>

  <xsl:function name="t:is-tight" as="xs:boolean">
    <xsl:param name="line" as="element()"/>
    <xsl:sequence select="$line/(. | t:opened(.))/@tight = 'yes'"/>
  </xsl:function>

  <!-- The groups that begin with a line. -->
  <xsl:function name="t:opened" as="element(b:group)*">
    <xsl:param name="line" as="element()"/>
    <xsl:sequence select="$line/ancestor::b:group[descendant::b:line[1] is $line]"/>
  </xsl:function>

  <!-- One block as lines, indented and wrapped; under a heading its rule. -->
  <xsl:function name="t:lines" as="xs:string*">
    <xsl:param name="line" as="element()"/>
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="indent" select="t:indent($line)"/>
    <xsl:variable name="margin" select="t:spaces($indent)"/>
    <xsl:variable name="first" select="t:first-margin($line)"/>
    <xsl:variable name="lines" select="t:wrapped(substring($first, $indent + 1) || $words, $indent)"/>
    <xsl:sequence select="substring($first, 1, $indent) || head($lines), tail($lines) ! concat($margin, .)"/>
    <xsl:if test="$line/@rule">
      <xsl:variable name="longest" select="max(($lines ! string-length(), xs:integer($line/@measure)))"/>
      <xsl:variable name="room" select="if (t:width() gt 0) then t:width() - $indent else $longest"/>
      <xsl:sequence select="$margin || string-join((1 to min(($longest, $room))) ! $line/@rule)"/>
    </xsl:if>
  </xsl:function>

  <!-- How far a line is indented: at most half of the width, so that there is room for words. -->
  <xsl:function name="t:indent" as="xs:integer">
    <xsl:param name="line" as="element()"/>
    <xsl:variable name="wanted" select="xs:integer(sum($line/ancestor::b:group/@indent ! xs:integer(.)))"/>
    <xsl:sequence select="if (t:width() gt 0) then min(($wanted, t:width() idiv 2)) else $wanted"/>
  </xsl:function>

  <!-- What stands before the words of a line, labels of the groups it opens included. -->
  <xsl:function name="t:first-margin" as="xs:string">
    <xsl:param name="line" as="element()"/>
    <xsl:variable name="opened" select="t:opened($line)"/>
    <xsl:value-of>
      <xsl:for-each select="$line/ancestor::b:group">
        <xsl:variable name="label" select="if (. intersect $opened) then string(@label) else ''"/>
        <xsl:variable name="rest" select="xs:integer(@indent) - string-length($label)"/>
        <xsl:sequence select="$label || t:spaces(if ($label) then max(($rest, 1)) else $rest)"/>
      </xsl:for-each>
    </xsl:value-of>
  </xsl:function>

  <xsl:function name="t:spaces" as="xs:string">
    <xsl:param name="count" as="xs:integer"/>
    <xsl:sequence select="string-join((1 to $count) ! ' ')"/>
  </xsl:function>

  <!-- Words as lines that leave room for the indentation. A word that is longer than the line has one of its own. -->
  <xsl:function name="t:wrapped" as="xs:string+">
    <xsl:param name="words" as="xs:string"/>
    <xsl:param name="indent" as="xs:integer"/>
    <xsl:variable name="room" select="t:width() - $indent"/>
    <xsl:sequence select="if (t:width() eq 0 or string-length($words) le $room) then $words
                          else analyze-string($words, '(.{1,' || $room || '}|\S+)( |$)')//*:group[@nr = '1']/replace(., ' +$', '')"/>
  </xsl:function>

  <xsl:function name="t:width" as="xs:integer">
    <xsl:sequence select="xs:integer($width)"/>
  </xsl:function>
</xsl:stylesheet>
