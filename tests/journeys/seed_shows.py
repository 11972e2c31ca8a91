"""Puts evenings into the house at AQYN_DATA, one of each kind; a script, to run beside an open house.

"ending" is over some seconds after it was put in; "astana" and "almaty" are a tour's.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

ENDS_IN = timedelta(seconds=12)
LONG = "Қарлығаштарымыздыңқанаттарындағыжарықтарымыздыңсәулелеріненшықты"
DAY = timedelta(days=1)


def main() -> None:
    import django

    django.setup()
    from aqyn.people.services import make_artist
    from aqyn.shows import services
    from aqyn.shows.models import Show

    now = datetime.now(UTC)
    names = {"kk-Cyrl": "Мадина Иманқұлов", "ru": "Мадина Иманкулов", "en": "Madina Imankulov"}
    make_artist(name=names, slug="madina", bio={"kk-Cyrl": "Алматыданмын.", "en": "I am from Almaty."})
    services.make_tour(artist="madina", name={"kk-Cyrl": "Күзгі жол", "en": "Autumn Road"}, now=now)
    for slug, title, days, hue in (
        ("astana", {"kk-Cyrl": "Жалғыз жарық", "ru": "Один свет", "en": "One Light"}, 30, 28),
        ("almaty", {"kk-Cyrl": "Таудың түбінде", "ru": "Под горой", "en": "Under the Mountain"}, 35, 262),
        ("moved", {"kk-Cyrl": "Көшкен кеш", "ru": "Другой вечер", "en": "Another Evening"}, 40, 205),
        ("open", {"kk-Cyrl": "Күні белгісіз кеш", "ru": "Когда-нибудь", "en": "Some Day"}, 45, 150),
        ("off", {"kk-Cyrl": "Болмайтын кеш", "ru": "Отменённый вечер", "en": "No Evening"}, 50, 340),
        ("long", {"kk-Cyrl": LONG, "ru": LONG, "en": LONG}, 55, 28),
        ("gone", {"kk-Cyrl": "Өткен кеш", "ru": "Прошлый вечер", "en": "A Past Evening"}, -20, 100),
        ("ending", {"kk-Cyrl": "Бітер кеш", "ru": "Последний час", "en": "The Last Hour"}, 1, 60),
    ):
        starts = (now + days * DAY).replace(hour=14, minute=0)
        facts = services.ShowFacts(
            slug=slug,
            title=title,
            city={"kk-Cyrl": "Астана", "ru": "Астана", "en": "Astana"},
            venue={"kk-Cyrl": "Дала сарайы", "ru": "Дворец степи", "en": "The Steppe House"},
            address="Сахна көшесі 7",
            country="KZ",
            about={
                "kk-Cyrl": "Қараңғы сахнада жалғыз шам.\n\nБәріміз айтамыз.",
                "en": "One lamp. We all sing.",
            },
            acts=[
                services.ActFacts({"kk-Cyrl": "Түнгі керуен", "en": "Night Caravan"}, "https://x.example/")
            ],
            starts_at=starts,
            doors_at=starts - timedelta(hours=1),
            hue=hue,
            tour="kuzgi-jol" if slug in ("astana", "almaty") else "",
        )
        services.make_show(artist="madina", facts=facts, now=now)
        services.announce(show=slug, now=now)
    reason = {"kk-Cyrl": "Зал жөнделіп жатыр.", "ru": "Зал на ремонте.", "en": "The hall is being mended."}
    later = services.Times((now + 60 * DAY).replace(hour=14, minute=0))
    services.postpone(show="moved", to=later, reason=reason, now=now)
    services.postpone(show="open", reason=reason, now=now)
    services.cancel(show="off", reason=reason, now=now)
    # To the second, which no form tells: the house is to be seen turning.
    now = datetime.now(UTC)
    times = {"doors_at": None, "starts_at": now - timedelta(hours=2), "ends_at": now + ENDS_IN}
    Show.objects.filter(slug="ending").update(**times)
    services.change_tour(tour="kuzgi-jol", name={"kk-Cyrl": "Күзгі жол", "en": "Autumn Road"}, now=now)


if __name__ == "__main__":
    main()
