"""Latin and Arabic back into Cyrillic: guesses, flagged as such."""

import pytest
from hypothesis import given
from tests.core.script.texts import any_script, anything

from aqyn.core.script import Converted, Scheme, convert


def cyrillic(text: str, source: str) -> str:
    return convert(text, to="kk-Cyrl", source=source).text


def test_a_guess_says_that_it_is_one() -> None:
    assert convert("Aqtau", to="kk-Cyrl", source="kk-Latn") == Converted("Ақтау", Scheme.CYRL_FROM_LATN, True)
    assert convert("اقتاۋ", to="kk-Cyrl", source="kk-Arab") == Converted("ақтау", Scheme.CYRL_FROM_ARAB, True)
    assert convert("Aqtau", to="kk-Arab", source="kk-Latn") == Converted("اقتاۋ", Scheme.ARAB_TOTE, True)


def test_the_same_script_is_not_touched() -> None:
    assert convert("Kökşetaw?", to="kk-Latn", source="kk-Latn") == Converted(
        "Kökşetaw?", Scheme.LATN_2021, False
    )


@pytest.mark.parametrize(
    ("latin", "word"),
    [
        ("Ile İnabat", "Іле Инабат"),
        ("aiaq qoian aiu", "аяқ қоян аю"),
        ("qyrküiek düniege", "қыркүйек дүниеге"),
        ("aiuan tuys aua", "айуан туыс ауа"),
        ("dünia kiu", "дүния кию"),
        ("iod İurta iağni", "йод Юрта яғни"),
        ("aitsa ketseñ", "айтса кетсең"),
        ("stantsia protsess", "станция процесс"),
        ("ekonomika elım", "экономика елім"),
        ("şahar haqy", "шаһар хақы"),
        ("QAZAQSTAN ŞAÑYRAQ", "ҚАЗАҚСТАН ШАҢЫРАҚ"),
        ("Ştşedrin", "Щедрин"),
        ("Kökşetaw Ayagöz Sayqyn", "Көкшетау Аягөз Сайқын"),  # at home beside Latin 2021
        ("Мен aqyn", "Мен ақын"),
        ("þæ ß", "þæ ß"),  # letters of no Kazakh spelling
    ],
)
def test_latin_is_read(latin: str, word: str) -> None:
    assert cyrillic(latin, "kk-Latn") == word


@pytest.mark.parametrize(
    ("latin", "word"),
    [
        ("S'ymkent ja'ne O'skemen", "Шымкент және Өскемен"),  # 2017
        ("Shymkent jáne Óskemen, taý", "Шымкент және Өскемен, тау"),  # 2018
        ("bwyn Şymkent", "буын Шымкент"),  # 2019
        ("mädenïet awıl", "мәдениет ауыл"),  # Turkic
        ("Zhangaözen", "Жаңаөзен"),  # BGN by its zh
    ],
)
def test_spellings_before_2021_are_known_by_their_letters(latin: str, word: str) -> None:
    assert cyrillic(latin, "kk-Latn") == word


@pytest.mark.parametrize("word", ["жаңғырық", "Қушоқы", "келтіруінен", "ангел", "уақытша", "тиын", "ҚОҒАМ"])
def test_bgn_comes_back_as_it_was(word: str) -> None:
    assert cyrillic(convert(word, to="kk-Latn-bgn1979").text, "kk-Latn-bgn1979") == word


@pytest.mark.parametrize(
    "word",
    [
        "бір",
        "тізім",
        "өтіп",
        "әбіш",
        "өзара",
        "әрдайым",
        "қазақ",
        "алма",
        "мәдениет",
        "сәйкес",
        "кәсіпкер",
        "түзетуіне",
        "көрсету",
        "үлгіні",
        "газет",
        "материал",
        "математикалық",
        "нигериялық",
        "парагвай",
        "география",
        "жауапкершіліктен",
        "дерекқорда",
        "қызметкер",
        "баламен",
        "сөзбен",
        "тілмен",
        "қаламмен",
        "кітапхана",
        "қазақстан",
        "өзбекстан",
        "айуан",
        "аюы",
        "қоян",
        "босния",
        "кию",
        "бюро",
        "сыйлық",
        "экономика",
        "вьетнам",
        "кітап",
        "бірақ",
        "қазір",
        "күмән",
        "аспаны",
        "дастаны",
        "жиырма",
        "йод",
        "сарыкөл",
        "бестөбе",
    ],
)
def test_arabic_comes_back_as_it_was(word: str) -> None:
    assert cyrillic(convert(word, to="kk-Arab").text, "kk-Arab") == word


def test_arabic_of_other_keyboards_is_read() -> None:
    assert cyrillic("ٴبىر کەزدە، بەت؟", "kk-Arab") == "бір кезде, бет?"


@pytest.mark.parametrize("source", ["kk-Latn", "kk-Arab", "kk-Latn-bgn1979"])
@given(text=any_script | anything)
def test_reading_keeps_every_word_and_never_fails(source: str, text: str) -> None:
    for to in ("kk-Cyrl", "kk-Latn", "kk-Arab"):
        assert len(convert(text, to=to, source=source).text.split()) == len(text.split())
