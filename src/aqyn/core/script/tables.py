"""The letters of Kazakh in four alphabets, each column with the source it was carried from.

Facts only: a rule that needs a neighbour lives beside the converter that uses it.
"""

from typing import Final, NamedTuple

SOURCES: Final = {
    "latin": "Qazaq-Genius/Qazaq-Cyrillic-to-Latin, src/Transliterator.php, OFFICIAL_LATIN_2021_04; "
    "PyPI qazaq-transliterator 2.0; attested in MediaWiki 1.39 kk-latn, en.wikipedia and GeoNames. "
    "Loan letters ё ц ч щ ъ ь э ю я: the sources disagree, ours is the reading closest to the letter",
    "bgn": "BGN/PCGN 1979: CLDR common/transforms/Kazakh-Latin-BGN.xml (unicode-org/cldr)",
    "arabic": "MediaWiki 1.39 includes/language/converters/KkConverter.php; Cyrl2ToteHelper.cs; "
    "attested in CLDR 48.2 kk-Arab and MediaWiki kk-arab",
    "legacy": "cs.wikibooks Kazaština/Přechod na latinku (2017, 2018, 2019); "
    "MediaWiki 1.39 KkConverter getMCyrl2Latn (Turkic, before 2017)",
}


class Letter(NamedTuple):
    """One Cyrillic letter, lower case, and what each alphabet writes for it ("" where it is dropped)."""

    cyrillic: str
    latin: str
    bgn: str
    arabic: str


LETTERS: Final = (
    Letter("а", "a", "a", "ا"),
    Letter("ә", "ä", "ä", "ا"),
    Letter("б", "b", "b", "ب"),
    Letter("в", "v", "v", "ۆ"),
    Letter("г", "g", "g", "گ"),
    Letter("ғ", "ğ", "gh", "ع"),
    Letter("д", "d", "d", "د"),
    Letter("е", "e", "e", "ە"),
    Letter("ё", "io", "yo", "يو"),
    Letter("ж", "j", "zh", "ج"),
    Letter("з", "z", "z", "ز"),
    Letter("и", "i", "ī", "ي"),
    Letter("й", "i", "y", "ي"),
    Letter("к", "k", "k", "ك"),
    Letter("қ", "q", "q", "ق"),
    Letter("л", "l", "l", "ل"),
    Letter("м", "m", "m", "م"),
    Letter("н", "n", "n", "ن"),
    Letter("ң", "ñ", "ng", "ڭ"),
    Letter("о", "o", "o", "و"),
    Letter("ө", "ö", "ö", "و"),
    Letter("п", "p", "p", "پ"),
    Letter("р", "r", "r", "ر"),
    Letter("с", "s", "s", "س"),
    Letter("т", "t", "t", "ت"),
    Letter("у", "u", "ū", "ۋ"),
    Letter("ұ", "ū", "u", "ۇ"),
    Letter("ү", "ü", "ü", "ۇ"),
    Letter("ф", "f", "f", "ف"),
    Letter("х", "h", "kh", "ح"),
    Letter("һ", "h", "h", "ھ"),
    Letter("ц", "ts", "ts", "س"),
    Letter("ч", "ch", "ch", "چ"),
    Letter("ш", "ş", "sh", "ش"),
    Letter("щ", "ştş", "shch", "شش"),
    Letter("ъ", "", "ʺ", ""),
    Letter("ы", "y", "y", "ى"),
    Letter("і", "ı", "i", "ى"),
    Letter("ь", "", "ʹ", ""),
    Letter("э", "e", "ė", "ە"),
    Letter("ю", "iu", "yu", "يۋ"),
    Letter("я", "ia", "ya", "يا"),
)

CYRILLIC: Final = frozenset(letter.cyrillic for letter in LETTERS)

#: Vowels of Kazakh Cyrillic. у is decided by its neighbours (see syllables).
FRONT_VOWELS: Final = frozenset("әөүіеэ")
BACK_VOWELS: Final = frozenset("аоұы")
VOWELS: Final = FRONT_VOWELS | BACK_VOWELS | frozenset("иёюя")

HAMZA: Final = "ء"

#: Marks that Arabic writing turns round or draws otherwise. Digits stay as they are written.
ARABIC_PUNCTUATION: Final = {",": "،", ";": "؛", "?": "؟"}

#: Pairs of letters that would read as one letter of BGN/PCGN 1979, and the dot that parts them
#: (rule 1 of its page 48; шч by the same reasoning).
BGN_PARTED: Final = frozenset({"гһ", "зһ", "кһ", "нг", "сһ", "цһ", "шч"})

#: Spellings before 2021, Latin to Cyrillic. "и" stands for и and й: the neighbours decide.
LEGACY: Final[dict[str, dict[str, str]]] = {
    "2017-10": {
        **{"a'": "ә", "g'": "ғ", "i'": "и", "n'": "ң", "o'": "ө", "s'": "ш", "c'": "ч", "u'": "ү"},
        **{"y'": "у", "u": "ұ", "i": "і", "y": "ы"},
    },
    "2018-02": {
        **{"á": "ә", "ǵ": "ғ", "ı": "и", "ń": "ң", "ó": "ө", "sh": "ш", "ch": "ч", "ú": "ү"},
        **{"ý": "у", "u": "ұ", "i": "і", "y": "ы"},
    },
    "2019": {
        **{"ä": "ә", "ğ": "ғ", "ı": "и", "ŋ": "ң", "ö": "ө", "ş": "ш", "ç": "ч", "ü": "ү"},
        **{"w": "у", "u": "ұ", "i": "і", "y": "ы"},
    },
    "Turkic": {
        **{"ï": "и", "ý": "й", "ñ": "ң", "x": "х", "c": "ц", "ç": "ч", "şç": "щ", "é": "э"},
        **{"w": "у", "u": "ұ", "i": "і", "ı": "ы", "y": "й", "yu": "ю", "ya": "я", "yo": "ё"},
    },
}
