<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" default-mode="m:text" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:b="urn:x-teiwright:block" xmlns:f="urn:x-teiwright:function" xmlns:t="urn:x-teiwright:text" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Lists and tables (Guidelines #COLI, #FTTAB1): list, item, label, table, row, cell, listBibl with
       bibl, biblStruct, biblFull; records that stand in the text (#NDPERSE, #NDPLAC): listPerson, listPlace, listOrg,
       listEvent with person, personGrp, place, org, event, occupation, nationality, residence, education, faith, birth, death. -->

  <!-- A list that is part of a sentence is read as one. -->
  <xsl:function name="t:is-inline-list" as="xs:boolean">
    <xsl:param name="list" as="element(list)"/>
    <xsl:sequence select="$list/(@rend, @type) ! tokenize(.) = 'inline'"/>
  </xsl:function>

  <xsl:template match="list[not(t:is-inline-list(.))]" as="element()*">
    <xsl:variable name="labels" select="item ! t:item-label(., position())"/>
    <!-- Long labels, as of a glossary, do not push the whole list aside. -->
    <xsl:variable name="hang" select="min((max(($labels ! string-length(), 1)) + 1, 6))"/>
    <xsl:variable name="items" as="element()*">
      <xsl:apply-templates select="item">
        <xsl:with-param name="hang" select="$hang"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:sequence select="t:content(* except (item | label[following-sibling::*[1][self::item]]))"/>
    <xsl:sequence select="if ($items//b:line/preceding-sibling::b:line) then $items else t:tight($items)"/>
  </xsl:template>

  <xsl:template match="list[not(t:is-inline-list(.))]/item" as="element(b:group)">
    <xsl:param name="hang" as="xs:integer" select="2"/>
    <b:group indent="{$hang}" label="{t:item-label(., position())}"><xsl:sequence select="t:content(node())"/></b:group>
  </xsl:template>

  <!-- What stands before an item, the $number-th of its list: the label of the text, else its number in a numbered list, else a dash. -->
  <xsl:function name="t:item-label" as="xs:string">
    <xsl:param name="item" as="element(item)"/>
    <xsl:param name="number" as="xs:integer"/>
    <xsl:variable name="list" select="$item/parent::list"/>
    <xsl:variable name="label" select="$item/preceding-sibling::*[1][self::label]"/>
    <xsl:sequence select="if ($label) then t:one-line($label/node())
                          else if ($item/label[1][not(preceding-sibling::node()[normalize-space()])]) then ''
                          else if ($item/@n) then string($item/@n)
                          else if ($list/(@rend, @type) ! tokenize(.) = ('ordered', 'numbered')) then $number || '.'
                          else if ($list/(@rend, @type) ! tokenize(.) = 'simple') then '' else '-'"/>
  </xsl:function>

  <xsl:template match="table" as="element()*">
    <xsl:sequence select="t:content(head), t:tight(t:content(row)), t:content(* except (head | row))"/>
  </xsl:template>

  <xsl:template match="row" as="element(b:line)">
    <b:line><xsl:sequence select="string-join(cell ! t:one-line(node()), ' | ')"/></b:line>
  </xsl:template>

  <xsl:template match="listPerson | listPlace | listOrg | listEvent" as="element()*">
    <xsl:sequence select="t:content(head), t:tight(t:content(* except head))"/>
  </xsl:template>

  <xsl:template match="occupation | nationality | residence | education | faith | birth | death" as="node()*">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- "Wien: Bécs; Österreich": the name of a record, then what it says. -->
  <xsl:template match="person | personGrp | place | org | event" as="element(b:group)">
    <xsl:variable name="said" as="xs:string*">
      <xsl:for-each select="f:statements(.)">
        <xsl:sequence select="f:statement-mark(position()) || (if (f:is-name-in-parts(.)) then string-join(* ! t:one-line(.), ' ') else t:one-line(.))"/>
      </xsl:for-each>
    </xsl:variable>
    <b:group indent="2" label="-"><b:line><xsl:sequence select="string-join($said)"/></b:line></b:group>
  </xsl:template>

  <xsl:template match="listBibl" as="element()*">
    <xsl:sequence select="t:content(node())"/>
  </xsl:template>

  <xsl:template match="listBibl/bibl | listBibl/biblStruct | listBibl/biblFull" as="element()*">
    <b:line><xsl:sequence select="t:one-line(node())"/></b:line>
  </xsl:template>
</xsl:stylesheet>
