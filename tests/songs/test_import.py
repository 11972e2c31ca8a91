"""A lyrics file brought into a song: first told, then taken just so, or refused with nothing changed."""

import pytest
from tests.songs.brought import LRC, WORDS, cues, read, recorded, rows, texts
from tests.songs.conftest import NOON

from aqyn.core.lyrics.formats import FORMATS, Sheet
from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.timing import Cue, LineCues, Origin, stamped
from aqyn.songs import sentences as refuse
from aqyn.songs import services
from aqyn.songs.models import Line as LineRow
from aqyn.songs.models import LineText, Recording, Song, Version
from aqyn.songs.selectors.sheets import cues_of
from aqyn.songs.services.deciding import Decision, Take, What, decide
from aqyn.songs.services.lyrics_files import state_of, take_lyrics

pytestmark = pytest.mark.django_db
IMPORTED = ["imported", 80]


@pytest.fixture
def song(write):
    return recorded(write(sections=WORDS))


def take(sheet, what=What.TIMES, language="kk-Cyrl", **asked):
    """Take it as it is shown, and hold that it was done as it was shown."""
    asked.setdefault("recording", Recording.objects.get().pk)
    wanted = Take(what, language, **asked)
    shown = decide(rows(), sheet, wanted)
    done = take_lyrics(song="tereze", sheet=sheet, take=wanted, seen=state_of(rows()), now=NOON, source="LRC")
    counts = [name for name in Decision.__slots__ if name not in ("sections", "cues", "readings")]
    assert {name: getattr(done, name) for name in counts} == {name: getattr(shown, name) for name in counts}
    return done


def test_times_are_taken_by_words_whatever_their_case_and_punctuation(song):
    done = take(read(LRC))
    assert (done.timed, done.by_word, done.retimed, done.stay) == (3, 0, 0, 0)
    assert cues() == [[1000, 3000, *IMPORTED], [3000, 5000, *IMPORTED], [5000, 7000, *IMPORTED]]
    assert Recording.objects.get().timing.source == "LRC"
    assert [line.texts["kk-Cyrl"].text for line in rows().lines] == [
        "Терезеде жанған шам", "{ru:море,} теңіз", "вернись домой",
    ]  # fmt: skip
    assert not Version.objects.exists()


def test_a_last_line_that_the_file_leaves_open_lasts_until_the_recording_ends(song):
    take(read(LRC.replace("[00:07.00]\n", "")))
    assert cues()[2] == [5000, 10_000, "imported", 80]


def test_words_are_timed_where_there_are_as_many_otherwise_their_line(song):
    sheet = Sheet(
        (Section("verse", (Line("Терезеде жанған - шам", "und"), Line("море теңіз", "und"))),),
        (
            LineCues.of([Cue(0, 1), Cue(1, 2), Cue(2, 3), Cue(3, 400)]),
            LineCues.of([Cue(500, 600, (500, 550)), Cue(600, 900)]),
        ),
    )
    done = take(sheet, offset_ms=1000)
    assert (done.timed, done.by_word) == (2, 1)
    first, second, third = cues_of(Recording.objects.get(), rows().lines)
    assert first == LineCues(1000, 1400, (), Origin.IMPORTED, 80)
    assert second == stamped(
        LineCues.of([Cue(1500, 1600, (1500, 1550)), Cue(1600, 1900, (1600,))]), Origin.IMPORTED
    )
    assert third is None


def test_a_file_in_another_script_still_has_the_songs_times(song):
    take(read("[00:01.00]Terezede janğan şam\n[00:02.00]\n"), language="kk-Latn")
    assert cues() == [[1000, 2000, *IMPORTED], None, None]


def test_lines_that_are_timed_stay_so_unless_it_is_asked(song):
    recording = Recording.objects.get()
    services.set_timing(recording=recording.pk, cues=[LineCues(900, 950), None, None], now=NOON)
    done = take(read(LRC))
    assert (done.timed, done.retimed, done.stay) == (2, 0, 1)
    assert cues() == [[900, 950, "", None], [3000, 5000, *IMPORTED], [5000, 7000, *IMPORTED]]
    again = take(read(LRC), over_times=True)
    assert (again.timed, again.retimed, again.stay) == (1, 1, 0)
    assert cues()[0] == [1000, 3000, *IMPORTED]


@pytest.mark.parametrize(
    ("text", "asked", "refusal"),
    [
        (LRC, {"offset_ms": 3_100}, refuse.BadTimes),
        (LRC, {"offset_ms": -1_100}, refuse.BadTimes),
        (LRC, {"recording": None}, refuse.NoRecordingChosen),
        (LRC, {"recording": 999}, refuse.NoSuchRecording),
        ("[00:01.00]басқа жол\n", {}, refuse.NoLineMet),
        (LRC, {"what": What.LAYER, "layer": "kk-Cyrl"}, refuse.NoSuchLayerInFile),
        (LRC, {"what": What.LAYER, "layer": "de"}, refuse.NoSuchLayerInFile),
        (LRC, {"what": What.WORDS, "language": "kk-Latn"}, refuse.OtherLanguage),
        (
            "[00:01.00]one\n[00:02.00]two\n",
            {"what": What.LAYER, "language": "en", "layer": "en"},
            refuse.LinesDoNotMeet,
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_changes_nothing(song, snapshot, text, asked, refusal):
    before = snapshot()
    with pytest.raises(refusal):
        take(read(text), **asked)
    assert snapshot() == before


def test_a_file_without_times_has_none_to_give(song):
    with pytest.raises(refuse.NoTimesInFile):
        take(read("Терезеде жанған шам\n", "text"))


def test_the_same_words_again_are_nothing_to_take(song, snapshot):
    take(read(LRC))
    before = snapshot()
    with pytest.raises(refuse.NothingToTake):
        take(read(LRC), over_times=True)
    assert snapshot() == before


def test_words_become_a_version_and_lines_that_are_the_same_stay_themselves(song):
    line = LineRow.objects.order_by("pk").first()
    line.chords = [[0, 0, "Am"]]
    line.save()
    services.overrule_line(line=line.pk, tag="kk-Latn", text="Terezede janghan sham", now=NOON)
    done = take(
        read(
            "[00:01.00]Терезеде жанған шам\n[00:03.00]море, теңіз\n[00:04.00]Жаңа жол\n\n"
            "[00:05.00]вернись домой\n"
        ),
        What.WORDS,
    )
    assert (done.come, done.gone, done.timed, done.hers) == (1, 0, 4, 0)
    found = rows()
    assert [(s.kind, s.name, len(s.lines)) for s in found.sections] == [
        ("verse", "", 3),
        ("chorus", "", 1),
    ]
    assert [(line.language, line.texts["kk-Cyrl"].text) for line in found.lines] == [
        ("kk", "Терезеде жанған шам"), ("kk", "{ru:море,} теңіз"), ("kk", "Жаңа жол"),
        ("ru", "вернись домой"),
    ]  # fmt: skip
    assert (found.lines[0].id, found.lines[0].chords) == (line.pk, [[0, 0, "Am"]])
    assert texts("kk-Latn")[0] == ("Terezede janghan sham", LineText.Origin.WRITTEN)
    assert [row[0] for row in cues()] == [1000, 3000, 4000, 5000]
    first, second = Version.objects.order_by("number")
    assert "Жаңа жол" in second.text and "Жаңа жол" not in first.text


def test_words_of_a_ttml_file_bring_every_layer_and_leave_what_is_written_by_hand(song):
    readings = {"en": LayerText("A lamp"), "kk-Latn": LayerText("Terezede janghan sham")}
    told = (
        Section(
            "verse",
            (
                Line("Терезеде жанған шам", "kk", readings),
                Line("Соңғы жол", "kk", {"en": LayerText("The last line")}),
            ),
        ),
    )
    sheet = Sheet(told, (LineCues(0, 900), LineCues(1000, 2000)), "kk-Cyrl", "Терезе")
    sheet = FORMATS["ttml"].read(FORMATS["ttml"].write(sheet))
    first = LineRow.objects.order_by("pk").first()
    services.overrule_line(line=first.pk, tag="en", text="The lamp that burns", now=NOON)
    done = take(sheet, What.WORDS)
    assert (done.come, done.gone, done.timed, done.read, done.overwritten, done.hers) == (1, 2, 2, 2, 0, 1)
    assert texts("en") == [
        ("The lamp that burns", LineText.Origin.WRITTEN),
        ("The last line", LineText.Origin.IMPORTED),
    ]
    assert texts("kk-Latn") == [
        ("Terezede janghan sham", LineText.Origin.IMPORTED),
        ("Soñğy jol", LineText.Origin.MADE),
    ]
    over = take(sheet, What.WORDS, over_readings=True)
    assert (over.sections, over.read, over.overwritten) == (None, 1, 1)
    assert texts("en")[0] == ("A lamp", LineText.Origin.IMPORTED)


def test_words_that_are_being_written_are_not_swept_away(song, snapshot):
    text = "[verse]\nБасқа сөз"
    services.save_text(song="tereze", base=text_of(), text=text, now=NOON)
    before = snapshot()
    with pytest.raises(refuse.WordsAreBeingWritten):
        take(read(LRC), What.WORDS)
    assert snapshot() == before


def text_of():
    from aqyn.songs.selectors.writing import kept_text

    return kept_text(Song.objects.get())


def test_a_translation_is_taken_by_the_number_of_its_lines(song):
    sheet = read("A lamp in the window\nsea, sea\ncome home\n", "text")
    done = take(sheet, What.LAYER, language="en", layer="en", recording=None)
    assert (done.how, done.read) == ("number", 3)
    assert texts("en") == [
        ("A lamp in the window", "imported"), ("sea, sea", "imported"), ("come home", "imported"),
    ]  # fmt: skip


def test_a_translation_is_taken_by_its_times(song):
    take(read(LRC))
    sheet = read("[00:01.20]A lamp\n[00:05.10]come home\n")
    done = take(sheet, What.LAYER, language="en", layer="en")
    assert (done.how, done.read) == ("time", 2)
    assert texts("en") == [("A lamp", "imported"), None, ("come home", "imported")]


def test_a_script_is_taken_by_its_words_and_leaves_hers(song):
    first = LineRow.objects.order_by("pk").first()
    services.overrule_line(line=first.pk, tag="kk-Latn", text="Terezede janghan sham", now=NOON)
    sheet = read("[la:kk-Latn]\n[00:01.00]Terezede jangan sham\n[00:02.00]more, tengiz\n")
    done = take(sheet, What.LAYER, language="kk-Latn", layer="kk-Latn")
    assert (done.how, done.read, done.hers) == ("words", 1, 1)
    assert texts("kk-Latn")[:2] == [("Terezede janghan sham", "written"), ("more, tengiz", "imported")]
    over = take(sheet, What.LAYER, language="kk-Latn", layer="kk-Latn", over_readings=True)
    assert (over.read, over.overwritten) == (1, 1)
    assert texts("kk-Latn")[0] == ("Terezede jangan sham", "imported")


def test_what_changed_since_it_was_shown_is_not_taken(song, snapshot):
    seen = state_of(rows())
    services.overrule_line(line=rows().lines[0].id, tag="en", text="x", now=NOON)
    before = snapshot()
    with pytest.raises(refuse.SongChangedMeanwhile):
        wanted = Take(What.TIMES, "kk-Cyrl", recording=Recording.objects.get().pk)
        take_lyrics(song="tereze", sheet=read(LRC), take=wanted, seen=seen, now=NOON)
    assert snapshot() == before


def test_chords_of_lines_that_change_go_with_their_words(song):
    line = LineRow.objects.order_by("pk").first()
    line.chords = [[2, 0, "Am"]]
    line.save()
    take(read("[00:01.00]Терезеде\n[00:03.00]море, теңіз\n[00:05.00]вернись домой\n"), What.WORDS)
    assert [line.chords for line in rows().lines] == [[], [], []]


def test_a_translation_beside_other_words_is_another_songs(song, snapshot):
    sheet = Sheet(
        (Section("verse", tuple(Line(f"басқа {n}", "kk", {"en": LayerText("x")}) for n in range(3))),),
        (None,) * 3,
    )
    before = snapshot()
    with pytest.raises(refuse.NoLineMet):
        take(sheet, What.LAYER, layer="en")
    assert snapshot() == before
