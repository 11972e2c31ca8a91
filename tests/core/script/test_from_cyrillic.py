"""Cyrillic into Latin 2021, BGN/PCGN 1979 and Arabic: every letter, case, hamza, marks."""

import pytest
from hypothesis import given
from tests.core.script.texts import anything, kazakh

from aqyn.core.script import Converted, Scheme, convert

#: letter, Latin 2021, BGN/PCGN 1979, Arabic: written out here, so that a slip in the tables is seen.
TABLE = """
а a a ا | ә ä ä ءا | б b b ب | в v v ۆ | г g g گ | ғ ğ gh ع | д d d د | е e e ە | ё io yo يو
ж j zh ج | з z z ز | и i ī ي | й i y ي | к k k ك | қ q q ق | л l l ل | м m m م | н n n ن
ң ñ ng ڭ | о o o و | ө ö ö ءو | п p p پ | р r r ر | с s s س | т t t ت | у u ū ۋ | ұ ū u ۇ
ү ü ü ءۇ | ф f f ف | х h kh ح | һ h h ھ | ц ts ts س | ч ch ch چ | ш ş sh ش | щ ştş shch شش
ы y y ى | і ı i ءى | э e ė ە | ю iu yu يۋ | я ia ya يا
"""
CELLS = [cell.split() for line in TABLE.strip().splitlines() for cell in line.split("|")]


@pytest.mark.parametrize(("letter", "latin", "bgn", "arabic"), CELLS)
def test_every_letter_is_written_as_its_table_says(letter: str, latin: str, bgn: str, arabic: str) -> None:
    assert convert(letter, to="kk-Latn") == Converted(latin, Scheme.LATN_2021, False)
    assert convert(letter, to="kk-Latn-bgn1979") == Converted(bgn, Scheme.LATN_BGN, False)
    assert convert(letter, to="kk-Arab") == Converted(arabic, Scheme.ARAB_TOTE, False)


def test_the_table_here_has_every_letter_but_the_signs() -> None:
    assert len(CELLS) == 40


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("объект", "obekt"),
        ("дүния", "dünia"),
        ("кию", "kiu"),
        ("қоян", "qoian"),
        ("тиіс", "tiıs"),
        ("Қызылорда", "Qyzylorda"),
        ("Мадина Иманқұлов", "Madina İmanqūlov"),
    ],
)
def test_latin_2021(word: str, latin: str) -> None:
    assert convert(word, to="kk-Latn").text == latin


@pytest.mark.parametrize(
    ("word", "latin", "bgn"),
    [
        ("Іле ІЛЕ", "Ile ILE", "Ile ILE"),
        ("Инабат ИНАБАТ", "İnabat İNABAT", "Īnabat ĪNABAT"),
        ("Юрта ЮРТА Я", "İurta İURTA İa", "Yurta YURTA Ya"),
        ("Шаң ШАҢ шаҢ", "Şañ ŞAÑ şaÑ", "Shang SHANG shaNg"),
        ("Щедрин ЩЕДРИН", "Ştşedrin ŞTŞEDRİN", "Shchedrīn SHCHEDRĪN"),
        ("аңғал АҢҒАЛ", "añğal AÑĞAL", "angghal ANGGHAL"),
    ],
)
def test_case_is_kept_through_letters_of_two_signs(word: str, latin: str, bgn: str) -> None:
    assert convert(word, to="kk-Latn").text == latin
    assert convert(word, to="kk-Latn-bgn1979").text == bgn


@pytest.mark.parametrize(("word", "bgn"), [("жанған", "zhanghan"), ("ангел", "an·gel"), ("асһа", "as·ha")])
def test_bgn_parts_letters_that_would_read_as_one(word: str, bgn: str) -> None:
    assert convert(word, to="kk-Latn-bgn1979").text == bgn


@pytest.mark.parametrize(
    ("word", "arabic"),
    [
        ("бір", "ءبىر"),  # front, and nothing else says so
        ("Әбіш", "ءابىش"),
        ("түнгі", "تۇنگى"),  # г says it
        ("сөзбен", "سوزبەن"),  # е says it
        ("бірақ", "بىراق"),  # қ settles it as back
        ("қазір", "قازىر"),
        ("төраға", "ءتوراعا"),  # listed
        ("баспасөз", "باسپاسوز"),  # back at its head
        ("өзара", "ءوزارا"),  # front at its head
        ("қадір-тізім", "قادىر-ءتىزىم"),  # each part of a hyphened word for itself
        ("«үміт»", "«ءۇمىت»"),
        ("алма", "الما"),
    ],
)
def test_hamza_stands_where_nothing_else_says_front(word: str, arabic: str) -> None:
    assert convert(word, to="kk-Arab").text == arabic


@pytest.mark.parametrize(
    ("word", "arabic"),
    [
        ("Босния", "بوسنيا"),
        ("оқию", "وقيۋ"),
        ("алюминий", "اليۋميني"),
        ("Вьетнам", "ۆيەتنام"),
        ("ходжа", "حوجا"),
        ("кең, кел; кім?", "كەڭ، كەل؛ كىم؟"),
        ("3,5 км", "3,5 كم"),
        ("https://aqyn.kz/?a=1,2;b", "https://aqyn.kz/?a=1,2;b"),
        ("бес&nbsp;ән", "بەس&nbsp;ءان"),
    ],
)
def test_arabic_writing_of_pairs_and_marks(word: str, arabic: str) -> None:
    assert convert(word, to="kk-Arab").text == arabic


@pytest.mark.parametrize("to", ["kk-Latn", "kk-Arab", "kk-Latn-bgn1979", "kk-Cyrl"])
@pytest.mark.parametrize(("line", "language"), [("Любовь, моя?", "ru"), ("Don't go, I said", "en-GB")])
def test_other_languages_never_go_through_kazakh_rules(to: str, line: str, language: str) -> None:
    assert convert(line, to=to, language=language) == Converted(line, Scheme.AS_WRITTEN, False)


def test_a_decomposed_letter_is_the_same_letter() -> None:
    assert convert("Сай", to="kk-Latn").text == "Sai"
    assert convert("Сай".replace("й", "и\u0306"), to="kk-Latn").text == "Sai"


@pytest.mark.parametrize("to", ["kk-Latn", "kk-Arab", "kk-Latn-bgn1979"])
def test_a_word_that_would_vanish_stays(to: str) -> None:
    assert len(convert("ь ъ", to=to).text.split()) == 2


@pytest.mark.parametrize("to", ["kk-Latn", "kk-Arab", "kk-Latn-bgn1979"])
@given(text=kazakh | anything)
def test_words_and_spaces_stay_one_to_one(to: str, text: str) -> None:
    made = convert(text, to=to).text
    assert len(made.split()) == len(text.split())
    assert [char for char in made if char.isspace()] == [
        char for char in text if char.isspace()
    ] or "\u2000" in text
