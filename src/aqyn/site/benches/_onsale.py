"""A house for the bench of the sale: two shows whose places cost nothing. Says their types' ids as JSON."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

SHOWS = ("rate", "rush")


def main() -> None:
    """Fills the folder of AQYN_DATA. BENCH_PLACES: how many places each show has, "30000,3000"."""
    places = [int(count) for count in os.environ["BENCH_PLACES"].split(",")]
    from aqyn.site.house import migrate, open_house

    open_house()
    migrate()
    from aqyn.people import services as people
    from aqyn.shows import services as shows
    from aqyn.tickets.services import sale as tickets

    now = datetime.now(UTC)
    artist = people.make_artist(name={"kk-Cyrl": "Ару"}, bio={}, hue=28)
    types = {}
    for show, count in zip(SHOWS, places, strict=True):
        facts = shows.ShowFacts(
            title={"kk-Cyrl": "Кеш"}, city={"kk-Cyrl": "Астана"}, starts_at=now + timedelta(days=7), slug=show
        )
        shows.make_show(artist=artist.slug, facts=facts, now=now)
        shows.announce(show=show, now=now)
        tickets.make_sale(show=show, currency="KZT", now=now)
        area = tickets.add_area(show=show, name={"kk-Cyrl": "Партер"}, places={"online": count})
        type_facts = tickets.TypeFacts(area=area.pk, name={"kk-Cyrl": "Кіру"})
        types[show] = tickets.add_type(show=show, facts=type_facts).pk
        tickets.open_sale(show=show, now=now)
    sys.stdout.write(json.dumps(types) + "\n")


def tell(show: str) -> None:
    """What stands in the rows of this show's sale, as JSON."""
    from aqyn.site.house import open_house

    open_house()
    from django.db import connection

    def ask(columns: str, rest: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {rest}", [show])
            return list(cursor.fetchall())

    of_show = (
        "JOIN tickets_sale AS sale ON sale.id = {0}.sale_id JOIN shows_show AS s ON s.id = sale.show_id "
    )
    of_show += "WHERE s.slug = %s"
    orders: dict[str, list[int]] = {}
    tickets = ask("t.order_id, t.serial", f"tickets_ticket AS t {of_show.format('t')} AND t.gone_at IS NULL")
    for order, serial in tickets:
        orders.setdefault(str(order), []).append(serial)
    waiting = "tickets_holditem AS i JOIN tickets_hold AS h ON h.id = i.hold_id "
    waiting += f"{of_show.format('h')} AND h.ended_at IS NULL"
    held = ask("COALESCE(SUM(i.quantity), 0)", waiting)[0][0]
    taken = ask(
        "COALESCE(SUM(q.taken), 0)",
        f"tickets_quota AS q JOIN tickets_area AS a ON a.id = q.area_id {of_show.format('a')}",
    )[0][0]
    told = {
        "orders": orders,
        "holds": [id_ for (id_,) in ask("h.id", f"tickets_hold AS h {of_show.format('h')}")],
        "sold": len(tickets),
        "live": int(held) + len(tickets),
        "taken": int(taken),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    tell(sys.argv[1]) if len(sys.argv) > 1 else main()
