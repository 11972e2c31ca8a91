"""A song and a file for it, for the tests of bringing files in."""

from tests.songs.conftest import NOON

from aqyn.core.lyrics.formats import FORMATS
from aqyn.core.lyrics.model import Line, Section
from aqyn.songs.models import Recording, Song
from aqyn.songs.selectors.rows import whole_songs
from aqyn.songs.selectors.sheets import cues_of

WORDS = (
    Section("verse", (Line("Терезеде жанған шам", "kk"), Line("{ru:море,} теңіз", "kk"))),
    Section("chorus", (Line("вернись домой", "ru"),)),
)
LRC = """[ti:Терезе]
[00:01.00]ТЕРЕЗЕДЕ жанған — шам!
[00:03.00]море, теңіз
[00:05.00]вернись домой
[00:07.00]
"""


def recorded(song):
    """The song with a recording of ten seconds, untimed."""
    Recording.objects.create(
        song=song, file="ab/a.wav", filename="a.wav", sha256="a", bytes=1, container="wav",
        duration_ms=10_000, created_at=NOON, preferred=True,
    )  # fmt: skip
    return song


def rows(slug="tereze"):
    return whole_songs(Song.objects.filter(slug=slug))[0]


def read(text, key="lrc"):
    return FORMATS[key].read(text.encode())


def cues():
    found = cues_of(Recording.objects.get(), rows().lines)
    return [line and [line.start, line.end, str(line.origin), line.sure] for line in found]


def texts(tag):
    return [
        (line.texts[tag].text, line.texts[tag].origin) if tag in line.texts else None for line in rows().lines
    ]
