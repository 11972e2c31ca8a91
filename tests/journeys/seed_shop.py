"""Puts an evening whose places are on sale into the house at AQYN_DATA; a script, beside an open house.

Its ticket types are told in `shop.json` in that folder, by name. With `--end HOLD SECONDS` the hold of these
letters ends so soon instead.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

CODE = "достар"
# name: texts, and what is told of the type; amounts in tiyn.
TYPES = {
    "standing": ({"kk-Cyrl": "Тұрып тыңдау", "en": "Standing"}, {"price": 5_000_00, "limit": 6}),
    "last": ({"kk-Cyrl": "Соңғы қатар", "en": "The last row"}, {"price": 8_000_00, "quantity": 2}),
    "named": (
        {"kk-Cyrl": "Шамаңызша", "en": "As you can"},
        {
            "price": 4_000_00,
            "floor": 1_000_00,
            "quantity": 30,
            "note": {"kk-Cyrl": "Жол ақысына қосыламыз.", "en": "It pays for the road."},
        },
    ),
    "children": ({"kk-Cyrl": "Балалар", "en": "Children"}, {"quantity": 20}),
    "later": ({"kk-Cyrl": "Балкон", "en": "Balcony"}, {"price": 6_000_00}),
    "friends": ({"kk-Cyrl": "Достарға", "en": "For friends"}, {"price": 2_500_00, "quantity": 10}),
}


def main() -> None:
    import django

    django.setup()
    from aqyn.payments import services as payments
    from aqyn.people.services import make_artist
    from aqyn.shows import services as shows
    from aqyn.tickets.services import sale as setup
    from aqyn.tickets.services.sale import SaleFacts, TypeFacts

    if "--end" in sys.argv:
        _end(*sys.argv[-2:])
        return
    now = datetime.now(UTC).replace(microsecond=0)
    make_artist(name={"kk-Cyrl": "Ару", "en": "Aru"}, hue=28, slug="aru")
    facts = shows.ShowFacts(
        slug="spring",
        title={"kk-Cyrl": "Жалғыз жарық", "ru": "Один свет", "en": "One Light"},
        city={"kk-Cyrl": "Астана", "en": "Astana"},
        venue={"kk-Cyrl": "Дала сарайы", "en": "The Steppe House"},
        starts_at=(now + timedelta(days=20)).replace(hour=14, minute=0, second=0),
    )
    shows.make_show(artist="aru", facts=facts, now=now)
    shows.announce(show="spring", now=now)
    ways = [
        payments.make_way(
            adapter="transfer",
            title={"kk-Cyrl": "Банк аударымы", "en": "Bank transfer"},
            details={"receiver": "Aru", "account": "KZ86 125K ZT50 0410 0100", "bank": "Bank of the Steppe"},
            now=now,
        ),
        payments.make_way(
            adapter="kaspi", title={"en": "Kaspi"}, details={"link": "https://pay.example/1"}, now=now
        ),
        payments.make_way(
            adapter="door", title={"kk-Cyrl": "Есік алдында", "en": "At the door"}, details={}, now=now
        ),
    ]
    setup.make_sale(show="spring", facts=SaleFacts(ways=[way.pk for way in ways]), now=now)
    area = setup.add_area(show="spring", name={"en": "Floor"}, places={"online": 400})
    more = {
        "later": {"starts_at": now + timedelta(days=3)},
        "friends": {"code": CODE},
    }
    types = {
        key: setup.add_type(show="spring", facts=TypeFacts(area.pk, name, **told, **more.get(key, {}))).pk
        for key, (name, told) in TYPES.items()
    }
    setup.open_sale(show="spring", now=now)
    told = {"types": types, "ways": {way.adapter: way.pk for way in ways}}
    Path(os.environ["AQYN_DATA"], "shop.json").write_text(json.dumps(told), "utf-8")


def _end(hold: str, seconds: str) -> None:
    from aqyn.core.passes.serials import number
    from aqyn.tickets.models import Hold

    ends = datetime.now(UTC) + timedelta(seconds=float(seconds))
    Hold.objects.filter(pk=number(hold)).update(expires_at=ends)


if __name__ == "__main__":
    main()
