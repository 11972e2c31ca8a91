"""Puts an artist, an evening and her followers into the house at AQYN_DATA; a script."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

CITIES = ["Алматы"] * 9 + ["Астана"] * 5 + ["Шымкент"] * 3 + ["Қызылорда", "Berlin", ""]
LANGUAGES = ["kk", "kk", "kk", "ru", "kk-latn", "kk-arab", "en"]


def main() -> None:
    import django

    django.setup()
    from aqyn.people.models import Fan
    from aqyn.people.services import make_artist
    from aqyn.shows import services as shows

    now = datetime.now(UTC)
    names = {"kk-Cyrl": "Мадина Иманқұлов", "ru": "Мадина Иманкулов", "en": "Madina Imankulov"}
    artist = make_artist(name=names, slug="madina", bio={"kk-Cyrl": "Алматыданмын.", "en": "From Almaty."})
    facts = shows.ShowFacts(
        slug="evening",
        title={"kk-Cyrl": "Жалғыз жарық", "ru": "Один свет", "en": "One Light"},
        city={"kk-Cyrl": "Астана", "ru": "Астана", "en": "Astana"},
        venue={"kk-Cyrl": "Дала сарайы", "ru": "Дворец степи", "en": "The Steppe House"},
        starts_at=(now + timedelta(days=30)).replace(hour=14, minute=0),
    )
    shows.make_show(artist="madina", facts=facts, now=now)
    shows.announce(show="evening", now=now)
    for number, city in enumerate(CITIES):
        Fan.objects.create(
            artist=artist,
            email=f"reader{number}@example.kz",
            city=city,
            language=LANGUAGES[number % len(LANGUAGES)],
            token_sha256=f"seed {number}",
            asked_at=now - timedelta(days=number + 1),
            confirmed_at=now - timedelta(days=number + 1),
        )


main()
