"""Language tags of BCP 47: their grammar, and the registry of their subtags (RFC 5646; IANA Language Subtag Registry).

The registry is ``subtags.txt`` beside this module; it says of which date. It is read at the first question.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

# RFC 5646, 2.1; matched without regard to case. Private use is parted off before.
SIMPLE = r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?"  # most tags; the whole pattern is slow to compile
TAG = r"""(?P<language>[a-z]{2,3}(?P<extlang>(?:-[a-z]{3}(?![^-])){0,3})|[a-z]{4}|[a-z]{5,8})
        (?:-(?P<script>[a-z]{4}(?![^-])))?
        (?:-(?P<region>(?:[a-z]{2}|[0-9]{3})(?![^-])))?
        (?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3})(?![^-]))*)
        (?P<extensions>(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8}(?![^-]))+)*)"""
PRIVATE = r"x(?:-[a-z0-9]{1,8})+"
IRREGULAR = frozenset(
    """en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao i-tay i-tsu
    sgn-be-fr sgn-be-nl sgn-ch-de""".split()
)  # grandfathered tags that the grammar does not give (2.1)
PRIVATE_RANGES = {  # subtags that the registry leaves to everybody's own use
    "language": r"q[a-t][a-z]",
    "script": r"qa(?:a[a-z]|b[a-x])",
    "region": r"aa|q[m-z]|x[a-z]|zz",
}
# ISO 639-2 codes of languages that have one of two letters, which is the only one that BCP 47 allows (2.2.1).
TWO_LETTERS = """
aar=aa abk=ab afr=af aka=ak alb=sq amh=am ara=ar arg=an arm=hy asm=as ava=av ave=ae aym=ay aze=az bak=ba bam=bm baq=eu
bel=be ben=bn bis=bi bod=bo bos=bs bre=br bul=bg bur=my cat=ca ces=cs cha=ch che=ce chi=zh chu=cu chv=cv cor=kw cos=co
cre=cr cym=cy cze=cs dan=da deu=de div=dv dut=nl dzo=dz ell=el eng=en epo=eo est=et eus=eu ewe=ee fao=fo fas=fa fij=fj
fin=fi fra=fr fre=fr fry=fy ful=ff geo=ka ger=de gla=gd gle=ga glg=gl glv=gv gre=el grn=gn guj=gu hat=ht hau=ha heb=he
her=hz hin=hi hmo=ho hrv=hr hun=hu hye=hy ibo=ig ice=is ido=io iii=ii iku=iu ile=ie ina=ia ind=id ipk=ik isl=is ita=it
jav=jv jpn=ja kal=kl kan=kn kas=ks kat=ka kau=kr kaz=kk khm=km kik=ki kin=rw kir=ky kom=kv kon=kg kor=ko kua=kj kur=ku
lao=lo lat=la lav=lv lim=li lin=ln lit=lt ltz=lb lub=lu lug=lg mac=mk mah=mh mal=ml mao=mi mar=mr may=ms mkd=mk mlg=mg
mlt=mt mon=mn mri=mi msa=ms mya=my nau=na nav=nv nbl=nr nde=nd ndo=ng nep=ne nld=nl nno=nn nob=nb nor=no nya=ny oci=oc
oji=oj ori=or orm=om oss=os pan=pa per=fa pli=pi pol=pl por=pt pus=ps que=qu roh=rm ron=ro rum=ro run=rn rus=ru sag=sg
san=sa sin=si slk=sk slo=sk slv=sl sme=se smo=sm sna=sn snd=sd som=so sot=st spa=es sqi=sq srd=sc srp=sr ssw=ss sun=su
swa=sw swe=sv tah=ty tam=ta tat=tt tel=te tgk=tg tgl=tl tha=th tib=bo tir=ti ton=to tsn=tn tso=ts tuk=tk tur=tr twi=tw
uig=ug ukr=uk urd=ur uzb=uz ven=ve vie=vi vol=vo wel=cy wln=wa wol=wo xho=xh yid=yi yor=yo zha=za zho=zh zul=zu
"""
# What encoders write for a language's tag, and what its tag is.
NAMES = """
english=en german=de deutsch=de french=fr francais=fr spanish=es espanol=es italian=it italiano=it latin=la latina=la greek=el
russian=ru polish=pl dutch=nl hebrew=he arabic=ar portuguese=pt czech=cs danish=da swedish=sv welsh=cy irish=ga uk=en-gb
"""
REGIONS = {"uk": "gb"}


class Tag(NamedTuple):
    """The subtags of a language tag, in lower case; "" and () for what it leaves out. A tag of private use only
    ("x-mine") has ``private`` alone.
    """

    language: str = ""
    extlangs: tuple[str, ...] = ()
    script: str = ""
    region: str = ""
    variants: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    private: str = ""


def parse(text: str) -> Tag | None:
    """The subtags of a tag; None where it is not well-formed (RFC 5646, 2.2.9), also where a variant or the letter of
    an extension stands twice.

    >>> parse("sl-rozaj-biske-1994").variants, parse("de_DE") is None
    (('rozaj', 'biske', '1994'), True)
    """
    lower = text.lower()
    if simple := re.fullmatch(SIMPLE, lower):
        return Tag(simple[1], script=simple[2] or "", region=simple[3] or "")
    if re.fullmatch(PRIVATE, lower):
        return Tag(private=lower)
    if lower in IRREGULAR:
        return Tag(language=lower)
    public, _, private = lower.partition("-x-")
    found = re.fullmatch(TAG, public, re.VERBOSE)
    if found is None or (len(public) != len(lower) and not re.fullmatch(PRIVATE, f"x-{private}")):
        return None
    language, *extlangs = found["language"].split("-")
    variants = tuple(found["variants"].split("-")[1:])
    extensions = tuple(re.findall(r"-([0-9a-wy-z])(?=-)", found["extensions"]))
    if len(set(variants)) < len(variants) or len(set(extensions)) < len(extensions):
        return None
    return Tag(language, tuple(extlangs), found["script"] or "", found["region"] or "", variants, extensions, private)


class Registry:
    """The registered subtags, by kind, each kind as one text of entries between spaces: a search in it is faster than
    making sets of nine thousand words.
    """

    def __init__(self, text: str) -> None:
        parts = re.split(r"^([a-z]+)$", text, flags=re.MULTILINE)
        self.entries = {
            kind: f" {' '.join(rest.split())} " for kind, rest in zip(parts[1::2], parts[2::2], strict=True)
        }

    def knows(self, kind: str, subtag: str) -> bool:
        """Whether a subtag of a kind (language, extlang, script, region, variant, grandfathered) is registered, or
        left to private use.
        """
        if kind in PRIVATE_RANGES and re.fullmatch(PRIVATE_RANGES[kind], subtag):
            return True
        return f" {subtag} " in self.entries[kind] or f" {subtag}=" in self.entries[kind]

    def prefixes(self, kind: str, subtag: str) -> tuple[str, ...]:
        """The tags before which an extlang must, a variant should stand; none where there is no such rule."""
        return tuple(filter(None, self._value(kind, subtag).split(",")))

    def preferred(self, kind: str, subtag: str) -> str | None:
        """What is to be used instead of a deprecated subtag or tag ("" where nothing is said); None where it is not
        deprecated.
        """
        name = f"{kind}:{subtag}"
        return self._value("deprecated", name) if self.knows("deprecated", name) else None

    def _value(self, kind: str, subtag: str) -> str:
        _, found, after = self.entries[kind].partition(f" {subtag}=")
        return after.partition(" ")[0] if found else ""


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The registry as it is shipped."""
    return Registry((Path(__file__).parent / "subtags.txt").read_text(encoding="utf-8"))


def correction(text: str) -> str:
    """The tag that is likely meant by one that is not well-formed or not registered; "" where none suggests itself.

    >>> correction("ger"), correction("en_US"), correction("Latin"), correction("sr-Cryl"), correction("el-grc")
    ('de', 'en-US', 'la', 'sr-Cyrl', 'grc')
    """
    head, *rest = re.split(r"[-_ ]+", text.strip())
    known = dict(entry.split("=") for entry in (TWO_LETTERS + NAMES).split())
    made = "-".join([known.get(head.lower(), head), *(_part(part) for part in rest)])
    candidates = [made, "-".join(rest)] if rest and len(rest[0]) == 3 else [made]
    return next((tag for tag in candidates if tag != text and is_registered(tag)), "")


def _part(part: str) -> str:
    """A subtag behind the first as it is likely meant and usually written: regions in capitals, scripts in title case."""
    if len(part) == 2:
        return REGIONS.get(part.lower(), part.lower()).upper()
    if len(part) != 4 or not part.isalpha() or registry().knows("script", part.lower()):
        return part
    letters = sorted(part.lower())  # the commonest slip: letters that changed places
    return next((s.title() for s in registry().entries["script"].split() if sorted(s) == letters), part)


def is_registered(text: str) -> bool:
    """Whether a tag is well-formed and all its subtags are registered."""
    tag = parse(text)
    return tag is not None and not unregistered(text.lower(), tag)


def unregistered(text: str, tag: Tag) -> list[tuple[str, str]]:
    """The subtags of a tag, in lower case, that are not registered, each with its kind."""
    known = registry()
    if known.knows("grandfathered", text) or not tag.language:
        return []
    named = [("language", tag.language), *(("extlang", part) for part in tag.extlangs)]
    named += [("script", tag.script), ("region", tag.region), *(("variant", part) for part in tag.variants)]
    return [(kind, part) for kind, part in named if part and not known.knows(kind, part)]
