"""Chords stay over their letters, on every way into a song and out of it."""

import tomllib

import pytest
from tests.songs.conftest import NOON

from aqyn.core.lyrics.model import Chord, Line, Section
from aqyn.core.lyrics.pasted import read_pasted, write_pasted
from aqyn.songs import checks, services
from aqyn.songs import sentences as refuse
from aqyn.songs.folders.writing import sections_of_rows, write_folder
from aqyn.songs.models import Song
from aqyn.songs.selectors import whole_songs

TEXT = "[verse]\n[Am]Терезе {ru:мо[G]ре} [C]\nжел\n"
TOML = """
slug = "tereze"
title.kk = "Терезе"
[[sections]]
lines = [{ text = "Терезе {ru:море}", chords = %s }]
"""


def sections() -> tuple[Section, ...]:
    [rows] = whole_songs(Song.objects.all())
    return sections_of_rows(rows)


@pytest.mark.django_db
def test_chords_of_a_text_are_kept_with_its_lines(write):
    write(sections=read_pasted(TEXT, "kk"))
    assert write_pasted(sections(), "kk") == TEXT
    services.change_words(song="tereze", sections=read_pasted(TEXT.replace("[G]", ""), "kk"), now=NOON)
    assert write_pasted(sections(), "kk") == TEXT.replace("[G]", "")


@pytest.mark.django_db(transaction=True)
def test_a_folder_brings_chords_and_takes_them_along(artist, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/song.toml").write_text(TOML % '[[1, 2, "G"], [0, 0, "Am"], [2, 0, "C"]]', "utf-8")
    services.import_folder(tmp_path / "in", artist="madina", now=NOON)
    assert write_pasted(sections(), "kk") == "[verse]\n[Am]Терезе {ru:мо[G]ре} [C]\n"
    [rows] = whole_songs(Song.objects.all())
    write_folder(rows, tmp_path / "out")
    told = tomllib.loads((tmp_path / "out/song.toml").read_text("utf-8"))
    assert told["sections"][0]["lines"] == [
        {"text": "Терезе {ru:море}", "chords": [[0, 0, "Am"], [1, 2, "G"], [2, 0, "C"]]}
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("chords", "fault"),
    [
        ('"Am"', "Line 1: “chords” is a list of chords, each [word, letter, name]."),
        ('[[0, true, "Am"]]', "Line 1: “chords” is a list of chords, each [word, letter, name]."),
        ("[[0, 0]]", "Line 1: “chords” is a list of chords, each [word, letter, name]."),
        ('[[0, 6, "Am"]]', "Line 1: the chord Am stands over no letter of the line."),
        ('[[-1, 0, "Am"]]', "Line 1: the chord Am stands over no letter of the line."),
        ('[[0, 0, "кел"]]', "Line 1: “кел” is not the name of a chord such as Am or G7/B."),
    ],
)
def test_chords_that_stand_nowhere_are_refused_and_nothing_is_written(artist, tmp_path, chords, fault):
    (tmp_path / "song.toml").write_text(TOML % chords, "utf-8")
    with pytest.raises(refuse.FolderRefused) as refused:
        services.import_folder(tmp_path, artist="madina", now=NOON)
    assert refused.value.faults == [f"song.toml: {fault}"]
    assert not Song.objects.exists()


def test_a_line_has_so_many_chords_at_most():
    def played(count: int) -> list[Section]:
        return [Section("verse", (Line("а", "kk", chords=(Chord(0, 0, "Am"),) * count),))]

    assert checks.sections(played(checks.MOST_CHORDS)) == tuple(played(checks.MOST_CHORDS))
    with pytest.raises(refuse.TooManyChords):
        checks.sections(played(checks.MOST_CHORDS + 1))
