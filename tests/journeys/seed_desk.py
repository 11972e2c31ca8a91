"""Puts an evening with a sale, orders and guests into the house at AQYN_DATA, beside an open house."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def main() -> None:
    import django

    django.setup()
    from aqyn.core.places import Wanted
    from aqyn.payments import services as payments
    from aqyn.people.models import Artist
    from aqyn.shows import services as shows
    from aqyn.shows.services import ShowFacts
    from aqyn.tickets.claims import HoldAsked
    from aqyn.tickets.services import buying, selling
    from aqyn.tickets.services import sale as setup
    from aqyn.tickets.services.sale import SaleFacts, TypeFacts

    now = datetime.now(UTC).replace(microsecond=0)
    artist, _made = Artist.objects.get_or_create(slug="aqyn", defaults={"name": {"en": "Aqyn"}})
    told = ShowFacts(
        title={"kk-Cyrl": "Көктем кеші", "en": "A spring evening"},
        city={"en": "Astana"},
        starts_at=now + timedelta(days=9),
        slug="spring",
    )
    shows.make_show(artist=artist.slug, facts=told, now=now)
    shows.announce(show="spring", now=now)
    details = {"receiver": "Aqyn", "account": "KZ86 125K ZT50 0410 0100"}
    way = payments.make_way(adapter="transfer", title={"en": "Transfer"}, details=details, now=now)
    setup.make_sale(show="spring", facts=SaleFacts(ways=[way.pk]), now=now)
    places = {"online": 50, "door": 5, "paper": 5, "guests": 5}
    area = setup.add_area(show="spring", name={"en": "Floor"}, places=places)
    standing = setup.add_type(show="spring", facts=TypeFacts(area.pk, {"en": "Standing"}, price=5_000_00))
    guests = setup.add_type(show="spring", facts=TypeFacts(area.pk, {"en": "Guest"}, guests=True))
    setup.open_sale(show="spring", now=now)
    for number, name in enumerate(("Ару Серікова", "Ерлан Ахметов")):
        email = f"buyer{number}@example.kz"
        asked = HoldAsked("spring", (Wanted(standing.pk, 3),), email, "kk")
        held = buying.hold_places(asked=asked, now=now)
        order = buying.place_order(hold=held.id, name=name, language="kk", way=str(way.pk), now=now)
        if number == 0:
            payments.receive(payment=order.payment_id or 0, amount=order.total, now=now)
    selling.add_guests(show="spring", type=guests.pk, name="Дана", count=2, now=now)


if __name__ == "__main__":
    main()
