"""Puts an evening with tickets and three doors into the house at AQYN_DATA; a script, beside an open house.

What journeys need of it stands in `door.json` in that folder: the doors' paths, and codes by whose they are.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

GUESTS = {
    "good": ("Айгүл Сейітқызы", 1),
    "passed_on": ("Ортақ билет", 1),
    "copied": ("Дана Оразова", 1),
    "undone": ("Erlan Qojabek", 1),
    "three": ("Қызылорда қонақтары", 3),
    "unpaid": ("Болат", 1),
    "lapsed": ("Сәуле", 1),
    "replaced": ("Нұрлан", 1),
    "typed": ("Жанар", 1),
    "late": ("Кейін келген", 1),
    "usb": ("Самат", 1),
    "killed": ("Мәди", 1),
    "closed": ("Ляззат", 1),
}
LATE = 20
"""Tickets that are there only to make the list longer."""


def main() -> None:
    import django

    django.setup()
    from django.db import transaction

    from aqyn.people.models import Artist
    from aqyn.tickets.models import Order, Revocation, Ticket
    from aqyn.tickets.numbers import new_serial
    from aqyn.tickets.selectors.passes import code_of
    from aqyn.tickets.services import doors
    from aqyn.ui.pages import pages_changed

    now = datetime.now(UTC).replace(microsecond=0)
    with transaction.atomic():
        artist = Artist.objects.filter(slug="aqyn").first() or Artist.objects.create(
            slug="aqyn", name={"kk-Cyrl": "Ақын", "en": "Aqyn"}
        )
        standing, dance = _sale(artist, "spring", {"kk-Cyrl": "Көктем кеші", "en": "A spring evening"}, now)
        other, _dance = _sale(
            artist, "yesterday", {"kk-Cyrl": "Кешегі кеш", "en": "Yesterday"}, now - timedelta(days=1)
        )
        tickets = {key: _tickets(standing, name, count, now) for key, (name, count) in GUESTS.items()}
        for number in range(LATE):
            _tickets(dance, f"Қонақ {number}", 1, now)
        for key in ("owes", "owes_too"):
            tickets[key] = _due_at_the_door(standing, "Төлеуші", 2, now)
        codes = {key: [code_of(ticket) for ticket in made] for key, made in tickets.items()}
        codes["other"] = [code_of(_tickets(other, "Кеше", 1, now)[0])]
        serials = {key: [ticket.serial for ticket in made] for key, made in tickets.items()}
        numbers = {key: [ticket.number for ticket in made] for key, made in tickets.items()}
        Order.objects.filter(tickets=tickets["unpaid"][0]).update(confirmed_at=None)
        Ticket.objects.filter(pk=tickets["lapsed"][0].pk).update(gone_at=now, gone_why="lapsed")
        replaced = tickets["replaced"][0]
        Revocation.objects.create(ticket=replaced, serial=replaced.serial, at=now)
        Ticket.objects.filter(pk=replaced.pk).update(serial=new_serial())
        paths = [
            f"/door/{doors.token_of(doors.make_door(show='spring', name=name, now=now).pk)}/"
            for name in ("Main entrance", "Side entrance", "Back door")
        ]
        pages_changed()
    told = {"doors": paths, "codes": codes, "serials": serials, "numbers": numbers}
    Path(os.environ["AQYN_DATA"], "door.json").write_text(json.dumps(told), "utf-8")


def _sale(artist, slug, title, at):
    from aqyn.shows.models import Announcement, Show
    from aqyn.tickets.models import Area, Quota, Sale, TicketType

    show = Show.objects.create(
        artist=artist,
        slug=slug,
        title=title,
        city={"kk-Cyrl": "Астана", "en": "Astana"},
        country="KZ",
        venue={"kk-Cyrl": "Дала сарайы"},
        time_zone="Asia/Almaty",
        doors_at=at + timedelta(hours=1),
        starts_at=at + timedelta(hours=2),
        created_at=at,
        changed_at=at,
    )
    Announcement.objects.create(show=show, at=at)
    sale = Sale.objects.create(show=show, currency="KZT", made_at=at, opened_at=at)
    area = Area.objects.create(sale=sale, name={"kk-Cyrl": "Партер", "en": "Floor"})
    for channel, count in {"online": 100, "door": 12, "paper": 0, "guests": 0}.items():
        Quota.objects.create(area=area, channel=channel, quantity=count)
    return [
        TicketType.objects.create(sale=sale, area=area, position=place, name=name, price=price)
        for place, (name, price) in enumerate(
            [
                ({"kk-Cyrl": "Тұрып тыңдау", "en": "Standing"}, 500_000),
                ({"kk-Cyrl": "Студентке", "en": "Students"}, 250_000),
            ]
        )
    ]


def _held(type_, count, now):
    from aqyn.core.places import Wanted
    from aqyn.tickets import claims

    asked = claims.HoldAsked(
        type_.sale.show.slug, (Wanted(type_.pk, count),), "guest@example.kz", by_crew=True
    )
    return claims.claim(claims.of_django(), [asked], now=now)[0]


def _due_at_the_door(type_, name, count, now):
    """Tickets of one who pays on coming."""
    from aqyn.payments.services import crew_way
    from aqyn.tickets.services.buying import place_order

    way = crew_way("door", now=now)
    type_.sale.ways.add(way)
    held = _held(type_, count, now)
    return list(place_order(hold=held.id, name=name, language="kk", way=str(way.pk), now=now).tickets.all())


def _tickets(type_, name, count, now):
    from aqyn.tickets import claims
    from aqyn.tickets.models import Ticket

    held = _held(type_, count, now)
    told = claims.OrderAsked(held.id, name, way="cash", confirmed=True)
    placed = claims.order(claims.of_django(), [told], now=now, paid_too=True)[0]
    return list(Ticket.objects.filter(order=placed.id))


if __name__ == "__main__":
    main()
