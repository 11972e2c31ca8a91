"""A folder comes in whole or not at all, and goes out so that it comes in the same."""

import json
import os
import shutil
from pathlib import Path

import pytest
from tests.songs.conftest import NOON, sound

import aqyn.site.sample as sample
from aqyn.songs import sentences as refuse
from aqyn.songs import services
from aqyn.songs.folders.safe import names_in
from aqyn.songs.folders.writing import cues_of, sections_of_rows, write_folder
from aqyn.songs.models import LineText, Recording, Song
from aqyn.songs.selectors import whole_songs
from aqyn.songs.selectors.desk import facts_of

pytestmark = pytest.mark.django_db(transaction=True)

TOML = """
slug = "tereze"
state = "link"
hue = 28
title.kk = "Терезе"
[[sections]]
kind = "verse"
lines = [
    { text = "Терезе {ru:море}", en = "window", latn = "Tereze" },
    { text = "вернись домой", language = "ru" },
]
"""


@pytest.fixture
def folder(tmp_path, artist):
    made = tmp_path / "song"
    made.mkdir()
    (made / "song.toml").write_text(TOML, "utf-8")
    return made


def bring(folder, **told):
    return services.import_folder(folder, artist="madina", now=NOON, **told)


def model(slug):
    """Everything of a song but its numbers and times of day."""
    [rows] = whole_songs(Song.objects.filter(slug=slug))
    texts = [
        sorted((t.tag, t.kind, t.text, t.origin, t.scheme, t.guessed) for t in line.texts.values())
        for line in rows.lines
    ]
    recordings = [
        (
            r.kind, r.name, r.filename, r.sha256, r.container, r.duration_ms, r.preferred, r.peaks,
            r.loudness, sorted((e.format, e.sha256) for e in r.encodings.all()), cues_of(r, rows.lines),
            r.timing.source if hasattr(r, "timing") else None,
        )
        for r in sorted(rows.song.recordings.all(), key=lambda r: (not r.preferred, r.pk))
    ]  # fmt: skip
    reach = rows.publication.reach if rows.publication else "draft"
    return facts_of(rows.song), reach, sections_of_rows(rows, made=True), texts, recordings


def again(tmp_path):
    """The song exported, removed, and imported from that."""
    before = model("tereze")
    services.export_folder(song="tereze", folder=tmp_path / "out")
    services.remove_song(song="tereze", now=NOON)
    bring(tmp_path / "out", wait=True)
    assert model("tereze") == before
    services.export_folder(song="tereze", folder=tmp_path / "out2")
    names = names_in(tmp_path / "out")
    assert names == names_in(tmp_path / "out2")
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "out2" / name).read_bytes()
    return names


def test_words_alone_come_in_and_back(folder, tmp_path):
    assert bring(folder) == services.Imported("tereze", False, 0, 0, False)
    assert LineText.objects.get(tag="kk-Latn", origin="written").text == "Tereze"
    assert again(tmp_path) == ["lyrics.ttml", "song.toml"]


def test_sound_and_times_come_in_and_back(folder, tmp_path):
    sound(folder / "audio.wav")
    lines = [{"words": [[100, 300, [100, 200]], [300, 500]]}, {"start": 600, "end": 900}]
    timing = {"recording": {"kind": "live", "name": "Қазақконцерт"}, "lines": lines}
    (folder / "timing.json").write_text(json.dumps(timing), "utf-8")
    assert bring(folder, wait=True).waiting == 0
    assert again(tmp_path) == ["audio.wav", "lyrics.lrc", "lyrics.ttml", "song.toml", "timing.json"]
    assert (tmp_path / "out" / "audio.wav").read_bytes() == (folder / "audio.wav").read_bytes()


def test_several_recordings_and_hard_texts_come_back(folder, tmp_path):
    hard = 'Тырнақша " кері \\ қиғаш { \\{ } «…» 🎵\n\nекінші'
    story = f"story.kk = {json.dumps(hard, ensure_ascii=False)}\n"
    recordings = (
        '[[recordings]]\nfile = "b.wav"\nkind = "demo"\n[[recordings]]\nfile = "a.wav"\npreferred = true\n'
        'name = "Той"\ntiming = "t.json"\nfilename = "Ән №1.wav"\n'
        '[[credits]]\nrole.kk = "Сөзі"\nrole.ru = "Слова"\nname = "М"\n'
        '[[credits]]\nrole = "music"\nname = "М"\n'
        '[themes]\nkk = ["а", "ә"]\nru = ["б"]\n[cause]\ntitle.kk = "Шам"\nlink = "https://example.org/x?a=1"\n'
    )
    text = TOML.replace("title.kk", story + "year = 2026\ntitle.kk") + recordings
    (folder / "song.toml").write_text(text, "utf-8")
    sound(folder / "a.wav", pitch=300)
    sound(folder / "b.wav", pitch=400)
    (folder / "t.json").write_text(json.dumps({"lines": [None, [0, 1200]]}), "utf-8")
    bring(folder, wait=True)
    assert Song.objects.get().story == {"kk": hard}
    assert Song.objects.get().themes == [{"kk": "а", "ru": "б"}, {"kk": "ә"}]
    names = again(tmp_path)
    assert names == ["audio-2.wav", "audio.wav", "lyrics.lrc", "lyrics.ttml", "song.toml", "timing.json"]


@pytest.mark.parametrize("name", sample.SONGS)
def test_the_sample_songs_come_in_and_back(artist, tmp_path, name):
    bring(sample.song_folder(name))
    services.export_folder(song=name, folder=tmp_path / "out")
    before = model(name)
    bring(tmp_path / "out", replacing=True)
    assert model(name) == before
    assert before[1] == "public"
    foreign = [t for line in before[3] for t in line if t[0] == "kk-Latn" and t[4] == "as-written"]
    assert bool(foreign) == (name == "teniz-more")


def test_a_lyrics_file_alone_is_a_song(artist, tmp_path):
    folder = tmp_path / "Қызылорда"
    folder.mkdir()
    (folder / "lyrics.lrc").write_text("[la:kk]\n[00:00.10]Қызылорда\n[00:00.50]шам сөнбесін", "utf-8")
    sound(folder / "audio.wav")
    assert bring(folder).slug == "qyzylorda"
    assert Song.objects.get().title == {"kk": "Қызылорда"}
    [rows] = whole_songs(Song.objects.all())
    assert [to.start for to in cues_of(Recording.objects.get(), rows.lines)] == [100, 500]
    assert cues_of(Recording.objects.get(), rows.lines)[1].end == 1200


def test_times_for_the_words_of_song_toml_may_be_a_lyrics_file(folder):
    sound(folder / "audio.wav")
    (folder / "lyrics.lrc").write_text("[00:00.10]<00:00.10>а <00:00.30>б<00:00.40>\n[00:00.50]в", "utf-8")
    bring(folder)
    assert list(Recording.objects.get().timing.cues.values()) == [
        [[100, 300, [100], "imported", 80], [300, 400, [300], "imported", 80]],
        [500, 1200, "imported", 80],
    ]


def test_the_worker_prepares_what_was_not_waited_for(folder):
    from aqyn.songs import tasks

    sound(folder / "audio.wav")
    assert bring(folder).waiting == 1
    assert tasks.run_next(now=NOON, stop=lambda: False)
    assert Recording.objects.get().encodings.count() == 2


def test_a_song_that_is_there_is_replaced_only_when_told(folder, snapshot):
    bring(folder)
    before = snapshot()
    with pytest.raises(refuse.SongIsThere):
        bring(folder)
    assert snapshot() == before
    ids = list(LineText.objects.filter(kind="main").values_list("line_id", flat=True))
    (folder / "song.toml").write_text(TOML.replace("window", "a window").replace("link", "draft"), "utf-8")
    assert bring(folder, replacing=True).replaced
    assert list(LineText.objects.filter(kind="main").values_list("line_id", flat=True)) == ids
    assert LineText.objects.get(tag="en").text == "a window"
    assert not hasattr(Song.objects.get(), "publication")


def test_replacing_without_sound_keeps_the_recordings_and_their_times(folder):
    sound(folder / "audio.wav")
    (folder / "timing.json").write_text(json.dumps({"lines": [[0, 10, "tapped", 90], [20, 30]]}), "utf-8")
    bring(folder, wait=True)
    (folder / "audio.wav").unlink()
    assert bring(folder, replacing=True).loose_times
    assert list(Recording.objects.get().timing.cues.values()) == [
        [0, 10, "tapped", 90],
        [20, 30, "imported", 80],
    ]


def test_replacing_with_the_same_sound_does_not_prepare_it_again(folder, media):
    sound(folder / "audio.wav")
    bring(folder, wait=True)
    before = Recording.objects.get().pk
    shares = []
    bring(folder, wait=True, replacing=True, progress=shares.append)
    assert Recording.objects.get().pk == before
    assert shares == []


def test_another_artists_song_is_never_replaced(folder, snapshot):
    from aqyn.people.services import make_artist

    make_artist(name={"ru": "Другая"}, slug="other")
    bring(folder)
    before = snapshot()
    with pytest.raises(refuse.SongOfAnother):
        services.import_folder(folder, artist="other", now=NOON, replacing=True)
    with pytest.raises(refuse.NoSuchArtist):
        services.import_folder(folder, artist="nobody", now=NOON)
    assert snapshot() == before


HOSTILE = {
    "no folder": (lambda f: shutil.rmtree(f), "is not a folder that can be read"),
    "empty": (lambda f: (f / "song.toml").unlink(), "song.toml: Write at least one line of the song."),
    "no toml": (lambda f: (f / "song.toml").write_text("slug = ", "utf-8"), "song.toml: This is not TOML"),
    "nul": (
        lambda f: (f / "song.toml").write_bytes(b'slug = "a\x00"'),
        "song.toml: line 1: there is a control",
    ),
    "latin-1": (
        lambda f: (f / "song.toml").write_bytes(b'a = 1\nslug = "\xe9"'),
        "song.toml: line 2: this is not UTF-8",
    ),
    "huge": (lambda f: (f / "song.toml").write_bytes(b"#" * (9 << 20)), "“song.toml” is larger than 8 MiB."),
    "deep": (
        lambda f: (f / "song.toml").write_text("a = " + "[" * 5000, "utf-8"),
        "song.toml: This is not TOML",
    ),
    "link": (lambda f: _link(f, "song.toml", "/etc/hostname"), "“song.toml” is a link"),
    "pipe": (lambda f: _pipe(f, "lyrics.lrc"), "“lyrics.lrc” is a link or something else"),
    "unknown key": (lambda f: _add(f, "colour = 3"), "The key “colour” is not known"),
    "wrong type": (lambda f: _add(f, "year = true"), "“year” does not hold what belongs there"),
    "title list": (lambda f: _swap(f, 'title.kk = "Терезе"', "title = [1]"), "“title” does not hold"),
    "bad state": (
        lambda f: _swap(f, '"link"', '"secret"'),
        "The state “secret” is not draft, link or public.",
    ),
    "bad mark": (lambda f: _swap(f, "{ru:море}", "{ru:море"), "Line 1: a {ru:…} span must be closed"),
    "main twice": (lambda f: _swap(f, "latn =", "kk-Cyrl ="), "Line 1 gives “kk-Cyrl” twice"),
    "bad tag": (lambda f: _swap(f, "latn =", '"<script>" ='), "is not a language tag"),
    "bad slug": (lambda f: _swap(f, '"tereze"', '"../tereze"'), "cannot be an address"),
    "audio link": (lambda f: _link(f, "audio.wav", "/etc/hostname"), "“audio.wav” is a link"),
    "audio folder": (lambda f: (f / "audio.wav").mkdir(), "“audio.wav” is a link or something else"),
    "broken audio": (
        lambda f: (f / "audio.mp3").write_bytes(b"ID3" * 900),
        "audio.mp3: The recording is damaged",
    ),
    "two audios": (
        lambda f: [sound(f / f"audio.{e}") for e in ("wav", "flac")],
        "There are several sound files",
    ),
    "traversal": (
        lambda f: _add(f, '[[recordings]]\nfile = "../tone.wav"'),
        "is not the plain name of a file",
    ),
    "absolute": (
        lambda f: _add(f, '[[recordings]]\nfile = "/etc/passwd"'),
        "is not the plain name of a file",
    ),
    "hidden": (lambda f: _add(f, '[[recordings]]\nfile = ".x.wav"'), "is not the plain name of a file"),
    "missing": (lambda f: _add(f, '[[recordings]]\nfile = "x.wav"'), "“x.wav” is not in the folder."),
    "timing traversal": (
        lambda f: [sound(f / "x.wav"), _add(f, '[[recordings]]\nfile = "x.wav"\ntiming = "../t.json"')],
        "“../t.json” is not the plain name",
    ),
    "timing shape": (lambda f: _timing(f, "[]"), "“timing.json” does not hold the times of lines"),
    "timing json": (lambda f: _timing(f, "{"), "“timing.json” is not JSON"),
    "timing deep": (lambda f: _timing(f, "[" * 100_000), "“timing.json” is not JSON"),
    "timing count": (lambda f: _timing(f, '{"lines": [null]}'), "timing.json: There are times for 1 lines"),
    "timing order": (
        lambda f: _timing(f, '{"lines": [[50, 90], [40, 60]]}'),
        "timing.json: line 2: it begins before the line above it.",
    ),
    "timing long": (
        lambda f: _timing(f, '{"lines": [null, [0, 5000]]}'),
        "after the end of the recording at 12",
    ),
    "bad ttml": (
        lambda f: (f / "lyrics.ttml").write_text("<tt>\n<p>", "utf-8"),
        "lyrics.ttml: line 2: this is not",
    ),
    "bad lrc": (
        lambda f: (f / "lyrics.lrc").write_text("[00:01.00]а\n[00:61.00]б"),
        "lyrics.lrc: line 2: “[00:61.00]”",
    ),
    "other words": (
        lambda f: [
            sound(f / "audio.wav"),
            (f / "lyrics.lrc").write_text("[00:00.10]<00:00.10>а\n[00:01.00]б"),
        ],
        "lyrics.lrc: line 1: it has other words than the song",
    ),
}


def _add(folder, text):
    file = folder / "song.toml"
    head, _, tail = file.read_text("utf-8").partition("[[sections]]")
    table = text.startswith("[")
    file.write_text(
        f"{head}[[sections]]{tail}\n{text}" if table else f"{text}\n{head}[[sections]]{tail}", "utf-8"
    )


def _swap(folder, old, new):
    file = folder / "song.toml"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def _link(folder, name, target):
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(target)


def _pipe(folder, name):
    os.mkfifo(folder / name)


def _timing(folder, text):
    sound(folder / "audio.wav")
    (folder / "timing.json").write_text(text, "utf-8")


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_folder_is_told_in_one_sentence_and_changes_nothing(folder, snapshot, case):
    harm, told = HOSTILE[case]
    before = snapshot()
    harm(folder)
    with pytest.raises(refuse.Refusal) as refused:
        bring(folder, wait=True)
    assert told in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert snapshot() == before


def test_all_faults_are_told_at_once(folder):
    _swap(folder, '"link"', '"secret"')
    _swap(folder, "hue = 28", "hue = 400")
    with pytest.raises(refuse.FolderRefused) as refused:
        bring(folder)
    assert refused.value.faults == [
        "song.toml: The hue is a whole number from 0 to 359.",
        "song.toml: The state “secret” is not draft, link or public.",
    ]


def test_an_export_never_writes_over_anything(folder, tmp_path):
    bring(folder)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(refuse.FolderNotEmpty):
        services.export_folder(song="tereze", folder=tmp_path / "there")
    assert names_in(tmp_path / "there") == ["mine.txt"]
    with pytest.raises(refuse.NoSuchSong):
        services.export_folder(song="nobody", folder=tmp_path / "new")


def test_a_broken_export_leaves_no_folder(folder, tmp_path, media):
    sound(folder / "audio.wav")
    bring(folder)
    shutil.rmtree(media)
    [rows] = whole_songs(Song.objects.all())
    with pytest.raises(OSError):
        write_folder(rows, tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["song"]


def test_an_export_does_not_give_the_link_away(folder, tmp_path):
    bring(folder)
    key = Song.objects.get().publication.key
    services.export_folder(song="tereze", folder=tmp_path / "out")
    assert not any(
        key in Path(tmp_path / "out" / name).read_text("utf-8") for name in names_in(tmp_path / "out")
    )


def test_an_import_that_fails_while_writing_takes_its_files_back(folder, snapshot):
    from django.db import IntegrityError

    bring(folder)
    sound(folder / "audio.wav")
    before = snapshot()
    with pytest.raises(IntegrityError):
        # A recording without a day cannot be kept: the database says so after its files were put away.
        services.import_folder(folder, artist="madina", now=None, replacing=True, wait=True)
    assert snapshot() == before
