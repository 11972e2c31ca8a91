"""What a book holds: what is sung again is given by its name, syllables and chords are in place."""

import pytest

from aqyn.core.lyrics.model import Chord, LayerText, Line, Section
from aqyn.songs.models import LineText, Song
from aqyn.songs.selectors.rows import whole_songs
from aqyn.songs.songbook.choice import Choice, Over
from aqyn.songs.songbook.contents import book_values, holds_arabic

pytestmark = pytest.mark.django_db

VERSE = (Line("Терезеде жанған шам", "kk", {"en": LayerText("The lamp alight in the window")}),)
CHORUS = (Line("Қызылорда, {ru:море}", "kk"), Line("вернись домой", "ru"))
AM = Chord(0, 0, "Am")


def values(second="", **more):
    choice = Choice("Әндер", [song.slug for song in Song.objects.all()], "kk-Cyrl", second, **more)
    return book_values(whole_songs(Song.objects.filter(slug__in=choice.songs)), choice)


def words(cell):
    return [item if isinstance(item, str) else item["text"] for item in cell["words"]]


def labels(book):
    return [[label and label["text"] for label in part["labels"]] for part in book["songs"][0]["sections"]]


def test_what_is_sung_again_word_for_word_is_given_by_its_name(write):
    write(
        sections=[
            Section("verse", VERSE),
            Section("chorus", CHORUS),
            Section("verse", CHORUS[:1]),
            Section("chorus", CHORUS),
            Section("chorus", CHORUS[:1]),
            Section("verse", VERSE),
        ]
    )
    book = values("kk-Latn")
    assert labels(book) == [
        ["1", None],
        ["Қайырма", "Qaiyrma"],
        ["2", None],
        ["Қайырма", "Qaiyrma"],
        ["Қайырма", "Qaiyrma"],
        ["1", None],
    ]
    assert [len(part["rows"]) for part in book["songs"][0]["sections"]] == [1, 2, 1, 0, 1, 0]


def test_one_verse_needs_no_number_and_a_name_of_its_own_is_read_in_both_scripts(write):
    write(sections=[Section("verse", VERSE), Section("verse", CHORUS, "Теңіз")])
    assert labels(values("kk-Latn")) == [[], ["Теңіз", "Teñız"]]


def test_columns_stand_line_by_line_and_the_translation_beneath(write):
    write(sections=[Section("verse", VERSE), Section("chorus", CHORUS)])
    book = values("kk-Arab", beneath="en")
    [verse, chorus] = book["songs"][0]["sections"]
    [row] = verse["rows"]
    assert [words(cell) for cell in row["cells"]] == [["Терезеде жанған шам"], ["تەرەزەدە جانعان شام"]]
    assert [(cell["lang"], cell["left"]) for cell in row["cells"]] == [("kk", False), ("kk", True)]
    assert row["beneath"] == {"text": "The lamp alight in the window", "lang": "en", "left": False}
    mixed = chorus["rows"][0]["cells"]
    assert words(mixed[0]) == ["Қызылорда,", "море"]
    assert (mixed[1]["words"][1]["lang"], mixed[1]["words"][1]["left"]) == ("ru", False)
    assert holds_arabic(book) and not holds_arabic(values("kk-Latn"))


def test_a_layer_that_a_song_has_not_leaves_its_column_empty(write):
    write("more", title={"ru": "Море"}, language="ru", sections=[Section("verse", CHORUS[1:])])
    book = values("kk-Arab", beneath="en")
    [row] = book["songs"][0]["sections"][0]["rows"]
    assert (words(row["cells"][0]), row["cells"][1], row["beneath"]) == (["вернись домой"], None, None)
    assert [title and title["text"] for title in book["songs"][0]["titles"]] == ["Море", None]


@pytest.mark.parametrize(("over", "sign"), [(Over.DOTS, "·"), (Over.HYPHENS, "‑")])
def test_syllables_are_cut_alike_in_every_script_that_does_not_join_its_letters(write, over, sign):
    write(sections=[Section("verse", VERSE)])
    cut = {
        tag: words(values(tag, over=over, beneath="en")["songs"][0]["sections"][0]["rows"][0]["cells"][1])
        for tag in ("kk-Cyrl", "kk-Latn", "kk-Arab", "en")
    }
    assert cut == {
        "kk-Cyrl": ["Те·ре·зе·де жан·ған шам".replace("·", sign)],
        "kk-Latn": ["Te·re·ze·de jan·ğan şam".replace("·", sign)],
        "kk-Arab": ["تەرەزەدە جانعان شام"],
        "en": ["The lamp alight in the window"],
    }


def chords(tag, slug="tereze"):
    cell = values(tag, over=Over.CHORDS)["songs"][0]["sections"][0]["rows"][0]["cells"][1]
    return [
        (item["text"], [(chord["before"], chord["name"]) for chord in item["chords"]])
        for item in cell["words"]
        if not isinstance(item, str)
    ]


def test_a_chord_stands_over_its_letter_and_in_another_script_over_its_syllable(write):
    line = Line("Терезеде жанған шам", "kk", chords=(AM, Chord(0, 5, "Dm"), Chord(3, 0, "E")))
    write(sections=[Section("verse", (line,))])
    assert chords("kk-Cyrl") == [("Терезеде", [("", "Am"), ("Терез", "Dm")]), ("шам", [("шам\xa0", "E")])]
    assert chords("kk-Latn") == [("Terezede", [("", "Am"), ("Tere", "Dm")]), ("şam", [("şam\xa0", "E")])]
    assert chords("kk-Arab") == [("تەرەزەدە", [("", "Am"), ("تەرە", "Dm")]), ("شام", [("شام\xa0", "E")])]


def test_a_line_overruled_with_fewer_words_loses_no_chord(write):
    line = Line("Терезеде жанған шам", "kk", chords=(AM, Chord(1, 0, "Dm"), Chord(2, 0, "E")))
    write(sections=[Section("verse", (line,))])
    LineText.objects.filter(tag="kk-Latn").update(text="Terezede şam")
    assert [name for _word, borne in chords("kk-Latn") for _before, name in borne] == ["Am", "Dm", "E"]


def test_the_same_words_under_other_chords_are_written_out_when_chords_are_shown(write):
    one, other = (Line("Терезеде жанған шам", "kk", chords=(chord,)) for chord in (AM, Chord(0, 0, "G")))
    write(sections=[Section("chorus", (one,)), Section("chorus", (other,))])
    counts = {
        over: [len(part["rows"]) for part in values(over=over)["songs"][0]["sections"]]
        for over in (Over.CHORDS, Over.NOTHING)
    }
    assert counts == {Over.CHORDS: [1, 1], Over.NOTHING: [1, 0]}


def test_credits_stand_in_the_language_of_the_first_column(write):
    write(credits=[{"role": "words", "name": "Мадина"}, {"role": "", "name": "Ару"}], year=2024)
    assert [one["text"] for one in values()["songs"][0]["credits"]] == ["Сөзі: Мадина", "Ару", "2024"]


def test_only_what_may_be_longer_than_a_page_is_measured(write):
    write(sections=[Section("verse", VERSE * 18), Section("chorus", VERSE * 40)])
    assert [part["long"] for part in values()["songs"][0]["sections"]] == [True, True]
    write("short", sections=[Section("verse", VERSE * 8)])
    assert values()["songs"][1]["sections"][0]["long"] is False
