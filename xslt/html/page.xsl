<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:a="urn:x-teiwright:accumulator" xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- The page: TEI, titlePage; its metadata, title block, contents, reading options and order. -->

  <xsl:global-context-item as="document-node()"/>
  <xsl:variable name="document" as="document-node()" select="/"/>
  <xsl:variable name="header" as="element(teiHeader)?" select="(//teiHeader[not(ancestor::text)])[1]"/>
  <xsl:variable name="title-page" as="element(titlePage)?" select="(//text/front/titlePage)[1]"/>
  <xsl:variable name="text-language" as="xs:string?" select="$own-language"/>

  <!-- An id of the page's own, moved aside where the document has it already. -->
  <xsl:function name="f:own" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="if (exists(key('id', ($id, $id || '-heading'), $document))) then f:own('page-' || $id) else $id"/>
  </xsl:function>

  <!-- The titles in the title block: the heading of the text, where it is one division, else the header's. -->
  <xsl:variable name="title" as="xs:string"
    select="(string-join(f:lead(/)/head[not(@type = 'number')] ! f:plain(.), ' ')[.], f:plain(f:document-title($header))[.], f:word('untitled'))[1]"/>
  <xsl:variable name="authors" as="xs:string*" select="$header/fileDesc/titleStmt/author ! f:maker-words(.)[.]"/>

  <!-- The title of the document itself, not that of the series it stands in. -->
  <xsl:function name="f:document-title" as="element(title)?">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="titles" as="element(title)*" select="$header/fileDesc/titleStmt/title[not(@type = 'sub')]"/>
    <xsl:sequence select="($titles[@level = 'a'], $titles[@type = 'main'], $titles[not(@level = 's')], $titles)[1]"/>
  </xsl:function>

  <!-- The name of an author without what else a header says there. -->
  <xsl:function name="f:maker-words" as="xs:string">
    <xsl:param name="maker" as="element()"/>
    <xsl:variable name="name" as="element()*" select="if ($maker//surname) then $maker//(forename | nameLink | surname) else ($maker/(persName | name)[1], $maker)[1]"/>
    <xsl:variable name="words" as="text()*" select="$name//text()[not(ancestor::idno | ancestor::email | ancestor::affiliation | ancestor::ref | ancestor::roleName | ancestor::note)]"/>
    <xsl:sequence select="normalize-space(string-join($words, if ($name/self::surname) then ' ' else ''))"/>
  </xsl:function>

  <xsl:template match="/" as="element(h:html)">
    <html lang="{$spoken}">
      <head>
        <xsl:call-template name="metadata" use-when="$whole"/>
        <style xsl:use-when="$whole">
          <xsl:value-of select="$css, string-join($rendition-css, '&#10;')[.], replace($style, '&lt;/', '&lt;\\/')[.]" separator="&#10;"/>
        </style>
      </head>
      <body>
        <a class="skip" href="#{f:own('main')}">
          <xsl:value-of select="f:word('skip')"/>
        </a>
        <xsl:call-template name="title-block"/>
        <div class="side">
          <xsl:call-template name="contents" use-when="$whole"/>
          <xsl:call-template name="options" use-when="$whole"/>
        </div>
        <main id="{f:own('main')}">
          <xsl:call-template name="described"/>
          <div class="edited text">
            <xsl:sequence select="f:language($text-language, $spoken)"/>
            <xsl:call-template name="texts"/>
          </div>
          <div class="edited">
            <xsl:sequence select="f:language($text-language, $spoken)"/>
            <xsl:call-template name="notes">
              <xsl:with-param name="group" select="'footnotes'"/>
            </xsl:call-template>
            <xsl:call-template name="notes">
              <xsl:with-param name="group" select="'references'"/>
            </xsl:call-template>
          </div>
          <xsl:sequence select="$foot"/>
          <xsl:apply-templates select="$annotations[1]" mode="m:annotations"/>
          <xsl:apply-templates select="$corrections[1]" mode="m:corrections" use-when="$whole"/>
          <xsl:apply-templates select="$works[1]" mode="m:works" use-when="$whole"/>
          <xsl:apply-templates select="$index-records[1]" mode="m:index" use-when="$whole"/>
          <xsl:apply-templates select="$dated[1]" mode="m:chronology" use-when="$whole"/>
          <xsl:call-template name="about" use-when="$whole"/>
          <xsl:call-template name="cite" use-when="$whole"/>
          <xsl:call-template name="licence" use-when="$whole"/>
        </main>
        <footer data-by="edition">
          <p>
            <xsl:value-of select="string-join(($authors, $title), ', ')"/>
            <xsl:text>. </xsl:text>
            <a href="#{f:own('contents')}">
              <xsl:value-of select="f:word('to-contents')"/>
            </a>
          </p>
        </footer>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="metadata" as="element()*">
    <xsl:variable name="file" as="element(fileDesc)?" select="$header/fileDesc[1]"/>
    <xsl:variable name="date" as="xs:string?" select="($file/publicationStmt//date)[1] ! string((@when, .)[1]) ! normalize-space()"/>
    <xsl:variable name="description" as="xs:string"
      select="(f:plain($header//abstract)[.], f:plain($file/titleStmt/title[@type = 'sub'][1])[.], string-join(($authors, $title), ': '))[1]"/>
    <meta charset="UTF-8"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:{$pictures-from}{'; font-src data:'[$style]}; base-uri 'none'; form-action 'none'"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title>
      <xsl:value-of select="$title, string-join($authors, ', ')[.]" separator=" – "/>
    </title>
    <meta name="description" content="{$description}"/>
    <xsl:sequence select="f:meta(('author', 'citation_author', 'DC.creator'), $authors)"/>
    <xsl:sequence select="f:meta(('citation_title', 'DC.title'), (f:plain(f:document-title($header))[.], $title)[1])"/>
    <xsl:sequence select="f:meta('DC.publisher', $file/publicationStmt/publisher ! f:plain(.))"/>
    <xsl:sequence select="f:meta(('citation_publication_date', 'DC.date'), $date)"/>
    <xsl:sequence select="f:meta('DC.identifier', $file/publicationStmt/idno ! normalize-space())"/>
    <xsl:sequence select="f:meta('DC.language', $text-language)"/>
    <xsl:sequence select="f:meta('DC.rights', $file/publicationStmt/availability/licence/@target)"/>
    <xsl:for-each select="$file/publicationStmt/idno[@type = ('URL', 'url', 'URI', 'canonical')][f:href(normalize-space(), .)][1]">
      <link rel="canonical" href="{f:href(normalize-space(), .)}"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:meta" as="element(h:meta)*">
    <xsl:param name="names" as="xs:string+"/>
    <xsl:param name="values" as="xs:anyAtomicType*"/>
    <xsl:for-each select="$names">
      <xsl:variable name="name" as="xs:string" select="."/>
      <xsl:for-each select="$values[string(.)]">
        <meta name="{$name}" content="{.}"/>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:function>

  <xsl:template name="title-block" as="element(h:header)">
    <header class="title-block">
      <div class="edited">
            <xsl:sequence select="f:language($text-language, $spoken)"/>
        <xsl:apply-templates select="$title-page/*"/>
        <xsl:if test="not($title-page) and exists($authors)">
          <p class="docAuthor" data-by="edition">
            <xsl:value-of select="$authors" separator=", "/>
          </p>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="f:lead(/)">
            <hgroup>
              <xsl:apply-templates select="f:lead(/)/head" mode="m:title"/>
            </hgroup>
          </xsl:when>
          <xsl:otherwise>
            <h1 data-by="edition">
              <xsl:if test="$title eq f:word('untitled')">
                <xsl:attribute name="class" select="'untitled'"/>
              </xsl:if>
              <xsl:value-of select="$title"/>
            </h1>
          </xsl:otherwise>
        </xsl:choose>
      </div>
      <p class="edition" data-by="edition">
        <xsl:value-of select="f:plain($header/fileDesc/titleStmt/title[@type = 'sub'][1])[.] ! (. || '. ')"/>
        <xsl:if test="$header">
          <a href="#{f:own('about')}">
            <xsl:value-of select="f:word('about')"/>
          </a>
          <xsl:text> · </xsl:text>
          <a href="#{f:own('cite')}">
            <xsl:value-of select="f:word('cite')"/>
          </a>
        </xsl:if>
      </p>
    </header>
  </xsl:template>

  <xsl:template match="front/titlePage" as="empty-sequence()"/>

  <xsl:mode name="m:title" on-no-match="fail"/>
  <xsl:template match="head" mode="m:title" as="element(h:p)">
    <p>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates/>
      <xsl:sequence select="f:annotation-links(.)"/>
    </p>
  </xsl:template>
  <!-- HTML's heading holds no blocks, as TEI's does not. -->
  <xsl:template match="head[. is f:main-head(..)]" mode="m:title" as="element()">
    <xsl:variable name="has-blocks" as="xs:boolean" select="f:holds-block(.)"/>
    <xsl:element name="{if ($has-blocks) then 'div' else 'h1'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="$has-blocks">
        <xsl:attribute name="role" select="'heading'"/>
        <xsl:attribute name="aria-level" select="1"/>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:sequence select="f:annotation-links(.)"/>
    </xsl:element>
  </xsl:template>

  <!-- The sections at the foot that modules add: apparatus, interpretations. -->
  <xsl:variable name="foot" as="element(h:section)*">
    <xsl:apply-templates select="$document" mode="m:foot"/>
  </xsl:variable>

  <!-- Contents: the divisions of the text, then what the edition adds. -->
  <xsl:template name="contents" as="element(h:nav)">
    <nav id="{f:own('contents')}" aria-label="{f:word('contents')}" data-by="edition">
      <details open="open">
        <summary>
          <xsl:value-of select="f:word('contents')"/>
        </summary>
        <ol>
          <xsl:apply-templates select="*" mode="m:contents"/>
        </ol>
        <ul>
          <xsl:if test="not(f:has-words(*))">
            <xsl:for-each select="f:described(*)">
              <li>
                <a href="#{f:described-id(.)}">
                  <xsl:value-of select="f:described-words(.)"/>
                </a>
              </li>
            </xsl:for-each>
          </xsl:if>
          <xsl:sequence select="f:contents-item('footnotes', f:notes(/, 'footnotes'), f:notes-word('footnotes'))"/>
          <xsl:sequence select="f:contents-item('references', f:notes(/, 'references'), f:notes-word('references'))"/>
          <xsl:for-each select="$foot/self::h:section">
            <li>
              <a href="#{@id}">
                <xsl:value-of select="h:h2"/>
              </a>
            </li>
          </xsl:for-each>
          <xsl:sequence select="f:contents-item('annotations', $annotations, 'annotations')"/>
          <xsl:sequence select="f:contents-item('corrections', $corrections, 'corrections')"/>
          <xsl:sequence select="f:contents-item('bibliography', $works, 'bibliography')"/>
          <xsl:sequence select="f:contents-item('index', $index-records, 'index')"/>
          <xsl:sequence select="f:contents-item('chronology', $dated, 'chronology')"/>
          <xsl:sequence select="f:contents-item('about', $header, 'about')"/>
          <xsl:sequence select="f:contents-item('cite', $header, 'cite')"/>
          <xsl:sequence select="f:contents-item('licence', $header//availability, 'licence')"/>
        </ul>
      </details>
    </nav>
  </xsl:template>

  <xsl:function name="f:contents-item" as="element(h:li)?">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="contents" as="node()*"/>
    <xsl:param name="word" as="xs:string"/>
    <xsl:if test="exists($contents)">
      <li>
        <a href="#{f:own($id)}">
          <xsl:value-of select="f:word($word)"/>
        </a>
      </li>
    </xsl:if>
  </xsl:function>

  <!-- Reading options: form controls that the style sheet asks about; no script. -->
  <xsl:template name="options" as="element(h:aside)">
    <aside class="options" aria-label="{f:word('options')}" data-by="edition">
      <details>
        <summary>
          <xsl:value-of select="f:word('options')"/>
        </summary>
        <xsl:if test="//text//choice or //lb or //ex[../am]">
          <xsl:sequence select="f:choices('spelling', ('corrected', 'transcribed', 'both'))"/>
        </xsl:if>
        <xsl:if test="some $date in $dated satisfies f:is-old-style($date)">
          <xsl:sequence select="f:switch('dates', 'dates-both', true())"/>
        </xsl:if>
        <xsl:sequence select="f:switch('names', 'names-marked', false())"/>
        <xsl:if test="//text//(*[@ref] | said[@who])">
          <p class="hint">
            <xsl:value-of select="f:word('mark-explained')"/>
          </p>
        </xsl:if>
        <xsl:sequence select="f:choices('colours', ('auto', 'light', 'dark'))"/>
      </details>
    </aside>
  </xsl:template>

  <xsl:function name="f:choices" as="element(h:fieldset)">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="values" as="xs:string+"/>
    <fieldset>
      <legend>
        <xsl:value-of select="f:word($name)"/>
      </legend>
      <xsl:for-each select="$values">
        <label>
          <input type="radio" name="{$name}" id="{f:own($name || '-' || .)}" class="{$name}-{.}">
            <xsl:if test="position() = 1">
              <xsl:attribute name="checked" select="'checked'"/>
            </xsl:if>
          </input>
          <xsl:text> </xsl:text>
          <xsl:value-of select="f:word($name || '-' || .)"/>
        </label>
      </xsl:for-each>
    </fieldset>
  </xsl:function>

  <xsl:function name="f:switch" as="element(h:fieldset)">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="word" as="xs:string"/>
    <xsl:param name="on" as="xs:boolean"/>
    <fieldset>
      <legend>
        <xsl:value-of select="f:word($name)"/>
      </legend>
      <label>
        <input type="checkbox" class="{$word}">
          <xsl:if test="$on">
            <xsl:attribute name="checked"/>
          </xsl:if>
        </input>
        <xsl:text> </xsl:text>
        <xsl:value-of select="f:word($word)"/>
      </label>
    </fieldset>
  </xsl:function>
</xsl:stylesheet>
