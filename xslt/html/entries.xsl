<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Entries: listPerson, listPlace, listOrg, listEvent, listObject, listNym, listRelation with person, personGrp, persona, place, org, event,
       object, nym, relation; offset, geogFeat, persPronouns, sex, gender, age, floruit, socecStatus, langKnown, langKnowledge, state, trait, population,
       climate, terrain, location, objectIdentifier (Guidelines #NDPERSE, #NDPLAC, #NDORG, #NDPERSbp, #NDOBJ, #NDNYM, #NDPERSREL). An entry is the name, what is told of it (a note, too), and each
       statement under its label. Lists that stand in the text stay there; the others are the index, and are named where they stand. -->


  <xsl:template match="person | personGrp | persona | place | org | event | object | nym | listPerson | listPlace | listOrg | listEvent 
    | listObject | listNym | listRelation | relation" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="listPerson | listPlace | listOrg | listEvent | listObject | listNym | listRelation" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'records'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="head | desc | p"/>
      <xsl:variable name="entries" as="element()*" select="* except (head | desc | p | listRelation)"/>
      <xsl:if test="exists($entries)">
        <ul class="entries">
          <xsl:for-each select="$entries">
            <li>
              <xsl:apply-templates select="."/>
            </li>
          </xsl:for-each>
        </ul>
      </xsl:if>
      <xsl:apply-templates select="listRelation"/>
    </div>
  </xsl:template>

  <!-- A list of the index says nothing where it stands. -->
  <xsl:template match="(listPerson | listPlace | listOrg | listEvent | listObject | listNym | listRelation)[f:is-of-index(.)]" priority="2" as="empty-sequence()"/>

  <xsl:template match="person | personGrp | persona | place | org | event | object | nym" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'record'"/>
      </xsl:apply-templates>
      <!-- A record of the index has its id there. -->
      <xsl:if test="@xml:id[f:is-usable(.)] and not(ancestor::text) and (self::persona or not(f:is-of-index(.)))">
        <xsl:attribute name="id" select="@xml:id"/>
      </xsl:if>
      <xsl:for-each select="f:entry-name(.)">
        <xsl:element name="{f:tag(., 'p')}">
          <xsl:attribute name="class" select="'record-name'"/>
          <xsl:apply-templates select="." mode="m:name-parts"/>
        </xsl:element>
      </xsl:for-each>
      <xsl:if test="@xml:id and not(f:entry-name(.))">
        <p class="record-name" data-by="edition">
          <xsl:value-of select="@xml:id"/>
        </p>
      </xsl:if>
      <xsl:call-template name="record-body"/>
    </div>
  </xsl:template>

  <!-- The element that names an entry. -->
  <xsl:function name="f:entry-name" as="element()?">
    <xsl:param name="record" as="element()"/>
    <xsl:sequence select="(f:main-name($record), $record/objectIdentifier/objectName, $record/(form | choice), $record/(country | region | district | bloc))[1]"/>
  </xsl:function>

  <!-- A name: its parts with a space between them where it has no words of its own. -->
  <xsl:mode name="m:name-parts" on-no-match="fail"/>
  <xsl:template match="*" mode="m:name-parts" as="node()*">
    <xsl:apply-templates select="." mode="m:html"/>
  </xsl:template>
  <xsl:template match="head | label" mode="m:name-parts" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="(persName | placeName | orgName | geogName | eventName | objectName | name | form)[*][not(text()[normalize-space()])][not(@ref or f:holds-block(.))]" mode="m:name-parts" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:for-each select="*">
        <xsl:value-of select="' '[f:parts-names(current())]"/>
        <xsl:apply-templates select="." mode="m:name-parts"/>
      </xsl:for-each>
    </span>
  </xsl:template>

  <!-- Whether a space stands between a part of a name and the one before it: not within Chinese and Japanese. -->
  <xsl:function name="f:parts-names" as="xs:boolean">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="before" as="element()?" select="$part/preceding-sibling::*[1]"/>
    <xsl:sequence select="exists($before) and not(matches($before, '[一-鿿]$') and matches($part, '^[一-鿿]'))"/>
  </xsl:function>

  <!-- "Lenin, Vladimir Ilyich": a person's name as it is filed, where it has a surname. -->
  <xsl:template match="*[surname][not(matches(., '[一-鿿]'))]" mode="m:filed" as="node()*">
    <xsl:apply-templates select="surname" mode="m:html"/>
    <xsl:if test="* except surname">
      <xsl:text>,</xsl:text>
      <xsl:for-each select="* except surname">
        <xsl:text> </xsl:text>
        <xsl:apply-templates select="." mode="m:name-parts"/>
      </xsl:for-each>
    </xsl:if>
    <xsl:for-each select="text()[matches(., '[\p{L}\p{N}]')]">
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="." mode="m:html"/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="*" mode="m:filed" as="node()*">
    <xsl:apply-templates select="." mode="m:name-parts"/>
  </xsl:template>
  <xsl:mode name="m:filed" on-no-match="fail"/>

  <!-- What is told of a record, then a list of its statements; $more are fields that the index adds. -->
  <xsl:template name="record-body" as="element()*">
    <xsl:param name="more" as="element()*"/>
    <xsl:variable name="told" as="element()*" select="note[not(@type = ('source', 'comment'))] | desc | p | ab"/>
    <xsl:variable name="fields" as="element()*">
      <xsl:sequence select="f:field('when', f:event-date(.))"/>
      <xsl:sequence select="(@sex[not(../sex)], @gender[not(../gender)], @age[not(../age)], @role[not(../occupation/normalize-space() = .)], @size, @where) ! f:field(local-name(), f:value-said(.))"/>
      <xsl:for-each-group select="f:statements-of(., $told)" group-by="f:statement-label(.)">
        <dt data-by="edition">
          <xsl:value-of select="current-grouping-key()"/>
        </dt>
        <xsl:apply-templates select="current-group()" mode="m:statement"/>
      </xsl:for-each-group>
      <xsl:sequence select="$more"/>
      <xsl:apply-templates select="note[@type = 'comment']" mode="m:record"/>
      <xsl:sequence select="f:field('identifiers', f:identifiers(.))"/>
      <xsl:sequence select="f:field('sources', f:separated(note[@type = 'source'], '; '))"/>
    </xsl:variable>
    <xsl:apply-templates select="$told" mode="m:record"/>
    <xsl:if test="exists($fields)">
      <dl>
        <xsl:sequence select="f:merged-fields($fields)"/>
      </dl>
    </xsl:if>
  </xsl:template>

  <!-- Labels and words with each label once. -->
  <xsl:function name="f:merged-fields" as="element()*">
    <xsl:param name="fields" as="element()*"/>
    <xsl:variable name="groups" as="element(h:div)*">
      <xsl:for-each-group select="$fields" group-starting-with="h:dt">
        <div>
          <xsl:sequence select="current-group()"/>
        </div>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:for-each-group select="$groups" group-by="string(h:dt)">
      <xsl:sequence select="h:dt, current-group()/h:dd"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:template match="p | ab" mode="m:record" as="element()">
    <xsl:apply-templates select="." mode="m:html"/>
  </xsl:template>

  <!-- The statements of a record: its children but its name and what is told; those of a location for themselves. -->
  <xsl:function name="f:statements-of" as="element()*">
    <xsl:param name="record" as="element()"/>
    <xsl:param name="told" as="element()*"/>
    <xsl:variable name="children" as="element()*" select="$record/(* | location[not(text()[normalize-space()] | @*)]/* | objectIdentifier/*)"/>
    <xsl:sequence select="$children except ($told | f:entry-name($record) | $record/(idno | note | objectIdentifier | location[not(text()[normalize-space()] | @*)]))"/>
  </xsl:function>

  <!-- The label of a statement; of a kind of them (@type) where its name alone says little. -->
  <xsl:function name="f:statement-label" as="xs:string">
    <xsl:param name="statement" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="local-name($statement)"/>
    <xsl:variable name="word" as="xs:string" select="($labels($name), $name)[1]"/>
    <xsl:sequence select="
      if ($name = ('persName', 'orgName', 'placeName', 'eventName', 'objectName', 'geogName', 'label', 'head') and $statement/(parent::person | parent::personGrp | parent::persona | parent::org | parent::place | parent::event | parent::objectIdentifier | parent::location))
      then f:word((('name-' || $statement/@type)[f:has-word(.)], 'other-name')[1])
      else if ($statement/@type and $name = ('state', 'trait', 'population', 'climate', 'terrain', 'event', 'affiliation', 'education', 'relation'))
      then f:word($word) || ' (' || translate($statement/@type, '_', ' ') || ')' else f:word($word)"/>
  </xsl:function>

  <xsl:variable name="labels" as="map(xs:string, xs:string)" select="map { 'birth': 'born', 'death': 'died', 'occupation': 'role', 'geo': 'coordinates', 'date': 'when',
    'person': 'persons', 'listPerson': 'persons', 'place': 'places', 'listPlace': 'places', 'org': 'organizations', 'listOrg': 'organizations', 'event': 'events',
    'listEvent': 'events', 'history': 'ms-history', 'physDesc': 'ms-physDesc', 'msContents': 'ms-msContents', 'additional': 'ms-additional', 'object': 'objects', 'listObject': 'objects', 'nym': 'nyms', 'listNym': 'nyms', 'listRelation': 'relations', 'relation': 'relations',
    'bibl': 'sources', 'biblStruct': 'sources', 'listBibl': 'sources', 'link': 'see-also', 'linkGrp': 'see-also', 'ptr': 'see-also', 'ref': 'see-also' }"/>

  <!-- A statement: its day, where its words do not say it, then its parts. -->
  <xsl:mode name="m:statement" on-no-match="fail"/>
  <xsl:template match="*" mode="m:statement" as="element(h:dd)">
    <xsl:variable name="day" as="xs:string?" select="f:unsaid-day(.)"/>
    <xsl:variable name="value" as="xs:string?" select="f:statement-value(.)"/>
    <dd>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="$day and normalize-space() and f:has-own-statement(.)">
        <xsl:sequence select="f:statement-parts(.), f:entry-words(' (' || $day || ')')"/>
      </xsl:if>
      <xsl:if test="$day and not(f:has-own-statement(.))">
        <xsl:sequence select="f:entry-words($day || ', '[current()/*])"/>
      </xsl:if>
      <xsl:if test="not($day and f:has-own-statement(.))">
        <xsl:sequence select="f:statement-parts(.)"/>
      </xsl:if>
      <xsl:variable name="remarks" as="xs:string" select="string-join(($value, (@cert, @level) ! f:cert-words(.)), ' ')"/>
      <xsl:sequence select="f:entry-words((if (*  or normalize-space()) then ' ' else '') || $remarks)[$remarks]"/>
    </dd>
  </xsl:template>

  <!-- Names, records and lists in a record are shown as themselves. -->
  <xsl:template match="persName | placeName | orgName | eventName | objectName | geogName | name" mode="m:statement" as="element(h:dd)" priority="1">
    <dd>
      <xsl:apply-templates select="." mode="m:name-parts"/>
      <xsl:sequence select="f:unsaid-day(.) ! f:entry-words(' (' || . || ')')"/>
    </dd>
  </xsl:template>
  <xsl:template match="person | personGrp | persona | place | org | event | object | nym | listPerson | listPlace | listOrg | listEvent 
    | listObject | listNym | listRelation | relation | listBibl | bibl | biblStruct | linkGrp | link | table | graphic 
    | figure | ref | ptr | note" mode="m:statement" as="element(h:dd)" priority="1">
    <dd>
      <xsl:apply-templates select="." mode="m:html"/>
    </dd>
  </xsl:template>

  <!-- The parts of a statement: as they stand where it has words of its own, else one after the other with commas; a label before a colon.
       Sections of a description of an object as those of a manuscript (manuscript.xsl). -->
  <xsl:function name="f:statement-parts" as="node()*">
    <xsl:param name="statement" as="element()"/>
    <xsl:choose>
      <xsl:when test="$statement/(self::msContents | self::physDesc | self::history | self::additional)">
        <xsl:for-each select="$statement">
          <xsl:call-template name="statements"/>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="$statement/text()[normalize-space()]">
        <xsl:apply-templates select="$statement/node()" mode="m:mixed-part"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$statement/*">
          <xsl:if test="preceding-sibling::* and not(f:is-block(.))">
            <xsl:sequence select="f:entry-words(if (preceding-sibling::*[1][self::label]) then ': ' else if (self::note) then ' ' else if (f:is-block(preceding-sibling::*[1])) then '' else ', ')"/>
          </xsl:if>
          <xsl:apply-templates select="." mode="m:part"/>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Among words, names still have a space between their parts. -->
  <xsl:mode name="m:mixed-part" on-no-match="fail"/>
  <xsl:template match="node()" mode="m:mixed-part" as="node()*">
    <xsl:apply-templates select="." mode="m:html"/>
  </xsl:template>
  <xsl:template match="persName | placeName | orgName | geogName" mode="m:mixed-part" as="node()*">
    <xsl:apply-templates select="." mode="m:name-parts"/>
  </xsl:template>

  <!-- A note on a statement stays with it. -->
  <xsl:template match="note[ancestor::person or ancestor::place or ancestor::org or ancestor::event or ancestor::object or ancestor::nym]" priority="20.5" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'note-inline'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:mode name="m:part" on-no-match="fail"/>
  <xsl:template match="*" mode="m:part" as="node()*">
    <xsl:apply-templates select="." mode="m:name-parts"/>
  </xsl:template>
  <!-- A statement of statements: "asian: 11811423". -->
  <xsl:template match="population | state | trait | climate | terrain | location | langKnown | desc" mode="m:part" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:sequence select="@type ! f:entry-words(translate(., '_', ' ') || ': ')"/>
      <xsl:sequence select="f:statement-parts(.)"/>
      <xsl:variable name="remarks" as="xs:string" select="string-join((f:statement-value(.), @level ! f:cert-words(.)), ' ')"/>
      <xsl:sequence select="f:entry-words((if (* or normalize-space()) then ' ' else '') || $remarks)[$remarks]"/>
    </xsl:element>
  </xsl:template>

  <!-- What the edition says within an entry. -->
  <xsl:function name="f:entry-words" as="element(h:span)">
    <xsl:param name="words" as="xs:string"/>
    <span data-by="edition">
      <xsl:value-of select="$words"/>
    </span>
  </xsl:function>

  <xsl:function name="f:has-own-statement" as="xs:boolean">
    <xsl:param name="statement" as="element()"/>
    <xsl:sequence select="exists($statement/(text()[normalize-space()] | p | ab | desc | label))"/>
  </xsl:function>

  <!-- The day of a statement, where neither a date in it nor its words give the year. -->
  <xsl:function name="f:unsaid-day" as="xs:string?">
    <xsl:param name="statement" as="element()"/>
    <xsl:variable name="year" as="xs:string?" select="f:start($statement)[.] ! replace(., '^-?0*(\d+).*$', '$1')"/>
    <xsl:sequence select="if ($year and not($statement//(date | time)[f:start(.)]) and not(contains($statement, $year) or matches($statement, if (starts-with(f:start($statement), '-')) then '\d' else '\d{3}'))) then f:both-calendars($statement)[.] else ()"/>
  </xsl:function>

  <!-- The value of a statement that has no words. -->
  <xsl:function name="f:statement-value" as="xs:string?">
    <xsl:param name="statement" as="element()"/>
    <xsl:variable name="value" as="attribute()?" select="($statement[not(normalize-space())]/(@value, @quantity, @tag, @tags, @code, @key, @target, @ref)[1])"/>
    <xsl:sequence select="$value ! string-join((f:value-said(.), $statement[@quantity]/@unit), ' ')"/>
  </xsl:function>

  <!-- The name of the record that a pointer leads to, in the text or not; else what the pointer says. -->
  <xsl:function name="f:pointed-record" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:variable name="target" as="element()?" select="$pointer[starts-with(., '#')] ! key('id', substring(., 2), $document)[1]"/>
    <xsl:sequence select="(f:plain($target ! f:entry-name(.))[.], translate(replace($pointer, '^#', ''), '_', ' '))[1]"/>
  </xsl:function>

  <!-- A value for a reader: names for pointers to records, places and persons. -->
  <xsl:function name="f:value-said" as="xs:string">
    <xsl:param name="value" as="attribute()"/>
    <xsl:sequence select="string-join(tokenize($value) ! f:pointed-record(.), if (starts-with($value, '#')) then ', ' else ' ')"/>
  </xsl:function>

  <xsl:function name="f:cert-words" as="xs:string">
    <xsl:param name="cert" as="attribute()"/>
    <xsl:sequence select="'(' || (if ($cert/self::attribute(cert)) then f:word('certainty', f:word($cert)) else string($cert)) || ')'"/>
  </xsl:function>

  <!-- "Anna, Boris: friends": those who stand in a relation, its name between them where it has two sides. -->
  <xsl:template match="relation" as="element()">
    <xsl:element name="{f:tag(., 'p')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'relation'"/>
      </xsl:apply-templates>
      <span data-by="edition">
        <xsl:sequence select="f:relation-sides((@active, @mutual)[1])"/>
        <xsl:value-of select="' — ', translate((@name, @ref ! replace(., '^.*[#/]', ''), @type, f:word('relation'))[1], '_', ' '), ' — '[current()/@passive]" separator=""/>
        <xsl:sequence select="f:relation-sides(@passive)"/>
      </span>
      <xsl:if test="normalize-space()">
        <xsl:text> </xsl:text>
        <xsl:sequence select="f:statement-parts(.)"/>
      </xsl:if>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:relation-sides" as="node()*">
    <xsl:param name="pointers" as="attribute()?"/>
    <xsl:for-each select="tokenize($pointers)">
      <xsl:if test="position() gt 1">, </xsl:if>
      <xsl:call-template name="link">
        <xsl:with-param name="href" select="f:href(., $pointers)"/>
        <xsl:with-param name="words" select="f:pointed-record(.)"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:function>

  <!-- In the index: with every mention. -->
  <xsl:template match="person | personGrp | persona | place | org | event | object | nym" mode="m:record" as="element(h:section)">
    <section class="record">
      <xsl:if test="@xml:id[f:is-usable(.)]">
        <xsl:attribute name="id" select="@xml:id"/>
      </xsl:if>
      <!-- A name that is a block, or holds one, cannot stand in a heading of HTML; it is one nevertheless. -->
      <xsl:variable name="is-block" as="xs:boolean" select="exists(f:entry-name(.)[f:is-block(.) or f:holds-block(.)])"/>
      <xsl:element name="{if ($is-block) then 'div' else 'h4'}">
        <xsl:if test="$is-block">
          <xsl:attribute name="role" select="'heading'"/>
          <xsl:attribute name="aria-level" select="4"/>
        </xsl:if>
        <xsl:apply-templates select="f:entry-name(.)" mode="m:filed"/>
        <xsl:value-of select="f:filing-name(.)[not(f:entry-name(current()))]"/>
        <xsl:sequence select="f:life-span(.)"/>
        <xsl:sequence select="f:annotation-links(.)"/>
      </xsl:element>
      <xsl:call-template name="record-body">
        <xsl:with-param name="more" as="element()*">
          <xsl:sequence select="f:forms(.)"/>
          <xsl:sequence select="f:field('mentions', f:mention-links(key('mentions', @xml:id)))"/>
          <xsl:sequence select="f:field('words-reported', f:mention-links(key('speech', @xml:id)))"/>
        </xsl:with-param>
      </xsl:call-template>
    </section>
  </xsl:template>

  <!-- Parts of names that have no template elsewhere. -->
  <xsl:template match="offset | geogFeat | persPronouns | sex | gender | age | floruit | socecStatus | langKnown | langKnowledge | state | trait | population | climate | terrain
    | location | objectIdentifier" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:unsaid-day(.)[not(normalize-space(current()))] ! f:entry-words(.)"/>
      <xsl:sequence select="if (self::offset or self::geogFeat) then () else f:statement-value(.) ! f:entry-words(.)"/>
      <xsl:choose>
        <xsl:when test="text()[normalize-space()]">
          <xsl:apply-templates/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="f:statement-parts(.)"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
