"""Languages as ID3 names them: by the three letters of ISO 639-2."""

from __future__ import annotations

# ISO 639-1 and 639-2/T, https://www.loc.gov/standards/iso639-2/
_PAIRS = (
    "ab:abk af:afr am:amh ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bn:ben bo:bod br:bre "
    "bs:bos ca:cat ce:che co:cos cs:ces cv:chv cy:cym da:dan de:deu dz:dzo el:ell en:eng eo:epo es:spa "
    "et:est eu:eus fa:fas fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj ha:hau "
    "he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye ia:ina id:ind ig:ibo io:ido is:isl it:ita iu:iku ja:jpn "
    "jv:jav ka:kat kk:kaz kl:kal km:khm kn:kan ko:kor ks:kas ku:kur kv:kom ky:kir la:lat lb:ltz ln:lin "
    "lo:lao lt:lit lv:lav mg:mlg mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya nb:nob ne:nep "
    "nl:nld nn:nno no:nor ny:nya oc:oci or:ori os:oss pa:pan pl:pol ps:pus pt:por qu:que rm:roh rn:run "
    "ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi "
    "sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn "
    "to:ton tr:tur ts:tso tt:tat ty:tah ug:uig uk:ukr ur:urd uz:uzb vi:vie wa:wln wo:wol xh:xho yi:yid "
    "yo:yor za:zha zh:zho zu:zul"
)
_THREE = dict(pair.split(":") for pair in _PAIRS.split())
_TWO = {three: two for two, three in _THREE.items()} | {
    # The older letters of the same languages (639-2/B), which files hold too.
    "alb": "sq", "arm": "hy", "baq": "eu", "bur": "my", "chi": "zh", "cze": "cs", "dut": "nl", "fre": "fr",
    "geo": "ka", "ger": "de", "gre": "el", "ice": "is", "mac": "mk", "mao": "mi", "may": "ms", "per": "fa",
    "rum": "ro", "slo": "sk", "tib": "bo", "wel": "cy",
}  # fmt: skip
_NONE = ("und", "xxx", "zxx", "mul", "mis")


def three_letters(tag: str) -> str:
    """The code of a BCP 47 tag's language: "kk-Latn" is "kaz"; "und" where there is none."""
    language = tag.split("-")[0].lower()
    return _THREE.get(language, language if len(language) == 3 and language.isascii() else "und")


def tag_of(code: str) -> str:
    """The BCP 47 tag of a code in any case, "" for none and for what is no code."""
    code = code.lower()
    known = len(code) == 3 and code.isascii() and code.isalpha() and code not in _NONE
    return _TWO.get(code, code) if known else ""
