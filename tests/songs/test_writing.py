"""Words being written, and the versions of those that were kept."""

import pytest
from tests.songs.conftest import NOON, WORDS

from aqyn.core.lyrics.pasted import read_pasted, write_pasted
from aqyn.songs import sentences as refuse
from aqyn.songs import services
from aqyn.songs.models import Line, LineText, Version, WorkingText
from aqyn.songs.selectors.writing import changed_lines, kept_text, open_text, versions
from aqyn.ui.pages import page_generation

pytestmark = pytest.mark.django_db
KEPT = write_pasted(WORDS, "kk", "kk-Cyrl").rstrip()
LINES = KEPT.count("\n") + 1


def save(base, text, **more):
    return services.save_text(song="tereze", base=base, text=text, now=NOON, **more)


def keep(base, text, **more):
    return services.keep_words(song="tereze", base=base, text=text, now=NOON, **more)


def words(song):
    found = LineText.objects.filter(line__section__song=song, kind="main")
    return list(found.order_by("line__section__position", "line__position").values_list("text", flat=True))


def test_words_being_written_stay_beside_the_song(write):
    song = write(state="public")
    assert kept_text(song) == KEPT
    before, generation = words(song), page_generation()
    text = KEPT.replace("жанған", "сөнген")
    assert save(KEPT, text + "  \n") == services.Written(text, joined=False, pending=True)
    assert (WorkingText.objects.get().text, words(song), page_generation()) == (text, before, generation)
    assert open_text(song).pending


def test_words_written_back_to_what_is_kept_are_no_longer_pending(write):
    song = write()
    save(KEPT, "а")
    assert save("а", KEPT) == services.Written(KEPT, joined=False, pending=False)
    assert not WorkingText.objects.exists()
    assert not open_text(song).pending


def test_lines_of_two_writers_come_together(write):
    write()
    save(KEPT, KEPT.replace("жанған", "сөнген"))
    together = save(KEPT, KEPT.replace("теңіз", "көл"))
    assert together.joined
    assert together.text == KEPT.replace("жанған", "сөнген").replace("теңіз", "көл")
    assert WorkingText.objects.get().text == together.text


@pytest.mark.parametrize("deed", [save, keep])
def test_the_same_line_of_two_writers_is_shown_to_the_second_and_overwritten_by_none(write, snapshot, deed):
    write()
    save(KEPT, KEPT.replace("жанған", "сөнген"))
    before = snapshot()
    with pytest.raises(refuse.WordsDiffer) as refused:
        deed(KEPT, KEPT.replace("жанған", "жанбаған"))
    assert snapshot() == before
    [conflict] = refused.value.merge.conflicts
    assert (conflict.mine, conflict.theirs) == (("Терезеде жанбаған шам",), ("Терезеде сөнген шам",))


def test_kept_words_are_the_songs_and_a_version(write, crew):
    song = write()
    save(KEPT, "Жаңа жол")
    version = keep("Жаңа жол", "Жаңа жол\n\n\nТағы бірі")
    assert words(song) == ["Жаңа жол", "Тағы бірі"]
    assert not WorkingText.objects.exists()
    assert list(Version.objects.values_list("number", "text")) == [(1, KEPT), (2, version.text)]
    assert kept_text(song) == version.text == "Жаңа жол\n\n\nТағы бірі"


def test_kept_words_that_are_the_same_make_no_version(write):
    write()
    assert keep(KEPT, KEPT + "\n").number == 1
    assert keep(KEPT, KEPT).number == 1
    assert Version.objects.count() == 1


def test_words_that_cannot_be_read_are_written_on_but_not_kept(write, snapshot):
    song = write()
    broken = KEPT + "\n{ru:море"
    save(KEPT, broken)
    before = snapshot()
    with pytest.raises(refuse.BadWords) as refused:
        keep(broken, broken)
    assert (
        str(refused.value) == f"These words cannot be kept yet: line {LINES + 1}: A {{…}} span is not closed."
    )
    assert refused.value.line == LINES + 1
    assert snapshot() == before
    assert open_text(song).text == broken


def test_an_older_version_comes_back_as_a_new_one(write):
    song = write()
    keep(KEPT, "Екінші")
    save("Екінші", "Үшінші, әлі бітпеген")
    services.go_back(song="tereze", version=1, now=NOON)
    told = list(Version.objects.values_list("number", "text"))
    assert told == [(1, KEPT), (2, "Екінші"), (3, "Үшінші, әлі бітпеген"), (4, KEPT)]
    assert words(song) == ["Терезеде жанған шам", "{ru:море,} теңіз", "вернись домой"]
    assert not WorkingText.objects.exists()


def test_words_changed_elsewhere_become_a_version_before_they_are_changed_again(write):
    song = write()
    keep(KEPT, "Екінші")
    line = Line.objects.get(section__song=song)
    line.texts.filter(kind="main").update(text="Папкадан келген")
    there = write_pasted(read_pasted("Папкадан келген", "kk"), "kk", "kk-Cyrl").rstrip()
    assert kept_text(song) == there
    keep(there, "Үшінші")
    told = [KEPT, "Екінші", there, "Үшінші"]
    assert list(Version.objects.values_list("text", flat=True)) == told


def test_a_version_that_is_not_there_is_refused(write, snapshot):
    write()
    before = snapshot()
    with pytest.raises(refuse.NoSuchVersion):
        services.go_back(song="tereze", version=7, now=NOON)
    assert snapshot() == before


@pytest.mark.parametrize(
    ("text", "refusal"), [("а" * 100_001, refuse.TooMuch), ("а\x00", refuse.BadCharacters)]
)
def test_a_text_that_cannot_be_is_refused(write, snapshot, text, refusal):
    write()
    before = snapshot()
    with pytest.raises(refusal):
        save(KEPT, text)
    assert snapshot() == before


def test_a_text_of_the_longest_length_is_kept(write):
    write()
    assert save(KEPT, "а" * services.LONGEST_TEXT).joined is False


def test_versions_tell_who_kept_them_and_how_much_changed(write, crew):
    from aqyn.people.models import Person

    song = write()
    keep(KEPT, KEPT.replace("жанған", "сөнген") + "\nжаңа", actor=Person.objects.get())
    rows, _page = versions(song)
    assert [(row.number, row.person, row.changed, row.current) for row in rows] == [
        (2, "Ару", 2, True),
        (1, "", 5, False),  # three lines and two headings
    ]


def test_empty_lines_are_not_counted_as_changed():
    assert changed_lines("а\nб", "а\n\nб\n\nв") == 1
