<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode" xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- Records: person, personGrp, place, org, event, biblStruct, biblFull, bibl, msDesc; what they are called, and which one a pointer
       leads to (Guidelines #ND, #COBI). A record stands in standOff or in the header, never in the text. -->

  <xsl:key name="id" match="*[@xml:id]" use="@xml:id"/>
  <xsl:key name="record" match="(person | personGrp | place | org | event | biblStruct | biblFull | bibl | msDesc | object)[@xml:id][not(ancestor::text)]"
    use="@xml:id"/>
  <xsl:key name="mentions" match="text//*[@ref]" use="tokenize(@ref)[starts-with(., '#')] ! substring(., 2)"/>

  <!-- The records that a list of pointers leads to, in the order of the pointers. -->
  <xsl:function name="f:records" as="element()*">
    <xsl:param name="pointers" as="attribute()?"/>
    <xsl:sequence select="for $pointer in tokenize($pointers)[starts-with(., '#')]
      return key('record', substring($pointer, 2), root($pointers))"/>
  </xsl:function>

  <!-- What a record is called in a sentence: "Vladimir Ilyich Lenin". -->
  <xsl:function name="f:record-name" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="if ($record[self::biblStruct or self::biblFull or self::bibl or self::msDesc]) then f:work-name($record)
      else (f:plain(f:main-name($record))[.], $record/@xml:id/string(), f:unnamed($record))[1]"/>
  </xsl:function>

  <!-- "premiere, 12 May 1873": what a record without a name is called. -->
  <xsl:function name="f:unnamed" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="type" as="xs:string?" select="$record/@type/normalize-space()[.] ! (if (f:has-word(.)) then f:word(.) else translate(., '_', ' '))"/>
    <xsl:sequence select="(string-join(($type, f:both-calendars($record)[.]), ', ')[.], f:word('unnamed'))[1]"/>
  </xsl:function>

  <!-- What a record is sorted and listed under: "Lenin, Vladimir Ilyich". -->
  <xsl:function name="f:filing-name" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="surname" as="xs:string" select="f:plain(f:main-name($record)/surname[1])"/>
    <xsl:variable name="forenames" as="xs:string" select="string-join(f:main-name($record)/forename ! f:plain(.), ' ')"/>
    <xsl:sequence select="if ($record/self::person and $surname) then string-join(($surname, $forenames[.]), ', ') else f:record-name($record)"/>
  </xsl:function>

  <xsl:function name="f:main-name" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$record/(persName | placeName | geogName | settlement | orgName | eventName | objectName | name | label | head)"/>
    <xsl:sequence select="($names[@type = 'main'], $names[not(@type)], $names)[1]"/>
  </xsl:function>

  <!-- The title of a work: of its own part (analytic) before that of what contains it. -->
  <xsl:function name="f:work-title" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="titles" as="element(title)*" select="$record/(analytic/title, monogr/title, title, fileDesc/titleStmt/title)"/>
    <xsl:sequence select="($titles[not(@type = ('sub', 'alt', 'short', 'translated', 'transliterated'))], $titles)[1]"/>
  </xsl:function>

  <!-- Those answerable for a work, authors before editors. -->
  <xsl:function name="f:work-makers" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="own" as="element()*" select="($record/analytic[author | editor], $record/monogr, $record)[1]"/>
    <xsl:sequence select="if ($own/author) then $own/author else $own/editor[not(@role = 'translator')]"/>
  </xsl:function>

  <!-- The family name of an author or editor, through the record that the name points to if need be. -->
  <xsl:function name="f:family-name" as="xs:string">
    <xsl:param name="maker" as="element()"/>
    <xsl:variable name="record" as="element()?" select="f:records(($maker/@ref, $maker//@ref)[1])[1]"/>
    <xsl:sequence select="(($maker//surname, $record ! f:main-name(.)/surname) ! f:plain(.), f:plain($maker))[1]"/>
  </xsl:function>

  <!-- "Lenin", "Browder and Kerensky", "Lenin and others"; "" for a work without a maker. -->
  <xsl:function name="f:work-makers-short" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:variable name="names" as="xs:string*" select="f:work-makers($record) ! f:family-name(.)"/>
    <xsl:sequence select="if (count($names) gt 2) then $names[1] || f:word('and-others') else string-join($names, f:word('and'))"/>
  </xsl:function>

  <!-- "Lenin, Marxism and Insurrection": what a work is called in a sentence. -->
  <xsl:function name="f:work-name" as="xs:string">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="(string-join((f:work-makers-short($record), f:plain(f:work-title($record)))[.], ', ')[.],
      normalize-space($record)[.], string($record/@xml:id))[1]"/>
  </xsl:function>

  <!-- The larger work that contains a work and has a record of its own (relatedItem type="host", or corresp). -->
  <xsl:function name="f:host" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="($record/relatedItem[@type = 'host'] ! f:records(@target), f:records($record/@corresp))[1]"/>
  </xsl:function>

  <!-- Whether an element is a name with words. -->
  <xsl:function name="f:is-name" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/(self::persName | self::placeName | self::geogName | self::orgName | self::eventName | self::name)[normalize-space()])"/>
  </xsl:function>

  <!-- Whether a statement is a name whose parts have no white space between them. -->
  <xsl:function name="f:is-name-in-parts" as="xs:boolean">
    <xsl:param name="statement" as="element()"/>
    <xsl:sequence select="f:is-name($statement) and not($statement/text()[normalize-space()])"/>
  </xsl:function>
</xsl:stylesheet>
