<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:t="urn:x-teiwright:text"
                exclude-result-prefixes="#all">
  <!-- Blocks of lines: indentation and wrapping. b:line is one paragraph, with a rule below where it has @rule; b:group indents
       what it holds (@indent, in characters) and may have a @label; @tight: no empty line before. -->

  <!-- The whole text of some blocks; "" for none. Words are measured in the form they are written in (Unicode NFC). -->
  <xsl:function name="t:page" as="xs:string">
    <xsl:param name="blocks" as="element()*"/>
    <xsl:variable name="tree"><xsl:copy-of select="$blocks"/></xsl:variable>
    <xsl:variable name="lines" as="xs:string*">
      <xsl:for-each select="$tree//b:line">
        <xsl:if test="position() gt 1 and not(t:is-tight(.))"><xsl:sequence select="''"/></xsl:if>
        <xsl:sequence select="t:lines(., normalize-unicode(., 'NFC'))"/>
      </xsl:for-each>
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
