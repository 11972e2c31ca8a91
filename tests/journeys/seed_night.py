"""Puts into the house at AQYN_DATA an artist and two songs with words, sound and times; a script.

"window", timed by words, is still a draft; "bridge", timed by lines, is public.
"""

from __future__ import annotations

import seed_songs

TITLES = {
    "window": {"kk-Cyrl": "Терезе", "ru": "Окно", "en": "The Window"},
    "bridge": {"kk-Cyrl": "Көпір", "ru": "Мост", "en": "The Bridge"},
}


def main() -> None:
    import django

    django.setup()
    from django.db import transaction

    from aqyn.people.services import make_artist
    from aqyn.songs.models import Publication
    from aqyn.ui.pages import pages_changed

    with transaction.atomic():
        artist = make_artist(name={"kk-Cyrl": "Ару", "en": "Aru"}, hue=28, slug="aru")
        for slug, title in TITLES.items():
            song = seed_songs.make_song(artist, slug)
            song.title = title
            song.save(update_fields=["title"])
            by_word = seed_songs.words_cues(song)
            by_line = {line: [cues[0][0], cues[-1][1]] for line, cues in by_word.items()}
            seed_songs.make_recording(song, by_word if slug == "window" else by_line, 60_000)
        Publication.objects.filter(song__slug="window").delete()
        pages_changed()


if __name__ == "__main__":
    main()
