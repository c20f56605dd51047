<xsl:stylesheet version="3.0" default-mode="m:html" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:m="urn:x-teiwright:mode" xmlns="http://www.w3.org/1999/xhtml"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- Graphs and trees (Guidelines #GD): graph, node, arc as lists of nodes, each with those next to it, and of arcs; tree with root, iNode, leaf and
       eTree, triangle, eLeaf as nested lists; forest, listForest. -->

  <xsl:template match="graph | tree | eTree | triangle | eLeaf | forest | listForest | node | arc | root | iNode | leaf" mode="m:block" as="xs:boolean">
    <xsl:sequence select="true()"/>
  </xsl:template>

  <xsl:template match="graph | tree | forest | listForest" as="element(h:div)">
    <div>
      <xsl:sequence select="f:net-attributes(.)"/>
      <xsl:sequence select="f:net-heading(., (@n, @type)[1])"/>
      <xsl:apply-templates select="label | desc | head"/>
      <xsl:apply-templates select="." mode="m:net"/>
    </div>
  </xsl:template>

  <xsl:function name="f:net-attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element" mode="m:attributes">
      <xsl:with-param name="class" select="local-name($element)"/>
    </xsl:apply-templates>
  </xsl:function>

  <xsl:function name="f:net-heading" as="element(h:p)?">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="words" as="xs:string?"/>
    <xsl:if test="$words and not($element/(label | head))">
      <p class="net-heading" data-by="edition">
        <xsl:value-of select="translate($words, '_', ' ')"/>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- The inside of a graph, tree or forest. -->
  <xsl:mode name="m:net" on-no-match="fail"/>
  <xsl:template match="forest | listForest" mode="m:net" as="element()*">
    <xsl:apply-templates select="* except (label | desc | head)"/>
  </xsl:template>

  <xsl:template match="graph" mode="m:net" as="element()*">
    <ul class="nodes">
      <xsl:apply-templates select="node" mode="m:net-item"/>
    </ul>
    <xsl:if test="arc">
      <ul class="arcs">
        <xsl:apply-templates select="arc" mode="m:net-item"/>
      </ul>
    </xsl:if>
    <xsl:apply-templates select="* except (label | desc | head | node | arc)"/>
  </xsl:template>

  <xsl:mode name="m:net-item" on-no-match="fail"/>
  <xsl:template match="node | root | iNode | leaf | eLeaf" mode="m:net-item" as="element(h:li)">
    <li>
      <xsl:sequence select="f:net-attributes(.)"/>
      <xsl:call-template name="node"/>
    </li>
  </xsl:template>
  <xsl:template match="arc" mode="m:net-item" as="element(h:li)">
    <li>
      <xsl:sequence select="f:net-attributes(.)"/>
      <xsl:call-template name="arc"/>
    </li>
  </xsl:template>

  <!-- Nodes and arcs without a graph around them. -->
  <xsl:template match="node | root | iNode | leaf" as="element(h:p)">
    <p>
      <xsl:sequence select="f:net-attributes(.)"/>
      <xsl:call-template name="node"/>
    </p>
  </xsl:template>
  <xsl:template match="arc" as="element(h:p)">
    <p>
      <xsl:sequence select="f:net-attributes(.)"/>
      <xsl:call-template name="arc"/>
    </p>
  </xsl:template>

  <!-- "LAX → PHX": the label of a node, and those that it leads to. -->
  <xsl:template name="node" as="node()*">
    <xsl:sequence select="f:node-labels(.)"/>
    <xsl:sequence select="f:next-nodes(@adjTo, ' → '), f:next-nodes(@adjFrom, ' ← '), f:next-nodes(@adj, ' – ')"/>
    <xsl:sequence select="@type[. = ('initial', 'final')] ! f:net-words(' (' || f:word('node-' || .) || ')')"/>
  </xsl:template>

  <xsl:function name="f:node-labels" as="node()*">
    <xsl:param name="node" as="element()"/>
    <xsl:for-each select="$node/label">
      <xsl:sequence select="f:net-words(' / ')[current()/preceding-sibling::label]"/>
      <span>
        <xsl:apply-templates select="." mode="m:attributes">
          <xsl:with-param name="class" select="'label'"/>
        </xsl:apply-templates>
        <xsl:apply-templates/>
      </span>
    </xsl:for-each>
    <xsl:sequence select="f:net-words(f:node-name($node))[not($node/label)]"/>
  </xsl:function>

  <!-- What a node is called: its label, its id, else a dot. -->
  <xsl:function name="f:node-name" as="xs:string">
    <xsl:param name="node" as="element()?"/>
    <xsl:sequence select="(f:plain($node/label[1])[.], $node/(@xml:id, @n) ! string(), '•')[1]"/>
  </xsl:function>

  <xsl:function name="f:next-nodes" as="element(h:span)?">
    <xsl:param name="pointers" as="attribute()?"/>
    <xsl:param name="sign" as="xs:string"/>
    <xsl:sequence select="$pointers ! f:net-words($sign || string-join(tokenize(.) ! f:pointed-name(., $pointers), ', '))"/>
  </xsl:function>

  <xsl:function name="f:pointed-name" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="context" as="node()"/>
    <xsl:variable name="node" as="element()?" select="key('id', substring-after($pointer, '#'), root($context))[1]"/>
    <xsl:sequence select="if ($node) then f:node-name($node) else replace($pointer, '^#', '')"/>
  </xsl:function>

  <xsl:function name="f:net-words" as="element(h:span)">
    <xsl:param name="words" as="xs:string"/>
    <span data-by="edition">
      <xsl:value-of select="$words"/>
    </span>
  </xsl:function>

  <xsl:template name="arc" as="node()*">
    <xsl:variable name="sign" as="xs:string" select="if (ancestor::graph/@type = ('directed', 'transitionNetwork', 'transducer')) then ' → ' else ' – '"/>
    <xsl:sequence select="f:net-words(f:pointed-name(string(@from), .) || $sign || f:pointed-name(string(@to), .) || ': '[current()/label])"/>
    <xsl:sequence select="self::*[label] ! f:node-labels(.)"/>
  </xsl:template>

  <!-- Trees by pointers. A node hangs on the first that names it among its children; what hangs on itself stands alone. -->
  <xsl:key name="tree-parents" match="root | iNode" use="tokenize(@children) ! substring-after(., '#')"/>

  <xsl:template match="tree" mode="m:net" as="element(h:ul)">
    <ul class="nodes">
      <xsl:apply-templates select="(root | iNode | leaf)[empty(f:node-parent(.)) or not(f:is-rooted(., 0))]" mode="m:branch"/>
    </ul>
  </xsl:template>

  <xsl:function name="f:node-parent" as="element()?">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="$node[not(self::root)]/@xml:id/key('tree-parents', ., root($node))[.. is $node/..][1]"/>
  </xsl:function>

  <!-- Whether the way up from a node ends; one longer than 100 steps does not. -->
  <xsl:function name="f:is-rooted" as="xs:boolean">
    <xsl:param name="node" as="element()"/>
    <xsl:param name="steps" as="xs:integer"/>
    <xsl:variable name="parent" as="element()?" select="f:node-parent($node)"/>
    <xsl:sequence select="empty($parent) or ($steps lt 100 and f:is-rooted($parent, $steps + 1))"/>
  </xsl:function>

  <xsl:mode name="m:branch" on-no-match="fail"/>
  <xsl:template match="root | iNode | leaf" mode="m:branch" as="element(h:li)">
    <xsl:variable name="node" as="element()" select="."/>
    <xsl:variable name="children" as="element()*" select="if (f:is-rooted(., 0))
      then tokenize(@children) ! key('id', substring-after(., '#'), root($node))[.. is $node/..][f:node-parent(.) is $node] else ()"/>
    <li>
      <xsl:sequence select="f:net-attributes(.)"/>
      <xsl:sequence select="f:node-labels(.)"/>
      <xsl:if test="exists($children)">
        <ul>
          <xsl:apply-templates select="$children/self::*" mode="m:branch"/>
        </ul>
      </xsl:if>
    </li>
  </xsl:template>

  <!-- Trees by nesting. -->
  <xsl:template match="eTree | triangle | eLeaf" as="element(h:ul)">
    <ul class="nodes">
      <xsl:apply-templates select="." mode="m:branch"/>
    </ul>
  </xsl:template>
  <xsl:template match="eTree | triangle | eLeaf" mode="m:branch" as="element(h:li)">
    <li>
      <xsl:sequence select="f:net-attributes(.)"/>
      <xsl:sequence select="@n ! f:net-words(. || ' ')"/>
      <xsl:sequence select="f:node-labels(.)"/>
      <xsl:if test="eTree | triangle | eLeaf">
        <ul>
          <xsl:apply-templates select="eTree | triangle | eLeaf" mode="m:branch"/>
        </ul>
      </xsl:if>
      <xsl:apply-templates select="* except (label | eTree | triangle | eLeaf)"/>
    </li>
  </xsl:template>
</xsl:stylesheet>
