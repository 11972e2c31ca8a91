"""Puts an evening into the house at AQYN_DATA: a show "spring" with its setlist; a script, to run beside an
open house. With `--open` its hall is open.

The setlist: a song timed by words (its Kazakh in three scripts, and English), one timed by lines that ends
with playing alone, one without times, talk, and as encore the first song again, its chorus sung twice.
"""

from __future__ import annotations

import secrets
import sys
from datetime import UTC, datetime, timedelta

import seed_songs

SHOW = "spring"
LONG = "Қарлығаштарымыздың қанаттарындағы жарықтарымыздың сәулелері"
TITLES = {
    "timed": {"kk-Cyrl": "Терезе", "en": "The Window"},
    "lines": {"kk-Cyrl": "Көпір", "en": "The Bridge"},
    "untimed": {"kk-Cyrl": "Қарлығаш", "en": "The Swallow"},
}
IN_KAZAKH = "айнала қабыршақтың сыбдыры."
CHORUS, VERSE = 0, 1


def main() -> None:
    import django

    django.setup()
    from django.db import transaction

    from aqyn.people.models import Artist
    from aqyn.ui.pages import pages_changed

    now = datetime.now(UTC).replace(microsecond=0)
    with transaction.atomic():
        artist = Artist.objects.create(slug="aqyn", name={"kk-Cyrl": "Ақын", "en": "Aqyn"})
        show = _show(artist, now)
        _setlist(show, _songs(artist))
        if "--open" in sys.argv:
            _open(show, now)
        pages_changed()


def _show(artist, now):
    from aqyn.shows.models import Announcement, Show

    show = Show.objects.create(
        artist=artist,
        slug=SHOW,
        title={"kk-Cyrl": "Көктем кеші", "ru": "Весенний вечер", "en": "A spring evening"},
        city={"kk-Cyrl": "Астана", "en": "Astana"},
        country="KZ",
        venue={"kk-Cyrl": "Дала сарайы", "en": "The Steppe House"},
        time_zone="Asia/Almaty",
        doors_at=now + timedelta(hours=1),
        starts_at=now + timedelta(hours=2),
        created_at=now,
        changed_at=now,
    )
    Announcement.objects.create(show=show, at=now)
    return show


def _songs(artist):
    songs = {slug: seed_songs.make_song(artist, slug) for slug in TITLES}
    for slug, song in songs.items():
        song.title = TITLES[slug]
        song.hue = {"timed": 28, "lines": 262, "untimed": 205}[slug]
        song.save(update_fields=["title", "hue"])
    by_word = seed_songs.words_cues(songs["timed"])
    seed_songs.make_recording(songs["timed"], by_word, _ends(by_word) + 3_000)
    by_line = {key: [cues[0][0], cues[-1][1]] for key, cues in seed_songs.words_cues(songs["lines"]).items()}
    seed_songs.make_recording(songs["lines"], by_line, _ends(by_word) + 3_000)
    songs["lines"].sections.create(position=99, kind="outro")
    _long_line(songs["untimed"])
    _in_kazakh(songs["untimed"])
    return songs


def _ends(cues):
    return max(words[-1][1] for words in cues.values())


def _long_line(song):
    """A line of sixty letters, with words as long as Kazakh has them; in no other script but its own."""
    from aqyn.songs.models import LineText

    section = song.sections.last()
    line = section.lines.create(position=section.lines.count(), language="kk")
    line.texts.create(tag="kk-Cyrl", kind=LineText.Kind.MAIN, text=LONG)


def _in_kazakh(song):
    """What its Russian line means, for those who read Kazakh."""
    from aqyn.songs.models import LineText

    line = song.sections.last().lines.get(language="ru")
    line.texts.create(tag="kk", kind=LineText.Kind.TRANSLATION, text=IN_KAZAKH)


def _setlist(show, songs):
    from aqyn.stage.models import Entry

    told = [
        {"song": songs["timed"]},
        {"song": songs["lines"]},
        {"song": songs["untimed"]},
        {"kind": "talk", "title": {"kk-Cyrl": "Құс жолы туралы", "en": "About the Milky Way"}},
        {"song": songs["timed"], "encore": True, "order": [CHORUS, VERSE, CHORUS]},
    ]
    for position, facts in enumerate(told):
        Entry.objects.create(show=show, position=position, **facts)


def _open(show, now):
    from aqyn.stage.models import Performance

    Performance.objects.create(
        show=show,
        key=secrets.token_urlsafe(32),
        opened_at=now,
        number=1,
        time_ms=round(now.timestamp() * 1000),
    )


if __name__ == "__main__":
    main()
