"""Syllables, rhymes and forms of stanzas."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.lyrics.strategies import words

import aqyn
from aqyn.core.lyrics.layers import pronounced
from aqyn.core.lyrics.model import Line, Word, marked
from aqyn.core.lyrics.verse import Form, Order, stanza, syllables_of

SAMPLE = Path(aqyn.__file__).parent / "site/sample/songs"


def lines(text: str, language: str = "kk") -> list[Line]:
    return [Line(line, language) for line in text.splitlines()]


def sung(song: str, script: str = "kk-Cyrl") -> list[tuple]:
    told = tomllib.loads((SAMPLE / song / "song.toml").read_text("utf-8"))
    found = []
    for section in told["sections"]:
        said = [Line(line["text"], line.get("language", "kk")) for line in section["lines"]]
        if script != "kk-Cyrl":
            said = [
                Line(pronounced(one.text, one.language, main="kk-Cyrl", to=script).text, one.language)
                for one in said
            ]
        heard = stanza(said, script)
        found.append((section["kind"], heard.pattern, heard.rhymes, heard.order, heard.form))
    return found


@pytest.mark.parametrize("script", ["kk-Cyrl", "kk-Latn", "kk-Arab"])
def test_the_sample_songs_are_heard_as_they_are_in_every_script(script):
    chorus = ("chorus", "8-8-8-8", "-a-a", Order.KEZEKTI, Form.ZHYR)
    verse = ("verse", "11-11-11-11", "aa-a", Order.QARA_OLENG, Form.QARA_OLENG)
    bridge = ("bridge", "7-7-7-7", "aa-a", Order.QARA_OLENG, Form.ZHYR)
    assert sung("qyzylorda", script) == [verse, chorus, verse, chorus, bridge, chorus]
    chorus = ("chorus", "7-7-7-7", "abab", Order.SHALYS, Form.ZHYR)
    verse = ("verse", "8-8-8-8", "-a-a", Order.KEZEKTI, Form.ZHYR)
    assert sung("jabyq-mektep", script) == [
        ("verse", "7-8-7-8", "-a-a", Order.KEZEKTI, Form.ZHYR),
        chorus,
        verse,
        chorus,
        ("bridge", *verse[1:]),
        chorus,
    ]


def test_a_song_with_lines_wholly_in_russian_has_no_kazakh_form():
    assert sung("teniz-more")[:4] == [
        ("verse", "8-7-8-7", "-a-a", Order.KEZEKTI, None),
        ("chorus", "8-7-7-7", "-a-a", Order.KEZEKTI, Form.ZHYR),
        ("verse", "8-7-8-7", "abab", Order.SHALYS, None),
        ("chorus", "8-7-7-7", "-a-a", Order.KEZEKTI, Form.ZHYR),
    ]


def test_a_syllable_less_is_sung_where_two_vowels_meet_and_only_there():
    seven = [
        "Бар екен деп сүйген жар",
        "Қар жауады мол болып",
        "Жел соғады қатқан қар",
        "Мал келеді тол толып",
    ]
    assert stanza([Line(one, "kk") for one in seven]).form is Form.ZHYR
    merging = [*seven[:3], "Сары аттың жалы ақ, бойы зор"]
    assert stanza([Line(one, "kk") for one in merging]).counts == (7, 7, 7, 10)
    assert stanza([Line(one, "kk") for one in merging]).form is Form.ZHYR
    parted = [*seven[:3], "Торы құнан мінген батыр бала"]
    assert stanza([Line(one, "kk") for one in parted]).counts == (7, 7, 7, 10)
    assert stanza([Line(one, "kk") for one in parted]).form is None


@pytest.mark.parametrize(
    ("ends", "order"),
    [
        ("тас бас ел қас", Order.QARA_OLENG),
        ("тас бас қас жас", Order.SHUBYRTPALY),
        ("тас тор бас қор", Order.SHALYS),
        ("ел тор жүз қор", Order.KEZEKTI),
        ("тас бас тор қор", Order.EGIZ),
        ("тас бас тор қор жол сол", Order.EGIZ),
        ("тас тор қор бас", Order.QAUSYRMA),
        ("тас бас ел қас тор қор жүз зор", Order.QARA_OLENG),
        ("тас бас ел қас тор жыл қор қыл", None),
        ("тас бас қас", None),
        ("тас ел жүз", None),
        ("тас ел жүз қор", None),
    ],
)
def test_orders_of_rhyme_have_their_names(ends, order):
    assert stanza([Line(end, "kk") for end in ends.split()]).order is order


def test_the_stanza_of_abai_is_known_by_its_lengths_and_rhymes():
    five = ["таңғы самал жел", "алыс қалды ел", "көше бойы тас", "жолда бала жас"]
    eight = [
        "сағынамын сені, далам",
        "жетер бір күн оны да алам",
        "ақ боранда аттан түспей",
        "қара суды қанып ішпей",
    ]
    order = [five[0], five[1], eight[0], five[2], five[3], eight[1], eight[2], eight[3]]
    heard = stanza([Line(one, "kk") for one in order])
    assert heard.rhymes == "aabccbdd"
    assert heard.form is Form.SEGIZ_AYAQ


def test_a_lone_dash_and_a_russian_preposition_are_no_syllables():
    assert [syllables_of(Word(text, "ru")) for text in ("—", "в", "к", "во", "Порт,", "воде")] == [
        0,
        0,
        0,
        1,
        1,
        2,
    ]
    assert stanza(lines("Кел — {ru:в порту}")).counts == (3,)


def test_a_long_stanza_may_have_more_rhymes_than_the_longest_form():
    ends = ["жанды", "тұрар", "шамым", "жолға", "көлде", "күні", "сөзін", "балаң", "орман"]
    heard = stanza([Line(f"бір {end}", "kk") for end in ends for _ in range(2)])
    assert heard.rhymes == "aabbccddeeffgghhii"


def test_a_stanza_of_nothing_is_nothing():
    heard = stanza([])
    assert (heard.counts, heard.rhymes, heard.pattern, heard.order, heard.form) == ((), "", "", None, None)


@given(st.lists(st.lists(words, min_size=1, max_size=4), max_size=9))
def test_any_lines_have_a_verse(said):
    made = [Line(marked(one, "kk"), "kk") for one in said]
    heard = stanza(made)
    assert len(heard.counts) == len(heard.rhymes) == len(heard.parts) == len(made)
    assert heard == stanza(made)
