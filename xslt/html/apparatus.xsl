<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The critical apparatus: app, lem, rdg, rdgGrp, wit, witDetail, witStart, witEnd, lacunaStart, lacunaEnd, listApp, listWit, witness,
       variantEncoding (Guidelines #TC). The text shows one reading of an entry that stands in it; a small mark behind it leads to the
       entry at the foot: lemma, then the readings, each with its witnesses, and what a note says. An entry that is only attached to the text (by @from, @loc, or
       by the method of variantEncoding) adds no words to it. -->

  <!-- The siglum of the witness whose readings the text shows; without one, or where it has none, the lemma, else the first reading. -->
  <xsl:param name="witness" as="xs:string" select="''"/>

  <xsl:accumulator name="a:apps" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//app" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:key name="listed" match="witness[@xml:id]" use="@xml:id"/>
  <!-- The entries of a list elsewhere by the id of what their lemma ends with. -->
  <xsl:key name="variants" match="listApp//app" use="tokenize((@to, @from)[1])[starts-with(., '#')] ! substring(., 2)"/>

  <xsl:variable name="attached" as="xs:boolean" select="$document//variantEncoding/@method = ('double-end-point', 'location-referenced')"/>

  <xsl:function name="f:is-attached" as="xs:boolean">
    <xsl:param name="app" as="element(app)"/>
    <xsl:sequence select="exists($app/(@from | @to | @loc | ancestor::listApp)) or $attached or not($app/ancestor::text)"/>
  </xsl:function>

  <!-- The reading that the text shows. -->
  <xsl:function name="f:shown-reading" as="element()?">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="readings" as="element()*" select="$app/(lem | rdg | rdgGrp//(lem | rdg)[ancestor::app[1] is $app])"/>
    <xsl:sequence select="($readings[$witness][tokenize(@wit) ! replace(., '^#', '') = $witness], $readings[self::lem], $readings)[1]"/>
  </xsl:function>

  <xsl:template match="app" mode="m:plain" as="item()*" priority="1">
    <xsl:apply-templates select="f:shown-reading(.)[not(f:is-attached(current()))]" mode="m:plain"/>
  </xsl:template>

  <!-- In the text. -->
  <xsl:template match="app" priority="2" as="element()+">
    <xsl:variable name="shown" as="element()?" select="f:shown-reading(.)"/>
    <xsl:element name="{if (exists($shown) and f:holds-block($shown)) then 'div' else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'app'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="$shown"/>
      <xsl:sequence select="f:variant-mark(., '#' || f:variant-id(.))"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="app[f:is-attached(.)]" priority="3" as="element(h:span)">
    <span>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'app'"/>
      </xsl:apply-templates>
      <xsl:sequence select="f:variant-mark(., '#' || f:variant-id(.))"/>
    </span>
  </xsl:template>

  <xsl:template match="lem | rdg" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="local-name()"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Words that a list elsewhere has readings for: a mark for each of its entries. Between blocks none stands. -->
  <xsl:template match="text//*[@xml:id][exists(key('variants', @xml:id))]" priority="19" as="node()*">
    <xsl:next-match/>
    <xsl:sequence select="key('variants', @xml:id)[not(f:is-block(current()))] ! f:variant-mark(., '#' || f:variant-id(.))"/>
  </xsl:template>

  <!-- The small mark that leads to an entry; what the entry says is its title. -->
  <xsl:function name="f:variant-mark" as="element(h:a)">
    <xsl:param name="app" as="element(app)"/>
    <xsl:param name="href" as="xs:string"/>
    <a class="variant-mark" href="{$href}" aria-label="{(f:lemma-words($app)[.] ! f:word('variants-of', .), f:word('variants'))[1]}" data-by="edition">°</a>
  </xsl:function>

  <xsl:function name="f:variant-id" as="xs:string">
    <xsl:param name="app" as="element(app)"/>
    <xsl:sequence select="if ($app/ancestor::text and not($app/ancestor::listApp)) then f:id($app) || '-entry'
      else ($app/@xml:id/string(), f:id($app), 'app-' || generate-id($app))[1]"/>
  </xsl:function>

  <!-- The words that the readings of an entry stand against, as they are in the text; long ones by their beginning and end. -->
  <xsl:function name="f:lemma-words" as="xs:string">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="shown" as="element()?" select="if (f:is-attached($app)) then ($app/lem, $app/rdgGrp/lem)[1] else f:shown-reading($app)"/>
    <xsl:variable name="words" as="xs:string*" select="tokenize((f:plain($shown)[.], f:plain(f:lemma-nodes($app))[.], '')[1])"/>
    <xsl:sequence select="if (count($words) gt 8) then string-join(($words[position() le 3], '…', $words[position() gt last() - 2]), ' ') else string-join($words, ' ')"/>
  </xsl:function>

  <!-- What an attached entry is on: from the end of @from, an empty element, to @to or to the entry; else what @from and @to are. -->
  <xsl:function name="f:lemma-nodes" as="node()*">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="from" as="element()?" select="f:pointed($app/@from)"/>
    <xsl:variable name="to" as="element()?" select="(f:pointed($app/@to), $from[normalize-space()], $app[not(ancestor::listApp)])[1]"/>
    <xsl:sequence select="$from[. is $to]"/>
    <xsl:iterate select="if ($to and not($from is $to)) then ($from/descendant::text(), $from/following::text()) else ()">
      <xsl:choose>
        <xsl:when test=". >> $to and not(ancestor::* intersect $to)">
          <xsl:break/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select=".[not(ancestor::app[f:is-attached(.)] | ancestor::note)]"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:iterate>
  </xsl:function>

  <xsl:function name="f:pointed" as="element()?">
    <xsl:param name="pointer" as="attribute()?"/>
    <xsl:sequence select="tokenize($pointer)[1][starts-with(., '#')] ! key('id', substring(., 2), root($pointer))[1]"/>
  </xsl:function>

  <!-- At the foot: the entries that stand in the text, in its order, and lists that stand outside of it. -->
  <xsl:template match="document-node()[//app | //listApp]" mode="m:foot" priority="9" as="element(h:section)*">
    <xsl:variable name="entries" as="element(app)*" select="//text//app[not(ancestor::listApp)]"/>
    <xsl:variable name="lists" as="element(listApp)*" select="//listApp[not(ancestor::text | ancestor::listApp)]"/>
    <xsl:if test="exists(($entries, $lists))">
      <section id="{f:own('apparatus')}" class="edited" aria-labelledby="{f:own('apparatus')}-heading">
        <xsl:sequence select="f:language($text-language, $spoken)"/>
        <h2 id="{f:own('apparatus')}-heading" data-by="edition">
          <xsl:value-of select="f:word('apparatus')"/>
        </h2>
        <xsl:sequence select="f:entries-of-apparatus($entries)"/>
        <xsl:apply-templates select="$lists"/>
      </section>
    </xsl:if>
    <xsl:next-match/>
  </xsl:template>

  <xsl:function name="f:entries-of-apparatus" as="element(h:ol)?">
    <xsl:param name="entries" as="element(app)*"/>
    <xsl:if test="exists($entries)">
      <ol class="apparatus">
        <xsl:apply-templates select="$entries" mode="m:variant"/>
      </ol>
    </xsl:if>
  </xsl:function>

  <xsl:template match="listApp" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'list-app'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="head | desc"/>
      <xsl:for-each-group select="app | listApp" group-adjacent="local-name()">
        <xsl:choose>
          <xsl:when test="self::app">
            <xsl:sequence select="f:entries-of-apparatus(current-group())"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="current-group()"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </div>
  </xsl:template>

  <!-- One entry: place, lemma, readings. The lemma of one that stands in the text is said again. -->
  <xsl:mode name="m:variant" on-no-match="fail"/>
  <xsl:template match="app" mode="m:variant" as="element(h:li)">
    <xsl:variable name="shown" as="element()?" select="if (f:is-attached(.)) then (lem, rdgGrp/lem)[1] else f:shown-reading(.)"/>
    <li id="{f:variant-id(.)}">
      <xsl:sequence select="f:variant-place(.)"/>
      <xsl:sequence select="f:lemma-part(., $shown)"/>
      <xsl:apply-templates select="* except $shown" mode="m:entry-part">
        <xsl:with-param name="shown" select="$shown" tunnel="yes"/>
      </xsl:apply-templates>
    </li>
  </xsl:template>

  <!-- The number of the passage, which leads back to it; @loc where the entry has that. -->
  <xsl:function name="f:variant-place" as="node()*">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="place" as="element()?" select="if ($app/ancestor::text and not($app/ancestor::listApp)) then $app else (f:pointed($app/@to), f:pointed($app/@from))[1]"/>
    <xsl:variable name="id" as="xs:string?" select="$place[ancestor::text] ! f:id(.)"/>
    <span class="variant-place" data-by="edition">
      <xsl:call-template name="link">
        <xsl:with-param name="href" select="$id ! ('#' || .)"/>
        <xsl:with-param name="words" select="($app/@loc/string(), $place[ancestor::text] ! f:where(.))[1]"/>
      </xsl:call-template>
    </span>
    <xsl:text> </xsl:text>
  </xsl:function>

  <!-- "lemma A B] "; nothing where an entry says nothing of what it is on. -->
  <xsl:function name="f:lemma-part" as="node()*">
    <xsl:param name="app" as="element(app)"/>
    <xsl:param name="shown" as="element()?"/>
    <xsl:variable name="words" as="xs:string" select="f:lemma-words($app)"/>
    <xsl:choose>
      <xsl:when test="f:is-attached($app) and $shown">
        <xsl:apply-templates select="$shown"/>
      </xsl:when>
      <xsl:when test="$shown or $words">
        <b class="lem" data-by="edition">
          <xsl:value-of select="($words[.], f:word('reading-omitted'))[1]"/>
        </b>
      </xsl:when>
    </xsl:choose>
    <xsl:sequence select="f:sigla($shown)"/>
    <xsl:if test="$shown or $words">
      <span data-by="edition">] </span>
    </xsl:if>
  </xsl:function>

  <!-- What follows the lemma: readings parted by semicolons, groups of them in brackets, remarks. -->
  <xsl:mode name="m:entry-part" on-no-match="fail"/>
  <xsl:template match="lem | rdg" mode="m:entry-part" as="node()*">
    <xsl:param name="shown" as="element()?" tunnel="yes"/>
    <xsl:sequence select="f:apparatus-words('; ')[current()/preceding-sibling::*[self::rdg or self::rdgGrp] except $shown]"/>
    <xsl:apply-templates select="."/>
    <xsl:if test="not(normalize-space() or *)">
      <i data-by="edition">
        <xsl:value-of select="f:word('reading-omitted')"/>
      </i>
    </xsl:if>
    <xsl:sequence select="f:sigla(.)"/>
  </xsl:template>

  <xsl:template match="rdgGrp" mode="m:entry-part" as="node()*">
    <xsl:param name="shown" as="element()?" tunnel="yes"/>
    <xsl:variable name="rest" as="element()*" select="* except $shown"/>
    <xsl:if test="exists($rest)">
      <xsl:sequence select="f:apparatus-words('; ')[current()/preceding-sibling::*[self::rdg or self::rdgGrp[* except $shown]]]"/>
      <xsl:sequence select="f:apparatus-words('(' || @type ! (translate(., '_', ' ') || ': '))"/>
      <xsl:apply-templates select="$rest" mode="m:entry-part"/>
      <xsl:sequence select="f:apparatus-words(')'), f:sigla(.)"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="m:entry-part" as="node()*">
    <xsl:text> </xsl:text>
    <xsl:apply-templates select="."/>
  </xsl:template>

  <!-- What the edition adds between the words of a document. -->
  <xsl:function name="f:apparatus-words" as="element(h:span)">
    <xsl:param name="words" as="xs:string"/>
    <span data-by="edition">
      <xsl:value-of select="$words"/>
    </span>
  </xsl:function>

  <!-- The witnesses of a reading, each a link to its description; those answerable where it has none. The words of a wit beside it say it better. -->
  <xsl:function name="f:sigla" as="element(h:span)?">
    <xsl:param name="reading" as="element()?"/>
    <xsl:variable name="pointers" as="xs:string*" select="tokenize(($reading/@wit, $reading/@resp, $reading/@source)[1])"/>
    <xsl:if test="exists($pointers) and not($reading/following-sibling::*[1][self::wit])">
      <span class="sigla" data-by="edition">
        <xsl:for-each select="$pointers">
          <xsl:text> </xsl:text>
          <xsl:call-template name="link">
            <xsl:with-param name="href" select="f:href(., $reading)"/>
            <xsl:with-param name="words" select="f:siglum-of(.)"/>
          </xsl:call-template>
        </xsl:for-each>
      </span>
    </xsl:if>
  </xsl:function>

  <!-- The siglum that a pointer leads to, else what it says itself. -->
  <xsl:function name="f:siglum-of" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:sequence select="(key('id', replace($pointer, '^#', ''), $document)[self::witness][1] ! f:siglum(.), replace($pointer, '^.*#', ''))[1]"/>
  </xsl:function>

  <xsl:function name="f:siglum" as="xs:string">
    <xsl:param name="witness" as="element(witness)"/>
    <xsl:sequence select="string(($witness/@n, $witness/@xml:id)[1])"/>
  </xsl:function>

  <!-- Remarks on a witness, and witnesses in the words of the source. -->
  <xsl:template match="wit | witDetail | app/note" priority="21" as="element()">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="if (self::wit) then 'sigla' else 'remark'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- Where a witness begins, ends or has a gap. -->
  <xsl:template match="witStart | witEnd | lacunaStart | lacunaEnd" as="element(h:span)">
    <span data-by="edition">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'lacuna'"/>
      </xsl:apply-templates>
      <xsl:value-of select="(if (self::witEnd or self::lacunaEnd) then ' ' else '') || '[' || f:word(local-name()) || tokenize((@wit, ../@wit)[1]) ! (' ' || f:siglum-of(.)) => string-join() || ']' || (if (self::witStart or self::lacunaStart) then ' ' else '')"/>
    </span>
  </xsl:template>

  <!-- Witnesses: siglum and description. -->
  <xsl:template match="listWit" as="element(h:div)">
    <div>
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'list-wit'"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="head | desc"/>
      <xsl:for-each-group select="* except (head | desc)" group-adjacent="exists(self::witness)">
        <xsl:choose>
          <xsl:when test="self::witness">
            <dl class="witnesses">
              <xsl:apply-templates select="current-group()"/>
            </dl>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="current-group()"/>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </div>
  </xsl:template>

  <xsl:template match="listWit/witness" as="element()+">
    <dt data-by="edition">
      <xsl:value-of select="f:siglum(.)"/>
    </dt>
    <dd>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="@xml:id[f:is-usable(.)] and not(ancestor::text)">
        <xsl:attribute name="id" select="@xml:id"/>
      </xsl:if>
      <xsl:apply-templates/>
    </dd>
  </xsl:template>

  <xsl:template match="listWit | listApp | witness" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <!-- "Parallel segmentation, internal": how variants are encoded. -->
  <xsl:template match="variantEncoding" as="element(h:span)">
    <span data-by="edition">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:value-of select="(@method, @location)[. = ('location-referenced', 'double-end-point', 'parallel-segmentation', 'internal', 'external')] ! f:word(.)" separator=", "/>
    </span>
  </xsl:template>
</xsl:stylesheet>
