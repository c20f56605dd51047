<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:r="urn:x-teiwright:record" xmlns:c="urn:x-teiwright:citation" xmlns:f="urn:x-teiwright:function" xmlns:m="urn:x-teiwright:mode"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">
  <!-- Generated words of the lists of works cited, beside those of words.xsl; a further language is one more map. -->

  <xsl:variable name="citing-words" as="map(xs:string, map(xs:string, xs:string))" select="map { 'en': map {
    'cited-works': 'Works cited', 'quoted-works': 'Works quoted without a note', 'named-works': 'Works named only',
    'other-works': 'Further works', 'all-works': 'Works',
    'cited-note': 'cited in note {1}', 'cited-notes': 'cited in notes {1}', 'cited-passage': 'cited at {1}',
    'quoted': 'quoted: {1}', 'named': 'named: {1}', 'note': 'note {1}', 'notes': 'notes {1}',
    'passages-explained': 'A passage is given by its section and paragraph: 3.4 is the fourth paragraph of section 3, 0.2 the second before the first section.',
    'editor-after': '{1} (ed.)', 'editors-after': '{1} (eds)', 'piece': '“{1}”', 'written': 'Written {1}',
    'list-of': 'Works cited in “{1}”', 'list-description': 'The works that “{1}” cites, quotes or names, each with the notes and pages.',
    'by': 'by {1}'
    } }"/>

  <!-- The words for a key with places filled, English where the language is not in the table. -->
  <xsl:function name="f:citing-word" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="places" as="xs:string*"/>
    <xsl:sequence select="fold-left(1 to count($places), ($citing-words($spoken) ! .($key), $citing-words('en')($key), $key)[1],
                                    function($text, $n) { replace($text, '{' || $n || '}', $places[$n], 'q') })"/>
  </xsl:function>
</xsl:stylesheet>
