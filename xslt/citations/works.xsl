<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- The works of a document and where its text cites, quotes or names them (Guidelines #COBI, #CONO): biblStruct, bibl, biblFull
       and msDesc as records, fileDesc for the document itself; bibl, ref, ptr, quote, said, title and whatever else points to one. -->

  <!-- All works of a document as one r:works, in the order of their records. -->
  <xsl:function name="c:works" as="document-node()">
    <xsl:param name="document" as="document-node()"/>
    <xsl:document>
      <r:works title="{f:plain($document//titleStmt[1]/title[not(@type = 'sub')][1])}" language="{c:language($document/*)}">
        <xsl:apply-templates select="c:records($document)" mode="m:work"/>
      </r:works>
    </xsl:document>
  </xsl:function>

  <!-- Which records (items.xsl lets them be chosen): "cited"; "document", what the header says of the document itself; "all", both and what it was made from. -->
  <xsl:variable name="records" as="xs:string" select="'cited'"/>

  <xsl:function name="c:records" as="element()*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="itself" select="$document//teiHeader/fileDesc"/>
    <xsl:sequence select="if ($records eq 'document') then $itself
                          else if ($records eq 'all') then c:work-records($document) | $itself | $document//sourceDesc//(biblStruct[c:is-apart(.)] | biblFull | msDesc | bibl[empty(ancestor::msDesc)])[c:titles(.) or c:all-words(.)]
                          else c:work-records($document)"/>
  </xsl:function>

  <!-- The records of a document. Those of the header describe its source, not what it cites; they count where the text cites
       or quotes them, or where the document has no others. An entry of a list is one without a title too: its words stand for it. -->
  <xsl:function name="c:work-records" as="element()*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="listed" select="$document//listBibl/(bibl | biblStruct | biblFull | msDesc)[c:titles(.) or normalize-space()]"/>
    <xsl:variable name="untitled" select="count($listed[empty(c:titles(.))][not(self::msDesc)])"/>
    <xsl:if test="$untitled">
      <xsl:message><xsl:value-of select="$untitled"/> of the records in "listBibl" have no element "title"; the words of each stand for it</xsl:message>
    </xsl:if>
    <xsl:variable name="all" select="$listed | $document//(biblStruct[c:is-apart(.)] | biblFull[c:is-apart(.)] | text//bibl[c:is-own-record(.)])[c:titles(.)]"/>
    <xsl:variable name="cited" select="$all[not(ancestor::teiHeader) or c:pointing(.)[self::bibl or @source]]"/>
    <xsl:sequence select="if ($cited) then $cited else $all | $document//sourceDesc/(bibl[c:titles(.)] | msDesc)"/>
  </xsl:function>

  <!-- Whether a record is one of its own, and not only what another says of the work it is related to. -->
  <xsl:function name="c:is-apart" as="xs:boolean">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="exists($record/@xml:id) or empty($record/ancestor::relatedItem)"/>
  </xsl:function>

  <!-- Whether a reference in the text points to no record, so that it is all that is known of the work. -->
  <xsl:function name="c:is-own-record" as="xs:boolean">
    <xsl:param name="bibl" as="element(bibl)"/>
    <xsl:sequence select="empty(($bibl/ancestor::biblStruct, $bibl/ancestor::bibl, c:pointers($bibl)))"/>
  </xsl:function>

  <!-- The elements of the text that point to an identifier. -->
  <xsl:key name="c:pointing" match="text//*[@corresp or @source or @ref or @target or @sameAs]"
           use="(@corresp, @source, @ref, @target, @sameAs) ! tokenize(.)[starts-with(., '#')] ! substring(., 2)"/>

  <!-- What points to a record from the text, in document order; other records do not count. -->
  <xsl:function name="c:pointing" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="$record/@xml:id/key('c:pointing', ., root($record))[empty(ancestor-or-self::biblStruct | ancestor-or-self::biblFull)]"/>
  </xsl:function>

  <!-- The records that a reference or another record points to: the edition first, then the piece within it. -->
  <xsl:function name="c:pointers" as="element()*">
    <xsl:param name="reference" as="element()"/>
    <xsl:sequence select="$reference/(@corresp, @sameAs, (., ref, ptr)/@target, (., title)/@ref) ! tokenize(.)[starts-with(., '#')]
                          ! key('id', substring(., 2), root($reference))[self::biblStruct or self::bibl or self::biblFull or self::msDesc][not(. is $reference)]"/>
  </xsl:function>

  <!-- The places where the text uses a work: r:cited, r:quoted or r:named, each with its note or passage, and the pages cited. -->
  <xsl:function name="c:uses" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="pointing" select="c:pointing($record)"/>
    <xsl:variable name="itself" select="$record[self::bibl][ancestor::text][not(parent::listBibl)]"/>
    <!-- A name inside the reference that cites the work is no further use. -->
    <xsl:apply-templates select="$itself, $pointing[not(ancestor::bibl intersect $pointing)]" mode="m:use">
      <xsl:with-param name="id" select="string($record/@xml:id)"/>
    </xsl:apply-templates>
  </xsl:function>

  <xsl:mode name="m:use" on-no-match="shallow-skip"/>  <!-- an element of the text that points to a work to how it uses it -->

  <xsl:template match="bibl | ref | ptr" mode="m:use" as="element(r:cited)">
    <r:cited>
      <xsl:sequence select="c:place(.)"/>
      <xsl:apply-templates select="citedRange, biblScope[c:unit(.) eq 'pages'][not(../citedRange)]" mode="m:work"/>
    </r:cited>
  </xsl:template>

  <!-- The reference that covers a quotation: the quotation is cited already. -->
  <xsl:template match="cit/ref[@type = 'source']" mode="m:use"/>

  <xsl:template match="*" priority="-1" mode="m:use" as="element()">
    <xsl:param name="id" as="xs:string"/>
    <xsl:element name="r:{if (tokenize(@source) = '#' || $id) then 'quoted' else 'named'}">
      <xsl:sequence select="c:place(.)"/>
    </xsl:element>
  </xsl:template>

  <!-- Where something stands, for a reader: the label of its note, else its passage. -->
  <xsl:function name="c:place" as="attribute()">
    <xsl:param name="node" as="element()"/>
    <xsl:variable name="note" select="$node/ancestor::note[f:note-group(.) ne 'inline'][ancestor::text][1]"/>
    <xsl:sequence select="if ($note) then c:attribute('note', f:note-label($note)) else c:attribute('passage', c:passage($node))"/>
  </xsl:function>

  <!-- A passage by its numbers. What holds paragraphs stands where its first one does; what has no number of its own, as an
       entry of a list, by its section. -->
  <xsl:function name="c:passage" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:variable name="place" select="($node[empty(ancestor::p)]/descendant::p[1], $node)[1]"/>
    <xsl:variable name="block" select="$place/ancestor-or-self::*[self::p or self::ab or self::l or self::item][1]"/>
    <xsl:sequence select="(f:section-label($node)[.][$block[not(@n)]], f:where($place))[1]"/>
  </xsl:function>

  <xsl:function name="c:attribute" as="attribute()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:attribute name="{$name}" select="$value"/>
  </xsl:function>
</xsl:stylesheet>
