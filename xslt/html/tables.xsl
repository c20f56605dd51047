<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode"
  xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Tables: table with its heads, row, cell (Guidelines #FTTAB). Rows of labels at the top head the columns, a label in another row heads that row. Spans are
       held to the table, short rows filled up, so that it is a table for HTML whatever it was. -->

  <xsl:template match="table" as="node()+">
    <xsl:variable name="first" as="element(row)?" select="row[1]"/>
    <xsl:variable name="columns" as="xs:integer" select="max((1, row ! f:columns(., current()/row)))"/>
    <xsl:variable name="top" as="element(row)*" select="row[f:is-heading-row(.)][not(preceding-sibling::row[not(f:is-heading-row(.))])]"/>
    <xsl:variable name="heads" as="element(row)*" select="if (count($top) = count(row)) then () else $top"/>
    <xsl:apply-templates select="(if (empty($first)) then node() else $first/preceding-sibling::node())[not(self::head)]"/>
    <table>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <!-- It may be wider than the page, and is then moved sideways: by the keyboard too. -->
      <xsl:if test="$columns gt 2">
        <xsl:attribute name="tabindex" select="0"/>
      </xsl:if>
      <xsl:if test="head">
        <caption>
          <xsl:apply-templates select="head" mode="m:table-caption"/>
        </caption>
      </xsl:if>
      <xsl:if test="exists($heads)">
        <thead>
          <xsl:apply-templates select="$heads" mode="m:row">
            <xsl:with-param name="columns" select="$columns"/>
            <xsl:with-param name="rows" select="$heads"/>
          </xsl:apply-templates>
        </thead>
      </xsl:if>
      <tbody>
        <!-- What stands between rows has one of its own, where no cell reaches across; else it goes into the next one. -->
        <xsl:variable name="last" as="element(row)?" select="row[last()]"/>
        <xsl:variable name="among" as="node()*" select="((* except (head | row)) | text()[normalize-space()])[. >> $first]"/>
        <xsl:apply-templates select="(row except $heads) | (if (row/cell/@rows) then $among[. >> $last] else $among)" mode="m:row">
          <xsl:with-param name="columns" select="$columns"/>
          <xsl:with-param name="rows" select="row except $heads"/>
        </xsl:apply-templates>
      </tbody>
    </table>
  </xsl:template>

  <!-- How many columns a row of some takes, with those of cells that reach down into it. -->
  <xsl:function name="f:columns" as="xs:integer">
    <xsl:param name="row" as="element(row)"/>
    <xsl:param name="rows" as="element(row)*"/>
    <xsl:variable name="reach" as="xs:integer" select="max((1, $rows/cell/@rows ! f:span(.)))"/>
    <xsl:sequence select="xs:integer(sum(($row/(cell | table) ! f:span(@cols),
      for $up in 1 to $reach - 1 return ($row/preceding-sibling::row[$up] intersect $rows)/cell[f:span(@rows) gt $up] ! f:span(@cols))))"/>
  </xsl:function>

  <!-- How far a cell reaches, at least 1. -->
  <xsl:function name="f:span" as="xs:integer">
    <xsl:param name="number" as="attribute()?"/>
    <xsl:sequence select="if (matches($number, '^\s*[0-9]{1,3}\s*$')) then max((1, xs:integer($number))) else 1"/>
  </xsl:function>

  <xsl:function name="f:is-heading-row" as="xs:boolean">
    <xsl:param name="row" as="element(row)"/>
    <xsl:sequence select="$row/cell and (every $cell in $row/cell satisfies ($cell/@role, $row/@role)[1] = 'label')"/>
  </xsl:function>

  <xsl:template match="table/head" mode="m:table-caption" as="node()*">
    <xsl:element name="{if (f:holds-block(.)) then 'div' else if (../head[2]) then 'p' else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
      <xsl:sequence select="f:annotation-links(.)"/>
    </xsl:element>
  </xsl:template>
  <xsl:mode name="m:table-caption" on-no-match="fail"/>

  <!-- What stands in a table, as rows. -->
  <xsl:mode name="m:row" on-no-match="fail"/>
  <xsl:template match="node()" mode="m:row" as="element(h:tr)">
    <xsl:param name="columns" as="xs:integer"/>
    <xsl:param name="rows" as="element(row)*"/>
    <tr class="beside">
      <td colspan="{$columns}">
        <xsl:apply-templates select="."/>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="row" mode="m:row" as="element(h:tr)">
    <xsl:param name="columns" as="xs:integer"/>
    <xsl:param name="rows" as="element(row)*"/>
    <xsl:variable name="missing" as="xs:integer" select="$columns - f:columns(., $rows)"/>
    <tr>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="cell | table" mode="m:cell">
        <xsl:with-param name="below" select="count($rows[. >> current()])"/>
        <xsl:with-param name="scope" select="if (f:is-heading-row(.)) then 'col' else 'row'"/>
        <xsl:with-param name="among" select="if (../row/cell/@rows) then preceding-sibling::node()[not(self::row or self::head)][. >> (current()/preceding-sibling::row)[last()]] else ()"/>
      </xsl:apply-templates>
      <xsl:if test="$missing gt 0 or not(cell or table)">
        <td data-by="edition">
          <xsl:if test="$missing gt 1">
            <xsl:attribute name="colspan" select="$missing"/>
          </xsl:if>
          <xsl:apply-templates select="node()[not(current()/(cell or table))]"/>
        </td>
      </xsl:if>
    </tr>
  </xsl:template>

  <!-- A cell, with what stands in the row before it. -->
  <xsl:mode name="m:cell" on-no-match="fail"/>
  <xsl:template match="cell | row/table" mode="m:cell" as="element()">
    <xsl:param name="below" as="xs:integer"/>
    <xsl:param name="scope" as="xs:string"/>
    <xsl:param name="among" as="node()*"/>
    <xsl:variable name="is-label" as="xs:boolean" select="self::cell and (@role, ../@role)[1] = 'label'"/>
    <xsl:variable name="down" as="xs:integer" select="min((f:span(@rows), $below + 1))"/>
    <xsl:variable name="last" as="xs:boolean" select="empty(following-sibling::cell | following-sibling::table)"/>
    <xsl:variable name="before" as="element()?" select="(preceding-sibling::cell | preceding-sibling::table)[last()]"/>
    <xsl:element name="{if ($is-label) then 'th' else 'td'}">
      <xsl:apply-templates select="self::cell" mode="m:attributes">
        <xsl:with-param name="class" select="@role[. = 'sum']/string()"/>
      </xsl:apply-templates>
      <xsl:if test="$is-label">
        <xsl:attribute name="scope" select="$scope"/>
      </xsl:if>
      <xsl:if test="f:span(@cols) gt 1">
        <xsl:attribute name="colspan" select="f:span(@cols)"/>
      </xsl:if>
      <xsl:if test="$down gt 1">
        <xsl:attribute name="rowspan" select="$down"/>
      </xsl:if>
      <xsl:apply-templates select="$among[empty($before)]"/>
      <xsl:apply-templates select="preceding-sibling::node()[not(self::cell or self::table)][empty($before) or . >> $before]"/>
      <xsl:apply-templates select="if (self::cell) then node() else ."/>
      <xsl:apply-templates select="following-sibling::node()[$last]"/>
    </xsl:element>
  </xsl:template>

  <!-- Outside of a table. -->
  <xsl:template match="row | cell" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>
  <xsl:template match="row | cell" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </div>
  </xsl:template>
</xsl:stylesheet>
