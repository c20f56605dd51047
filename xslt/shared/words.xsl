<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:map="http://www.w3.org/2005/xpath-functions/map">

  <!-- Generated words. Every word that an output adds to the words of a document comes from this one table, through
       f:word; a further language is one more map. "{1}" and "{2}" are places for what a sentence speaks of. -->

  <!-- The language of generated words, as a tag of BCP 47: "en" serves "en-GB". -->
  <xsl:param name="language" as="xs:string" select="'en'"/>

  <xsl:variable name="words" as="map(xs:string, map(xs:string, xs:string))" select="map { 'en': $english }"/>

  <!-- The language that the words are really in: English, and one message, where the table does not have the one asked for. -->
  <xsl:variable name="spoken" as="xs:string">
    <xsl:variable name="wanted" as="xs:string" select="lower-case(replace($language, '-.*$', ''))"/>
    <xsl:if test="not(map:contains($words, $wanted))">
      <xsl:message select="'no words in language &quot;' || $language || '&quot;; English ones are used'"/>
    </xsl:if>
    <xsl:sequence select="if (map:contains($words, $wanted)) then $wanted else 'en'"/>
  </xsl:variable>

  <!-- The words for a key, with places filled; the key itself where no language has it, so that a gap is seen. -->
  <xsl:function name="f:word" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="($words($spoken)($key), $words('en')($key), $key)[1]"/>
  </xsl:function>

  <xsl:function name="f:word" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="places" as="xs:string*"/>
    <xsl:sequence select="fold-left(1 to count($places), f:word($key), function($text, $n) {
      replace($text, '{' || $n || '}', $places[$n], 'q') })"/>
  </xsl:function>

  <!-- Whether the table has words for a key. -->
  <xsl:function name="f:has-word" as="xs:boolean">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="map:contains($words('en'), $key)"/>
  </xsl:function>

  <xsl:variable name="english" as="map(xs:string, xs:string)" select="map {
    'month-1': 'January', 'month-2': 'February', 'month-3': 'March', 'month-4': 'April', 'month-5': 'May', 'month-6': 'June',
    'month-7': 'July', 'month-8': 'August', 'month-9': 'September', 'month-10': 'October', 'month-11': 'November',
    'month-12': 'December',
    'day-month-year': '{1} {2} {3}', 'day-month': '{1} {2}', 'month-year': '{1} {2}', 'before-christ': '{1} BC',
    'date-from': 'from {1}', 'date-to': 'to {1}', 'date-from-to': '{1}–{2}', 'date-after': 'not before {1}',
    'date-before': 'not after {1}', 'or-later': '{1} or later', 'or-earlier': '{1} or earlier', 'date-between': 'between {1} and {2}', 'date-about': 'about {1}',
    'old-style': 'Old Style', 'new-style': 'New Style', 'os': 'O.S.', 'ns': 'N.S.',

    'skip': 'Skip to the text', 'contents': 'Contents', 'text': 'Text', 'options': 'Reading options',
    'untitled': 'Untitled section', 'spelling': 'Spelling', 'spelling-corrected': 'Corrected',
    'spelling-transcribed': 'As transcribed', 'spelling-both': 'Corrections marked', 'dates': 'Dates',
    'dates-both': 'Show both calendars', 'names': 'Names', 'names-marked': 'Underline all links strongly', 'colours': 'Colours',
    'colours-auto': 'As the device', 'colours-light': 'Light', 'colours-dark': 'Dark', 'to-contents': 'Back to contents',
    'link-to-section': 'Link to section “{1}”', 'link-to-passage': 'Link to passage {1}',

    'footnotes': 'Author’s footnotes', 'references': 'References', 'notes': 'Notes', 'footnote-n': 'Footnote {1}',
    'reference-n': 'Reference {1}', 'note-n': 'Note {1}', 'back-to-footnote': 'Back to footnote {1} in the text',
    'back-to-reference': 'Back to reference {1} in the text', 'back-to-note': 'Back to note {1} in the text',
    'in-footnote': 'fn. {1}', 'in-reference': 'ref. {1}', 'in-note': 'note {1}', 'in-title': 'title', 'in-heading': '{1} heading',
    'see-reference': 'see reference {1}', 'see-footnote': 'see footnote {1}', 'see-note': 'see note {1}', 'work': 'Work cited',
    'works': 'Works cited',

    'annotations': 'Editors’ annotations', 'annotation-n': 'E{1}, editors’ annotation', 'annotation-label': 'E{1}',
    'corrections': 'Corrections', 'reads': 'transcription: {1}', 'corrected': 'corrected: {1}',
    'corrections-intro': 'The reading text shows the corrected words. What the transcription has stands here beside them; “Reading options” brings it into the text.',
    'transcribed-as': 'Transcription', 'corrected-to': 'Corrected to', 'place-in-text': 'Passage', 'responsible': 'Responsible',
    'certainty': 'certainty: {1}', 'high': 'high', 'medium': 'medium', 'low': 'low', 'unknown': 'unknown',
    'omitted': 'gap in the source: {1}', 'illegible': 'unclear in the source',
    'image-at': 'Image: {1}', 'no-image': 'Image (not shown)', 'gap': '…',

    'index': 'Index of names', 'persons': 'Persons', 'organizations': 'Organizations', 'places': 'Places', 'events': 'Events',
    'index-intro': 'Each number leads to one mention in the text: section and paragraph, or reference and footnote. A letter after a number leads to a further mention in the same paragraph.',
    'mentions': 'Mentioned', 'words-reported': 'Words reported',
    'forms': 'In the text', 'name-birth': 'Name at birth', 'name-full': 'Full name', 'name-modern': 'Today',
    'name-pseudonym': 'Pseudonym', 'born': 'Born', 'died': 'Died', 'when': 'When',
    'role': 'Role', 'identifiers': 'Identifiers', 'sources': 'Sources', 'remark': 'Remark', 'country': 'Country',
    'coordinates': 'Coordinates', 'kind': 'Kind', 'also': 'also: {1}', 'spoken-by': 'spoken by {1}',
    'mark-explained': '“+” behind words leads to who speaks them, or to a further record or date that they mean.', 'and': ' and ', 'and-others': ' and others',
    'identification': 'identification: {1} certainty', 'life': '{1}–{2}', 'life-born': 'born {1}', 'life-died': 'died {1}',

    'chronology': 'Chronology',
    'chronology-intro': 'Events and every date of the text that could be settled, in order of days. Where the words are Old Style, both calendars are given. Dates of publication stand in the bibliography.',
    'year-unknown': 'Without year',

    'bibliography': 'Bibliography',
    'bibliography-intro': 'The works that the text cites, quotes or names, each with the places where it does so.',
    'cited': 'Cited in', 'at-note': 'note', 'at-notes': 'notes', 'at-reference': 'reference', 'at-references': 'references',
    'at-footnote': 'footnote', 'at-footnotes': 'footnotes', 'quoted': 'Quoted', 'named': 'Named', 'in-work': 'In:', 'edited-by': 'ed. {1}',
    'translated-by': 'trans. {1}', 'volume': 'vol. {1}', 'volumes': 'vols {1}', 'issue': 'no. {1}', 'issues': 'nos {1}',
    'page': 'p. {1}', 'pages': 'pp. {1}', 'chapter': 'ch. {1}', 'part': 'part {1}', 'no-title': 'Without title',

    'about': 'About this edition', 'cite': 'How to cite', 'licence': 'Licence',
    'cite-edition': 'The edition', 'encoded-by': ', encoded by {1}', 'cite-source': 'The printed or transcribed source', 'cite-passage': 'A passage',
    'cite-passage-hint': 'Each paragraph has a number that does not change; the number beside it is its link. The paragraph at {1} is cited as {2}.',

    'title': 'Title', 'author': 'Author', 'editor': 'Editor', 'edition': 'Edition', 'extent': 'Extent',
    'publisher': 'Publisher', 'pubPlace': 'Place', 'distributor': 'Distributor', 'authority': 'Authority', 'date': 'Date',
    'idno': 'Identifier', 'availability': 'Availability', 'series': 'Series', 'funder': 'Funder',
    'sponsor': 'Sponsor', 'principal': 'Principal investigator', 'sourceDesc': 'Source', 'projectDesc': 'Purpose',
    'samplingDecl': 'Extent of the encoding', 'editorialDecl': 'Editorial practice', 'correction': 'Correction',
    'normalization': 'Normalization', 'hyphenation': 'Hyphenation', 'quotation': 'Quotation', 'punctuation': 'Punctuation',
    'segmentation': 'Segmentation', 'stdVals': 'Standard values', 'interpretation': 'Interpretation', 'refsDecl': 'Addresses of passages',
    'classDecl': 'Classification', 'appInfo': 'Software', 'creation': 'Creation', 'langUsage': 'Languages', 'textClass': 'Subject',
    'calendarDesc': 'Calendars', 'tagsDecl': 'Elements used', 'element': 'Element', 'occurrences': 'Occurrences', 'use': 'Use',
    'revisionDesc': 'Revisions',
    'abstract': 'Abstract', 'particDesc': 'Participants', 'settingDesc': 'Setting', 'textDesc': 'Kind of text',
    'correspDesc': 'Correspondence', 'listPrefixDef': 'Prefixes', 'variantEncoding': 'Variants', 'charDecl': 'Characters',
    'publicationStmt': 'Publication', 'editionStmt': 'Edition', 'seriesStmt': 'Series', 'notesStmt': 'Remarks', 'titleStmt': 'Title'
    }"/>
</xsl:stylesheet>
