"""A song's words and times as files: who gets which, what they hold, and what cannot be held."""

import pytest
from tests.songs.conftest import NOON, WORDS

from aqyn.core.lyrics.formats import FORMATS, sheet_in
from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.timing import Cue, LineCues
from aqyn.songs import selectors, services
from aqyn.songs.models import Encoding, Recording, Song
from aqyn.songs.selectors.files import ENDINGS
from aqyn.songs.selectors.rows import whole_songs
from aqyn.songs.selectors.sheets import sheet_of_rows

pytestmark = pytest.mark.django_db
TIMED = (
    LineCues.of([Cue(100, 400, (100, 200, 250, 300)), Cue(400, 500, (400, 450)), Cue(600, 700, (600,))]),
    LineCues(800, 1000),
    LineCues.of([Cue(1200, 1500, (1200, 1300)), Cue(1500, 1900, (1500, 1700))]),
)


@pytest.fixture
def timed(write):
    """A song with a recording to hear, every line of it timed: `timed("public")`."""

    def one(state="public", cues=TIMED, sections=WORDS, slug="tereze"):
        song = write(slug, state=state, sections=sections)
        recording = Recording.objects.create(
            song=song, file=f"ab/{slug}.wav", filename="a.wav", sha256=slug, bytes=1, container="wav",
            duration_ms=2_000, created_at=NOON, preferred=True,
        )  # fmt: skip
        Encoding.objects.create(recording=recording, format="aac", file="ab/a.m4a", bytes=9, sha256=slug)
        if cues:
            services.set_timing(recording=recording.pk, cues=cues, now=NOON)
        return song

    return one


def sheet(slug="tereze"):
    [rows] = whole_songs(Song.objects.filter(slug=slug))
    return sheet_of_rows(rows, rows.recording)


def test_lrc_has_times_of_lines_and_enhanced_lrc_those_of_words(timed, visitor):
    timed()
    plain = visitor.get("/songs/tereze/lyrics.lrc")
    assert plain.content.decode() == (
        "[ti:Терезе]\n[ar:Мадина]\n[la:kk-Cyrl]\n\n[00:00.10]Терезеде жанған шам\n[00:00.70]\n"
        "[00:00.80]море, теңіз\n[00:01.00]\n\n[00:01.20]вернись домой\n[00:01.90]\n"
    )
    assert plain["Content-Type"] == "text/plain; charset=utf-8"
    assert plain["Content-Disposition"] == 'attachment; filename="tereze.lrc"'
    assert plain["Access-Control-Allow-Origin"] == "*"
    enhanced = visitor.get("/songs/tereze/lyrics.elrc")
    assert FORMATS["enhanced-lrc"].read(enhanced.content).cues == TIMED
    assert enhanced["Content-Disposition"] == 'attachment; filename="tereze.elrc"'


def test_a_tag_chooses_the_layer(timed, visitor):
    timed()
    latin = visitor.get("/songs/tereze/lyrics.kk-Latn.lrc")
    assert latin["Content-Disposition"] == 'attachment; filename="tereze.kk-Latn.lrc"'
    assert latin.content.decode().splitlines()[2:5] == ["[la:kk-Latn]", "", "[00:00.10]Terezede janğan şam"]
    english = visitor.get("/songs/tereze/lyrics.en.txt").content.decode()
    assert english == "[verse]\nТерезеде жанған шам\nsea\n\n[chorus]\nвернись домой\n"
    assert visitor.get("/songs/tereze/lyrics.kk-Cyrl.lrc").content == (
        visitor.get("/songs/tereze/lyrics.lrc").content
    )


def test_ttml_holds_every_layer_and_comes_back_as_the_song(timed, visitor):
    timed()
    answer = visitor.get("/songs/tereze/lyrics.ttml")
    assert answer["Content-Type"] == "application/ttml+xml; charset=utf-8"
    back, told = FORMATS["ttml"].read(answer.content), sheet()
    assert back.cues == told.cues
    assert [line.words for line in back.lines] == [line.words for line in told.lines]
    assert [{tag: text.text for tag, text in line.readings.items()} for line in back.lines] == [
        {tag: text.text for tag, text in line.readings.items()} for line in told.lines
    ]
    one = FORMATS["ttml"].read(visitor.get("/songs/tereze/lyrics.en.ttml").content)
    assert (one.language, [dict(line.readings) for line in one.lines]) == ("en", [{}, {}, {}])


@pytest.mark.parametrize("tag", ["", "kk-Arab"])
@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_every_file_is_what_its_format_writes_of_the_layer(timed, visitor, ending, tag):
    timed()
    form = FORMATS[ENDINGS[ending]]
    answer = visitor.get(f"/songs/tereze/lyrics.{tag + '.' if tag else ''}{ending}")
    assert (answer.status_code, answer["Content-Type"]) == (200, form.media_type)
    assert answer.content == form.write(sheet_in(sheet(), tag) if tag else sheet())


@pytest.mark.parametrize(
    "name",
    ["lyrics.de.lrc", "lyrics.kk-latn.lrc", "lyrics.xyz", "lyrics.sylt", "lyrics.kk.Latn.lrc", "words.lrc"],
)
def test_a_layer_or_format_that_is_not_there_is_not_found(timed, visitor, name):
    timed()
    assert visitor.get(f"/songs/tereze/{name}").status_code == 404


@pytest.mark.parametrize("state", ["draft", "link"])
def test_the_files_of_a_song_that_is_not_public_are_for_crew_and_link_alone(timed, visitor, crew, state):
    song = timed(state)
    for name in ("lyrics.lrc", "lyrics.en.ttml"):
        assert visitor.get(f"/songs/tereze/{name}").status_code == 404
        assert visitor.get(f"/studio/songs/tereze/{name}").status_code == 302
        desk = crew.get(f"/studio/songs/tereze/{name}")
        assert (desk.status_code, desk["Cache-Control"]) == (200, "no-store")
        assert "Access-Control-Allow-Origin" not in desk
        if state == "link":
            heard = visitor.get(f"/heard/{song.publication.key}/{name}")
            assert (heard.status_code, heard["Cache-Control"]) == (200, "private, no-store")
            assert (heard["X-Robots-Tag"], heard.content) == ("noindex, nofollow", desk.content)
            assert "Access-Control-Allow-Origin" not in heard
    assert visitor.get("/heard/" + "x" * 32 + "/lyrics.lrc").status_code == 404


def test_a_song_without_times_is_only_to_be_had_as_words(timed, visitor):
    timed(cues=())
    answer = visitor.get("/songs/tereze/lyrics.lrc", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.content.decode()) == (
        404,
        "This song has no times yet, and LRC is nothing without them.\n",
    )
    assert visitor.get("/songs/tereze/lyrics.txt").status_code == 200
    page = selectors.song_page("tereze", code="en")
    assert [link.url for link in page.files] == [
        "/songs/tereze/lyrics.ttml",
        "/songs/tereze/lyrics.kk-Latn.txt",
    ]


def test_what_a_format_cannot_hold_is_said_in_a_sentence(timed, visitor):
    timed(sections=[Section("verse", (Line("<00:01.00> деп жазды", "kk"),))], cues=(LineCues(0, 900),))
    answer = visitor.get("/songs/tereze/lyrics.elrc", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.content.decode()) == (
        404,
        "Enhanced LRC cannot hold this song: "
        "line 1: words that look like a time in brackets cannot be written.\n",
    )
    assert "elrc" not in [
        link.url.rpartition(".")[2] for link in selectors.song_page("tereze", code="en").files
    ]


def test_the_page_links_the_files_of_the_layer_that_it_shows(timed, visitor):
    timed()
    text = visitor.get("/en/songs/tereze/kk-Arab/").content.decode()
    for ending in ("lrc", "elrc", "txt"):
        assert f'href="/songs/tereze/lyrics.kk-Arab.{ending}" download' in text
    assert (
        '<link rel="alternate" type="application/ttml+xml; charset=utf-8" href="/songs/tereze/lyrics.ttml"'
        in text
    )
    own = visitor.get("/kk/songs/tereze/").content.decode()
    assert 'href="/songs/tereze/lyrics.lrc" download' in own


def test_a_draft_links_to_files_that_the_crew_can_open(timed, crew):
    timed("draft")
    text = crew.get("/studio/songs/tereze/page/").content.decode()
    assert 'href="/studio/songs/tereze/lyrics.ttml" download' in text
    assert 'rel="alternate" type=' not in text


def test_times_are_those_of_the_recording_that_the_page_plays(timed, visitor):
    song = timed()
    other = Recording.objects.create(
        song=song, file="ab/b.wav", filename="b.wav", sha256="b", bytes=1, container="wav",
        duration_ms=9_000, created_at=NOON,
    )  # fmt: skip
    Encoding.objects.create(recording=other, format="aac", file="ab/b.m4a", bytes=9, sha256="b")
    services.set_timing(recording=other.pk, cues=(LineCues(7000, 8000), None, None), now=NOON)
    assert FORMATS["lrc"].read(visitor.get("/songs/tereze/lyrics.lrc").content).cues[0].start == 100
    services.prefer_recording(recording=other.pk, now=NOON)
    assert FORMATS["lrc"].read(visitor.get("/songs/tereze/lyrics.lrc").content).cues[0].start == 7000


def test_a_corrected_line_is_in_the_next_file(timed, visitor):
    timed()
    line = next(iter(whole_songs(Song.objects.filter(slug="tereze"))[0].lines))
    services.overrule_line(line=line.id, tag="kk-Latn", text="Terezede janghan sham", now=NOON)
    assert "Terezede janghan sham" in visitor.get("/songs/tereze/lyrics.kk-Latn.lrc").content.decode()


def test_hers_and_imported_are_in_the_files_as_what_the_house_made(timed, visitor):
    timed(sections=[Section("verse", (Line("шам", "kk", {"ru": LayerText("лампа", "imported")}),))],
          cues=(LineCues(0, 100),))  # fmt: skip
    assert "лампа" in visitor.get("/songs/tereze/lyrics.ru.lrc").content.decode()
