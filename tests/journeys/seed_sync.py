"""Puts songs to be timed into the house at AQYN_DATA; a script, to run beside an open house."""

from __future__ import annotations

import seed_songs

SHORT = [
    ("kk", "Жалғыз жарық жолымда,", "A single light upon my road,"),
    ("kk", "Терезеде жанған шам,", "a lamp that burns behind the pane,"),
    ("ru", "вернись домой,", "come back home,"),
    ("kk", "Қайтар жолды табамын.", "I shall find the way again."),
]
OPENINGS = [
    "Таң атқанда",
    "Түн батқанда",
    "Жел тұрғанда",
    "Қар кеткенде",
    "Су аққанда",
    "Күн шыққанда",
    "Бұлт көшкенде",
    "Гүл ашқанда",
]
CLOSINGS = ["мен келемін,", "сен күтерсің,", "біз ән саламыз,", "ел оянады,", "жол ашылады."]
APART_MS = 1200


def main() -> None:
    import django

    django.setup()
    from django.db import transaction

    from aqyn.people.models import Artist

    with transaction.atomic():
        artist = Artist.objects.create(slug="aqyn", name={"kk-Cyrl": "Ақын", "en": "Aqyn"})
        for slug in ("keys", "touch", "drag", "two", "away", "drawn", "look", "rewritten"):
            _song(artist, slug, SHORT, 30_000, timed=slug in ("drag", "look", "rewritten"))
        _song(artist, "undrawn", SHORT, 3_000, drawn=False)
        forty = [("kk", f"{opening} {closing}", "") for closing in CLOSINGS for opening in OPENINGS]
        _song(artist, "forty", forty, 2_000 + APART_MS * len(forty) + 3_000)


def _song(artist, slug, lines, duration_ms, *, timed=False, drawn=True) -> None:
    from aqyn.songs.models import Waveform

    seed_songs.LINES = lines
    song = seed_songs.make_song(artist, slug)
    cues = seed_songs.words_cues(song) if timed else {}
    told = {"look": ["tapped", 90], "drag": ["spread", 50], "rewritten": ["tapped", 90]}.get(slug)
    recording = seed_songs.make_recording(
        song, {line: [[*word, *told] for word in words] for line, words in cues.items()}, duration_ms
    )
    if not drawn:
        return
    loud = bytes(60 + 60 * (n // 40 % 3) + 15 * (n % 5) for n in range(duration_ms // 10))
    Waveform.objects.create(recording=recording, levels=loud)


if __name__ == "__main__":
    main()
