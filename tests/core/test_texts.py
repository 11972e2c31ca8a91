from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.texts import Chosen, choose, in_scripts, seen

NAMES = {"kk-Cyrl": "Қызылорда", "ru": "Кызылорда", "en": "Kyzylorda"}


def test_the_reader_gets_the_language_she_asked_for():
    assert choose(NAMES, ["ru", "kk-Cyrl"]) == Chosen("Кызылорда", "ru")


def test_kazakh_is_converted_where_it_was_written_in_cyrillic_only():
    assert choose(NAMES, ["kk-latn"]) == Chosen("Qyzylorda", "kk-Latn")
    assert choose(NAMES, ["kk-Arab"]) == Chosen("قىزىلوردا", "kk-Arab")


def test_her_own_latin_spelling_stands_before_the_converted_one():
    assert choose(NAMES | {"kk-Latn": "Qızılorda"}, ["kk-Latn"]) == Chosen("Qızılorda", "kk-Latn")


def test_plain_kk_means_cyrillic_and_case_of_tags_does_not_matter():
    assert choose({"kk": "Ән"}, ["kk-cyrl"]) == Chosen("Ән", "kk-Cyrl")


def test_a_region_is_taken_for_its_language():
    assert choose({"ru-KZ": "Песня"}, ["ru"]) == Chosen("Песня", "ru-KZ")


def test_blank_text_is_no_text():
    assert choose({"en": "  ", "ru": "Песня"}, ["en"]) == Chosen("Песня", "ru")
    assert choose({}, ["en"]) == Chosen("", "")


def test_arabic_script_runs_from_the_right():
    assert choose(NAMES, ["kk-arab"]).direction == "rtl"
    assert Chosen("", "").direction == "ltr"


@given(
    st.dictionaries(st.sampled_from(["kk", "kk-Cyrl", "kk-Latn", "ru", "en-GB"]), st.text(max_size=20)),
    st.lists(st.sampled_from(["kk", "kk-latn", "kk-Arab", "ru", "en"]), max_size=4),
)
def test_something_is_chosen_whenever_something_was_written(texts, wanted):
    chosen = choose(texts, wanted)
    assert bool(chosen.tag) == any(text.strip() for text in texts.values())


def test_a_browser_is_told_kazakh_in_all_its_scripts_hers_where_she_wrote_one():
    assert in_scripts({"kk": "Шам", "en": "A lamp"}) == {
        "kk-Cyrl": "Шам",
        "kk-Latn": "Şam",
        "kk-Arab": "شام",
        "en": "A lamp",
    }
    assert in_scripts({"kk-Cyrl": "Шам", "kk-Latn": "Sham"})["kk-Latn"] == "Sham"
    assert in_scripts({"en": "A lamp", "ru": " "}) == {"en": "A lamp"}


def test_what_nobody_sees_goes_and_what_letters_are_joined_by_stays():
    assert seen("\ufeffЕкі\u00adнші\u200b жол\u202e\u2066") == "Екінші жол"
    assert seen("می\u200cخواهم 👩\u200d🌾") == "می\u200cخواهم 👩\u200d🌾"
