<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:x-teiwright:mode"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array" xmlns:fn="http://www.w3.org/2005/xpath-functions" xmlns="http://www.w3.org/1999/xhtml" xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- How the source looks: hi; @rend, @rendition, @style, and rendition with its @selector and @scope (Guidelines #STGAre, #HD57, #COHQ).
       A keyword of @rend becomes a class that style.css knows; CSS of the document becomes rules for classes of the page's style sheet,
       of which only declarations get through that change the look of words and nothing else. And @xml:lang. -->

  <!-- What keywords are called here, by what they are called elsewhere: the first of each line. -->
  <xsl:variable name="keyword-lines" as="xs:string*" select="'italic italics i it ital slanted oblique cursive kursiv emphasis', 'bold b bo strong fett bolder', 'roman upright normal antiqua regular',
    'small-caps smallcaps smcap sc smallcap kapitaelchen', 'all-caps allcaps caps uppercase capitals majuscule', 'super sup superscript above hochgestellt', 'sub subscript below tiefgestellt',
    'underline underlined u ul unterstrichen', 'double-underline doubleunderline', 'overline overlined', 'strike strikethrough strikeout line-through linethrough overstrike struck s',
    'center centre centered centred zentriert aligncenter', 'right alignright flushright rechts', 'left alignleft flushleft', 'justify justified blocksatz', 'indent indented',
    'spaced letterspaced gesperrt spationiert sperrsatz expanded', 'small smaller petit x-small', 'large larger big x-large xx-large', 'typewriter monospace monospaced mono tt',
    'gothic blackletter fraktur', 'sans sans-serif sansserif latintype grotesk', 'boxed box framed frame', 'red rubric rubricated'"/>
  <xsl:variable name="keywords" as="map(xs:string, xs:string)" select="map:merge($keyword-lines ! (let $names := tokenize(.) return $names ! map:entry(., $names[1])))"/>

  <!-- The keywords in @rend, whatever parts them: "italic; small caps", "slant(italic)", "text-align: center". -->
  <xsl:function name="f:keywords" as="xs:string*">
    <xsl:param name="rend" as="xs:string?"/>
    <xsl:sequence select="tokenize(lower-case($rend) => replace('(small|all)[ _\-]?cap(ital)?s?', '$1-caps') => replace('double[ _]underlined?', 'double-underline'), '[\s;,:()#&quot;''/|]+')
      ! ($keywords(.), .)[1]"/>
  </xsl:function>

  <!-- All that says how an element looked, as classes: "rend-" with a keyword, "rendition-" with the number of a rendition, "style-" with that of a @style. -->
  <xsl:function name="f:looks" as="xs:string*">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element/@rend, $element/@rendition, $element/@style, $element/@xml:space" mode="m:looks"/>
    <xsl:if test="exists($selecting)">
      <xsl:apply-templates select="$selecting" mode="m:looks">
        <xsl:with-param name="element" select="$element"/>
      </xsl:apply-templates>
    </xsl:if>
  </xsl:function>

  <xsl:mode name="m:looks" on-no-match="shallow-skip"/>
  <xsl:template match="@rend" mode="m:looks" as="xs:string*">
    <xsl:sequence select="f:keywords(.)[matches(., '^[a-z][\w\-]{0,30}$')] ! ('rend-' || .)"/>
  </xsl:template>
  <xsl:template match="@rendition" mode="m:looks" as="xs:string*">
    <xsl:sequence select="tokenize(.)[contains(., '#')] ! $renditions(substring-after(., '#')) ! ('rendition-' || .)"/>
  </xsl:template>
  <xsl:template match="@style" mode="m:looks" as="xs:string?">
    <xsl:sequence select="$styles(normalize-space(.)) ! ('style-' || .)"/>
  </xsl:template>
  <xsl:template match="rendition/@selector" mode="m:looks" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="generate-id()[f:is-selected($element, .)] ! ('rendition-' || $renditions(.))"/>
  </xsl:template>
  <xsl:template match="@xml:space[. = 'preserve']" mode="m:looks" as="xs:string">preserve</xsl:template>

  <!-- The renditions in CSS that have something to say, by their ids; those without are known by a made one. -->
  <xsl:variable name="rendition-rules" as="element(rendition)*" select="$document//tagsDecl//rendition[not(@scheme) or lower-case(@scheme) = 'css'][exists(f:declarations(.))]"/>
  <xsl:variable name="renditions" as="map(xs:string, xs:integer)" select="map:merge(for $n in 1 to count($rendition-rules) return
    (let $rule := $rendition-rules[$n] return ($rule/@xml:id ! map:entry(string(.), $n), $rule/@selector ! map:entry(generate-id(), $n))), map { 'duplicates': 'use-first' })"/>

  <!-- The values of @style that have something to say. -->
  <xsl:variable name="style-values" as="xs:string*" select="distinct-values($document//@style ! normalize-space())[exists(f:safe-declarations(.))]"/>
  <xsl:variable name="styles" as="map(xs:string, xs:integer)" select="map:merge(for $n in 1 to count($style-values) return map:entry($style-values[$n], $n))"/>

  <!-- The rules for the page's style sheet, made at the first rendition and at the first @style. -->
  <xsl:variable name="rendition-css" as="xs:string*">
    <xsl:apply-templates select="($document//rendition)[1], ($document//@style)[1]" mode="m:rules"/>
  </xsl:variable>
  <xsl:mode name="m:rules" on-no-match="shallow-skip"/>
  <xsl:template match="rendition" mode="m:rules" as="xs:string*">
    <xsl:for-each select="$rendition-rules">
      <xsl:variable name="scope" as="xs:string?" select="@scope[. = ('before', 'after', 'first-letter', 'first-line')] ! ('::' || .)"/>
      <xsl:sequence select="'.rendition-' || position() || $scope || ' { ' || string-join(f:declarations(.), ' ') || ' }'"/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="@style" mode="m:rules" as="xs:string*">
    <xsl:for-each select="$style-values">
      <xsl:sequence select="'.style-' || position() || ' { ' || string-join(f:safe-declarations(.), ' ') || ' }'"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:declarations" as="xs:string*">
    <xsl:param name="rendition" as="element(rendition)"/>
    <xsl:sequence select="f:safe-declarations($rendition)"/>
    <xsl:if test="$rendition/@scope = ('before', 'after')">
      <xsl:variable name="words" as="xs:string?" select="replace($rendition, '/\*.*?\*/', '', 's')[matches(., '(^|;)\s*content\s*:\s*([&quot;''])[^&quot;''\\{}&lt;&gt;;]*\2\s*(;|$)')]"/>
      <xsl:sequence select="$words ! ('content: &quot;' || replace(., '^(.*;)?\s*content\s*:\s*[&quot;'']([^&quot;'']*)[&quot;''].*$', '$2', 's') || '&quot;;')"/>
    </xsl:if>
  </xsl:function>

  <!-- Which properties change the look of words and take up no room that is others'. -->
  <xsl:variable name="harmless" as="xs:string" select="'^(color|background(-color)?|font(-(family|size|style|variant(-caps|-numeric|-ligatures|-position)?|weight|stretch|kerning))?|letter-spacing|word-spacing|line-height'
    || '|text-(align(-last)?|decoration(-line|-style|-color|-thickness)?|transform|indent|emphasis(-style|-color)?)|vertical-align|white-space|direction|unicode-bidi|writing-mode|text-orientation|hyphens|quotes'
    || '|(margin|padding)(-(left|right|top|bottom|(inline|block)(-(start|end))?))?|border(-(left|right|top|bottom|collapse|spacing|(inline|block)(-(start|end))?))?(-(style|width|color))?|border-radius'
    || '|list-style-type|float|clear|width|max-width|caption-side|text-underline-offset)$'"/>
  <!-- A value: words, numbers of at most three digits, colours; negative only for an indent, which hangs. No address, function, escape or rule. -->
  <xsl:variable name="harmless-value" as="xs:string" select="'^([\p{L}\p{N}\s#%.,+&quot;''/\-]|(rgb|hsl)a?\([0-9.,%\s/deg]*\))+$'"/>

  <!-- The declarations in some CSS that are let through, each with its semicolon. A colour of the source is for its paper: it is mixed with that of the page, so that it can be read there in light and dark. -->
  <xsl:variable name="shaded" as="map(xs:string, xs:string)" select="map { 'color': '45%, var(--ink)', 'background-color': '20%, var(--paper)' }"/>
  <xsl:function name="f:safe-declarations" as="xs:string*">
    <xsl:param name="css" as="xs:string"/>
    <xsl:variable name="clean" as="xs:string" select="replace($css, '/\*.*?\*/', ' ', 's')"/>
    <xsl:if test="string-length($clean) lt 2000 and not(matches($clean, '[\\{}&lt;&gt;@]|//|/\*|\*/|[\p{Cc}-[\s]]'))">
      <xsl:for-each select="tokenize($clean, ';')[contains(., ':')]">
        <xsl:variable name="property" as="xs:string" select="lower-case(normalize-space(substring-before(., ':')))"/>
        <xsl:variable name="value" as="xs:string" select="normalize-space(replace(substring-after(., ':'), '!\s*important', '', 'i'))"/>
        <xsl:if test="matches($property, $harmless) and f:is-harmless-value($property, $value)">
          <xsl:sequence select="$property || ': ' || $value || ';', $shaded($property) ! ($property || ': color-mix(in oklab, ' || $value || ' ' || . || ');')"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:is-harmless-value" as="xs:boolean">
    <xsl:param name="property" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="matches($value, $harmless-value, 'i') and not(matches($value, '[0-9]{4}')[not(contains($value, '#'))])
      and (not(matches($value, '(^|[\s,])-[0-9.]')) or $property = ('text-indent', 'letter-spacing', 'word-spacing', 'vertical-align'))
      and string-length(replace($value, '[^&quot;]', '')) mod 2 = 0 and string-length(replace($value, '[^'']', '')) mod 2 = 0
      and (not(matches($property, '^font(-size)?$')) or not(matches($value, '(^|\s)0*\.?0*([a-z%]|\s|$)|[0-9]{3}(px|pt|em|rem)')))"/>
  </xsl:function>

  <!-- The @selector of renditions that select elements by themselves. Of many only some are asked: each costs time at each element. -->
  <xsl:variable name="selecting" as="attribute(selector)*">
    <xsl:apply-templates select="($document//rendition[@selector])[1]" mode="m:selecting"/>
  </xsl:variable>
  <xsl:mode name="m:selecting" on-no-match="fail"/>
  <xsl:template match="rendition[@selector]" mode="m:selecting" as="attribute(selector)*">
    <xsl:sequence select="subsequence($document//rendition/@selector[exists($renditions(generate-id()))], 1, 60)"/>
  </xsl:template>
  <!-- Each selector as its steps, by the id of its attribute. None with many steps is understood. -->
  <xsl:variable name="selectors" as="map(xs:string, array(map(*))*)" select="map:merge($selecting !
    map:entry(generate-id(), tokenize(., ',') ! normalize-space() ! f:steps(.)[array:size(.) = 1 to 4]))"/>

  <!-- What of CSS's selectors is understood: compounds of a name, #id, [attribute], :first-child and the like, within or beside one another. -->
  <xsl:variable name="condition" as="xs:string" select="'(#[\i-[:]][\c-[:.]]*|\[\s*[\i-[:]][\c-[:.]]*\s*([~^|$*]?=\s*(&quot;[^&quot;]*&quot;|''[^'']*''|[^\]\s&quot;'']+)\s*)?\]|:(first|last|only)-(child|of-type))'"/>
  <xsl:variable name="compound" as="xs:string" select="'(([\i-[:]][\c-[:.]]*|\*)' || $condition || '*|' || $condition || '+)'"/>

  <!-- The steps of a selector, each with what stands before it (" ", ">", "+", "~"), its name and its conditions; nothing for one that is not understood. -->
  <xsl:function name="f:steps" as="array(map(*))?">
    <xsl:param name="selector" as="xs:string"/>
    <xsl:variable name="parts" as="element()*" select="analyze-string($selector, $compound)/*"/>
    <xsl:if test="exists($parts) and $parts[1]/self::fn:match and $parts[last()]/self::fn:match and (every $part in $parts/self::fn:non-match satisfies matches($part, '^\s*[>+~]?\s*$'))">
      <xsl:sequence select="array { $parts/self::fn:match ! map { 'joined': normalize-space(preceding-sibling::*[1]/self::fn:non-match),
        'name': replace(., '[\[#:].*$', '', 's'), 'conditions': array { analyze-string(., $condition)/fn:match ! string() } } }"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:is-selected" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="some $steps in $selectors($id) satisfies f:is-reached($element, $steps?*)"/>
  </xsl:function>

  <xsl:function name="f:is-reached" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="steps" as="map(*)*"/>
    <xsl:variable name="step" as="map(*)" select="$steps[last()]"/>
    <xsl:variable name="before" as="map(*)*" select="$steps[position() lt last()]"/>
    <xsl:sequence select="(not($step?name) or $step?name = ('*', local-name($element))) and (every $condition in $step?conditions?* satisfies f:holds($element, $condition))
      and (empty($before) or (some $other in (if ($step?joined = '>') then $element/parent::* else if ($step?joined = '+') then $element/preceding-sibling::*[1]
        else if ($step?joined = '~') then $element/preceding-sibling::* else $element/ancestor::*) satisfies f:is-reached($other, $before)))"/>
  </xsl:function>

  <xsl:function name="f:holds" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="condition" as="xs:string"/>
    <xsl:variable name="name" as="xs:string" select="replace($condition, '^\[\s*([\i-[:]][\c-[:.]]*).*$', '$1', 's')"/>
    <xsl:variable name="operator" as="xs:string" select="if (contains($condition, '=')) then replace($condition, '^[^=]*?([~|\^$*]?=).*$', '$1', 's') else ''"/>
    <xsl:variable name="value" as="xs:string" select="replace(replace($condition, '^[^=]*=\s*|\s*\]$', '', 's'), '^[&quot;'']|[&quot;'']$', '')"/>
    <xsl:variable name="held" as="xs:string?" select="$element/@*[local-name() = $name][1]"/>
    <xsl:sequence select="if (starts-with($condition, '#')) then $element/@xml:id = substring($condition, 2)
      else if (starts-with($condition, ':')) then f:is-placed($element, $condition)
      else exists($held) and (if ($operator = '') then true() else if ($operator = '=') then $held = $value else if ($operator = '~=') then tokenize($held) = $value
        else if ($operator = '^=') then starts-with($held, $value) else if ($operator = '$=') then ends-with($held, $value) else if ($operator = '*=') then contains($held, $value)
        else $held = $value or starts-with($held, $value || '-'))"/>
  </xsl:function>

  <xsl:function name="f:is-placed" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="condition" as="xs:string"/>
    <xsl:variable name="others" as="xs:boolean+" select="if (ends-with($condition, 'child')) then (exists($element/preceding-sibling::*), exists($element/following-sibling::*))
      else (exists($element/preceding-sibling::*[node-name() = node-name($element)]), exists($element/following-sibling::*[node-name() = node-name($element)]))"/>
    <xsl:sequence select="not((starts-with($condition, ':first') or starts-with($condition, ':only')) and $others[1]) and not((starts-with($condition, ':last') or starts-with($condition, ':only')) and $others[2])"/>
  </xsl:function>

  <!-- A stretch marked for its look (Guidelines #COHQH): the element that HTML has for the first keyword it has one for. -->
  <xsl:variable name="looks" as="map(xs:string, xs:string)" select="map { 'italic': 'i', 'bold': 'b', 'super': 'sup', 'sub': 'sub', 'underline': 'u', 'strike': 's' }"/>

  <xsl:template match="hi" as="element()">
    <xsl:element name="{if (f:holds-block(.)) then 'div' else (f:keywords(@rend) ! $looks(.), 'span')[1]}">
      <xsl:apply-templates select="." mode="m:attributes">
        <xsl:with-param name="class" select="'hi'"/>
      </xsl:apply-templates>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <!-- lang and, where the direction of writing changes, dir, which keeps a stretch apart from what is around it as bdi does (HTML, "Bidirectional text"). -->
  <xsl:function name="f:language" as="attribute()*">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:param name="around" as="xs:string?"/>
    <xsl:variable name="written" as="xs:string?" select="f:tag-of-language($tag)"/>
    <xsl:if test="$written">
      <xsl:attribute name="lang" select="$written"/>
      <xsl:if test="f:is-right-to-left($tag) != f:is-right-to-left($around)">
        <xsl:attribute name="dir" select="if (f:is-right-to-left($tag)) then 'rtl' else 'ltr'"/>
      </xsl:if>
    </xsl:if>
  </xsl:function>

  <!-- Scripts that run from right to left, and the languages that are written in one of them unless their tag says otherwise. -->
  <xsl:variable name="right-to-left" as="xs:string+" select="tokenize('adlm arab aran hebr mand mani mend nbat nkoo palm phli phlp phnx prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa yezi
    ar arc azb arz aii ckb dv fa glk he iw ji jpr ks lrc mzn nqo ota pal pnb prs ps sam sd skr syc syr tmr trp ug ur yi')"/>

  <xsl:function name="f:is-right-to-left" as="xs:boolean">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(lower-case($tag), '[-_]')"/>
    <xsl:sequence select="($parts[position() gt 1][. = $scripts][1], $parts[1] ! ($short-languages(.), .)[1])[1] = $right-to-left"/>
  </xsl:function>
</xsl:stylesheet>
