<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teiwright:function" xmlns:map="http://www.w3.org/2005/xpath-functions/map">

  <!-- Tags of language as HTML and records can hold them (Guidelines #CHSH, BCP 47). -->

  <!-- Scripts and regions that a tag may name; an unknown one, and what follows it, is left out of what the page says. -->
  <xsl:variable name="scripts" as="xs:string+" select="tokenize('adlm aghb ahom arab aran armi armn avst bali bamu bass batk beng bopo brah brai bugi buhd cakm cans cari cham cher chrs copt cpmn cprt cyrl cyrs deva dogr dsrt dupl
    egyd egyh egyp elba elym ethi geok geor glag gong gonm goth gran grek gujr guru hang hani hano hans hant hatr hebr hira hluw hmng hmnp hung inds ital java jpan kali kana khar khmr khoj kits knda kore kthi lana laoo latf latg latn
    lepc limb lina linb lisu lyci lydi mahj mand mani marc maya medf mend merc mero mlym mong mroo mtei mult mymr nand narb nbat newa nkoo nshu ogam olck orkh orya osge osma ougr palm pauc perm phag phli phlp phnx piqd plrd
    prti rjng rohg runr samr sarb saur sgnw shaw shrd sidd sind sinh sogd sogo sora soyo sund sylo syrc syre syrj syrn tagb takr tale talu taml tang tavt telu tfng tglg thaa thai tibt tirh ugar vaii wara wcho xpeo xsux yezi yiii zanb zmth zsye zsym zxxx zyyy')"/>
  <xsl:variable name="regions" as="xs:string+" select="tokenize('ad ae af ag ai al am an ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bu bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cs cu cv cw cx cy cz dd de dj dk dm do dz ec ee eg eh er es et
    eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz
    na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tp tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws xk yd ye yt yu za zm zr zw')"/>
  <!-- Languages whose script goes without saying (BCP 47, Suppress-Script). -->
  <xsl:variable name="usual-scripts" as="xs:string+" select="tokenize('ar-arab fa-arab ur-arab he-hebr iw-hebr yi-hebr el-grek ru-cyrl uk-cyrl be-cyrl bg-cyrl mk-cyrl hy-armn ka-geor am-ethi hi-deva mr-deva ne-deva th-thai
    ja-jpan ko-kore ta-taml te-telu bn-beng en-latn de-latn fr-latn es-latn it-latn la-latn pt-latn nl-latn da-latn sv-latn nb-latn nn-latn no-latn fi-latn pl-latn cs-latn sk-latn sl-latn hr-latn hu-latn ro-latn tr-latn
    et-latn lt-latn lv-latn is-latn ga-latn cy-latn eu-latn ca-latn gl-latn sq-latn af-latn vi-latn id-latn ms-latn sw-latn')"/>

  <!-- The codes of two letters, which HTML wants, of languages that have one of three as well (ISO 639-1 and 639-2). -->
  <xsl:variable name="short-languages" as="map(xs:string, xs:string)" select="map:merge(tokenize('aar-aa abk-ab afr-af aka-ak amh-am ara-ar arg-an asm-as ava-av ave-ae aym-ay aze-az bak-ba bam-bm bel-be ben-bn bis-bi bod-bo tib-bo bos-bs bre-br bul-bg cat-ca ces-cs
    cze-cs cha-ch che-ce chu-cu chv-cv cor-kw cos-co cre-cr cym-cy wel-cy dan-da deu-de ger-de div-dv dzo-dz ell-el gre-el eng-en epo-eo est-et eus-eu baq-eu ewe-ee
    fao-fo fas-fa per-fa fij-fj fin-fi fra-fr fre-fr fry-fy ful-ff gla-gd gle-ga glg-gl glv-gv grn-gn guj-gu hat-ht hau-ha heb-he her-hz hin-hi hmo-ho hrv-hr hun-hu
    hye-hy arm-hy ibo-ig ido-io iii-ii iku-iu ile-ie ina-ia ind-id ipk-ik isl-is ice-is ita-it jav-jv jpn-ja kal-kl kan-kn kas-ks kat-ka geo-ka kau-kr kaz-kk khm-km
    kik-ki kin-rw kir-ky kom-kv kon-kg kor-ko kua-kj kur-ku lao-lo lat-la lav-lv lim-li lin-ln lit-lt ltz-lb lub-lu lug-lg mah-mh mal-ml mar-mr mkd-mk mac-mk mlg-mg
    mlt-mt mon-mn mri-mi mao-mi msa-ms may-ms mya-my bur-my nau-na nav-nv nbl-nr nde-nd ndo-ng nep-ne nld-nl dut-nl nno-nn nob-nb nor-no nya-ny oci-oc oji-oj ori-or
    orm-om oss-os pan-pa pli-pi pol-pl por-pt pus-ps que-qu roh-rm ron-ro rum-ro run-rn rus-ru sag-sg san-sa sin-si slk-sk slo-sk slv-sl sme-se smo-sm sna-sn snd-sd
    som-so sot-st spa-es sqi-sq alb-sq srd-sc srp-sr ssw-ss sun-su swa-sw swe-sv tah-ty tam-ta tat-tt tel-te tgk-tg tgl-tl tha-th tir-ti ton-to tsn-tn tso-ts tuk-tk
    tur-tr twi-tw uig-ug ukr-uk urd-ur uzb-uz ven-ve vie-vi vol-vo wln-wa wol-wo xho-xh yid-yi yor-yo zha-za zho-zh chi-zh zul-zu') ! map:entry(substring-before(., '-'), substring-after(., '-')))"/>

  <!-- A tag of language as HTML can hold it: that of BCP 47 without what is not well-formed or not known. -->
  <xsl:function name="f:tag-of-language" as="xs:string?">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:variable name="given" as="xs:string" select="translate(normalize-space($tag), '_', '-')"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize($given, '-')"/>
    <xsl:variable name="private" as="xs:string?" select="$given[matches(., '(^|-)[xX](-[A-Za-z0-9]{1,8})+$')] ! replace(., '^.*?(^|-)([xX]-)', '$2')"/>
    <xsl:variable name="language" as="xs:string?" select="$parts[1][matches(., '^[A-Za-z]{2,3}$')] ! ($short-languages(lower-case(.)), .)[1]"/>
    <xsl:variable name="public" as="xs:string*" select="tail($parts)[not(matches(., '^[xX]$'))]"/>
    <xsl:variable name="script" as="xs:string?" select="$public[1][lower-case(.) = $scripts]"/>
    <xsl:variable name="region" as="xs:string?" select="$public[position() le 2][lower-case(.) = $regions or . = ('001', '150', '419')][1]"/>
    <xsl:sequence select="if ($language) then string-join(($language, $script[not(lower-case($language || '-' || .) = $usual-scripts)], $region, $private), '-') else $private"/>
  </xsl:function>
</xsl:stylesheet>
