"""Made-up words in the spellings of many languages, for espeak-ng to speak: nobody's text."""

from __future__ import annotations

import numpy as np

LANGUAGES: dict[str, tuple[str, str, str]] = {
    "en": (
        "b c d f g h j k l m n p r s t v w y "
        "br ch cl cr dr fl fr gl gr pl pr qu sh sl sm sn sp st str th tr tw wh",
        "a e i o u ee ea oo ai ou oa y ow igh aw er ar or ay",
        "- - - n t d l r s m k ck ll ng nd st sh th ve ce ght nt mp x",
    ),
    "kk": (
        "б г ғ д ж з й к қ л м н п р с т ш",
        "а ә е о ө ұ ү ы і и у",
        "- - - н ң р л м с з т к қ й ш п",
    ),
    "ru": (
        "б в г д ж з к л м н п р с т ф х ц ч ш щ бл бр вз гр др кр пр ст сл тр хл",
        "а е и о у ы э ю я ё",
        "- - - н т л р с м к ть нь сть шь й в з",
    ),
    "fr": (
        "b c d f g j l m n p r s t v ch br cl cr dr fl fr gr pl pr qu tr",
        "a e é è i o u ou eau ai eu oi au an on in un en",
        "- - - - r s t l que ne re le me ge lle gne sse",
    ),
    "es": (
        "b c d f g j l m n p r s t v ll ñ ch br cl cr dr fl fr gr pl pr tr rr h",
        "a e i o u ie ue ia io ai",
        "- - - - s n r l d z",
    ),
    "de": (
        "b d f g h j k l m n p r s t w z sch st sp br bl dr fl fr gr kl kr pf schl schw tr",
        "a e i o u ä ö ü ei ie au eu",
        "- - n t r l s ch ck m nd st cht ng tz ss",
    ),
    "tr": ("b c ç d f g h k l m n p r s ş t v y z", "a e ı i o ö u ü", "- - - n r l k m t ş z y"),
    "it": (
        "b c d f g l m n p r s t v z ch gl gn sc br cr dr fr gr pr st tr",
        "a e i o u ia io uo",
        "- - - - n r l",
    ),
    "pt": (
        "b c d f g j l m n p r s t v lh nh ch br cr dr fr gr pr tr",
        "a e i o u ão ei ou õe á é",
        "- - - s r m l",
    ),
    "uk": (
        "б в г д ж з к л м н п р с т х ц ч ш бр гр др кр пр ст тр",
        "а е и і о у ю я ї є",
        "- - - н т л р с м к й ть",
    ),
    "ky": ("б г д ж з к л м н п р с т ч ш", "а е ы и о ө у ү аа оо", "- - - н ң р л м с т к й ш"),
    "tt": ("б г д җ з к л м н п р с т ч ш х", "а ә е ы и о ө у ү", "- - - н ң р л м с т к й ш"),
    "uz": ("b d f g h j k l m n p q r s t v x y z sh ch", "a e i o u", "- - - n r l m s t k ng sh y z"),
    "az": ("b c ç d f g h j k l m n p q r s ş t v x y z", "a e ə ı i o ö u ü", "- - - n r l m s t k z"),
    "fa": ("ب پ ت ج چ خ د ر ز س ش ف ک گ ل م ن ه", "ا و ی ا", "- - ن ر ل م د ت ش"),
    "ar": ("ب ت ج ح خ د ر ز س ش ص ط ع ف ق ك ل م ن ه", "َ ِ ُ َا ِي ُو", "- - ن ر ل م د ت س"),
    "ka": ("ბ გ დ ვ ზ თ კ ლ მ ნ პ რ ს ტ ფ ქ ღ შ ჩ ც ძ წ ხ ჯ", "ა ე ი ო უ", "- - - ნ რ ლ ს მ დ"),
    "pl": (
        "b c d f g h j k l m n p r s t w z sz cz rz ch br dr kr pr st tr",
        "a e i o u y ó ą ę",
        "- - - n m r l s k ć sz",
    ),
    "sv": (
        "b d f g h j k l m n p r s t v sj br bl dr fl fr gr kl kr st tr",
        "a e i o u y å ä ö",
        "- - n t r l s m k g ng",
    ),
}
"""Beginnings, middles and ends of syllables; "-" is no end."""

VARIANTS = [
    "m1",
    "m2",
    "m3",
    "m4",
    "m5",
    "m6",
    "m7",
    "m8",
    "f1",
    "f2",
    "f3",
    "f4",
    "f5",
    "klatt",
    "klatt2",
    "klatt3",
    "klatt4",
    "Alex",
    "Alicia",
    "Andrea",
    "Andy",
    "Annie",
    "Denis",
    "Gene",
    "Jacky",
    "Lee",
    "Marco",
    "Michael",
    "Mike",
    "adam",
    "anika",
    "antonio",
    "belinda",
    "benjamin",
    "boris",
    "caleb",
    "david",
    "ed",
    "edward",
    "iven",
    "john",
    "linda",
    "marcelo",
    "max",
    "miguel",
    "pablo",
    "paul",
    "quincy",
    "rob",
    "robert",
    "sandro",
    "shelby",
    "steph",
    "travis",
    "victor",
    "zac",
    "grandma",
    "aunty",
    "announcer",
    "croak",
]
"""espeak-ng's throats."""


def line(language: str, dice: np.random.Generator) -> str:
    """Four to nine made-up words of one to three syllables."""
    begin, middle, end = (part.split() for part in LANGUAGES[language])

    def word() -> str:
        count = int(dice.choice([1, 1, 2, 2, 2, 3, 3]))
        text = ""
        for _ in range(count):
            onset = "" if dice.random() < 0.12 else str(dice.choice(begin))
            coda = str(dice.choice(end))
            text += onset + str(dice.choice(middle)) + ("" if coda == "-" else coda)
        return text

    return " ".join(word() for _ in range(int(dice.integers(4, 10))))
