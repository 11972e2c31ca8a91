"""Run with AQYN_DATA set: makes its database, and in it an artist with three songs that are all ready."""

import hashlib
import os
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aqyn.site.settings")

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SONGS = [
    (
        "qyzylorda",
        {"kk-Cyrl": "Қызылорда", "ru": "Кызылорда", "en": "Kyzylorda"},
        28,
        "11223344556677889988776655443322",
    ),
    (
        "jabyq-mektep",
        {"kk-Cyrl": "Жабық мектеп", "en": "The locked school"},
        262,
        "99887766554433221122334455667788",
    ),
    ("teniz-more", {"kk-Cyrl": "Теңіз, море", "ru": "Теңіз, море"}, 205, "55667788998877665544332211223344"),
]


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from aqyn.people.services import make_artist
    from aqyn.songs.models import Encoding, Line, LineText, Publication, Recording, Section, Song

    artist = make_artist(
        name={"kk-Cyrl": "Мадина Иманқұлов", "ru": "Мадина Иманкулов", "en": "Madina Imankulov"},
        bio={
            "kk-Cyrl": "Алматыданмын.\n\nДомбырамен айтады.",
            "en": "I am from Almaty.\n\nShe plays the dombra.",
        },
        slug="madina",
    )
    for slug, title, hue, wave in SONGS:
        song = Song.objects.create(artist=artist, slug=slug, title=title, hue=hue, created_at=NOON)
        Publication.objects.create(song=song, reach="public", key=f"{slug:x<40}", at=NOON)
        section = Section.objects.create(song=song, position=0)
        line = Line.objects.create(section=section, position=0, language="kk")
        LineText.objects.create(line=line, tag="kk-Cyrl", kind="main", text="Терезеде жанған шам")
        digest = hashlib.sha256(slug.encode()).hexdigest()
        recording = Recording.objects.create(
            song=song,
            file=f"{digest[:2]}/{digest}.wav",
            filename="song.wav",
            sha256=digest,
            bytes=1,
            container="wav",
            duration_ms=245_400,
            peaks=[int(digit) * 11 for digit in wave],
            created_at=NOON,
            preferred=True,
        )
        Encoding.objects.create(
            recording=recording, format="opus", file=f"{digest[:2]}/{digest}.opus", bytes=1, sha256=digest
        )


if __name__ == "__main__":
    main()
