"""The sale as a plain model keeps it: lists that are counted anew each time, for the real one to be held to.

It knows nothing of counters, of the book's accounts or of the order in which the real one writes things down.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


@dataclass
class Kind:
    """A ticket type."""

    id: int
    area: int
    price: int
    floor: int | None = None
    quantity: int | None = None
    limit: int | None = None
    code: str = ""
    guests: bool = False


@dataclass
class Place:
    kind: Kind
    channel: str
    price: int
    gone: str = ""


@dataclass
class Held:
    email: str
    channel: str
    places: list[Place]
    expires: datetime | None
    ended: bool = False

    def kept(self, now: datetime) -> bool:
        return not self.ended and (self.expires is None or self.expires > now)


@dataclass
class Bought:
    """An order. `way`: of its payment, None where nothing was to be paid. `reduced`: what its price was
    lowered by. `back`: what is to be sent back and is not let go."""

    email: str
    places: list[Place]
    way: int | None
    at_once: bool
    due: datetime | None = None
    reduced: int = 0
    received: int = 0
    back: int = 0
    lapsed: bool = False
    cancelled: bool = False
    was_confirmed: bool = False

    @property
    def live(self) -> list[Place]:
        return [place for place in self.places if not place.gone]

    @property
    def charged(self) -> int:
        return 0 if self.way is None else max(0, sum(p.price for p in self.live) - self.reduced)

    @property
    def over(self) -> bool:
        return self.lapsed or self.cancelled

    @property
    def confirmed(self) -> bool:
        return self.at_once or self.way is None or self.received >= self.charged


@dataclass
class Oracle:
    now: datetime
    ends: datetime
    kinds: dict[int, Kind] = field(default_factory=dict)
    quotas: dict[tuple[int, str], int] = field(default_factory=dict)
    holds: dict[int, Held] = field(default_factory=dict)
    orders: dict[int, Bought] = field(default_factory=dict)
    came: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    went: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    scans: dict[str, tuple] = field(default_factory=dict)
    beyond: set[str] = field(default_factory=set)
    """Buyers whose limit the crew has gone beyond."""
    open: bool = True

    def live(self) -> list[tuple[str, Place]]:
        """Every place that is taken, with whose it is."""
        held = [(h.email, p) for h in self.holds.values() if h.kept(self.now) for p in h.places]
        return held + [(o.email, p) for o in self.orders.values() for p in o.live]

    def taken(self, area: int, channel: str) -> int:
        return sum((p.kind.area, p.channel) == (area, channel) for _who, p in self.live())

    def taken_of(self, kind: Kind) -> int:
        return sum(place.kind is kind for _who, place in self.live())

    def used(self, email: str, kind: Kind) -> int:
        return sum(who == email and place.kind is kind for who, place in self.live())

    def fits(self, places: list[Place]) -> bool:
        """Whether there is room for these beside all that is taken."""
        kinds = {p.kind.id: p.kind for p in places}.values()
        rooms = {(p.kind.area, p.channel) for p in places}
        return all(
            self.taken_of(kind) + sum(p.kind is kind for p in places) <= kind.quantity
            for kind in kinds
            if kind.quantity is not None
        ) and all(
            self.taken(*room) + sum((p.kind.area, p.channel) == room for p in places) <= self.quotas[room]
            for room in rooms
        )

    def ask(self, wanted, *, email="", channel="online", code="", crew=False) -> str | list[Place]:
        """The places, or the word of the refusal."""
        if not crew and not (self.open and self.now < self.ends):
            return "not_on_sale"
        places: list[Place] = []
        for want in wanted:
            kind = self.kinds[want.type]
            if kind.code and not crew and kind.code != code:
                return "no_such_type"
            if kind.guests and not crew:
                return "not_on_sale"
            price = kind.price if want.price is None else want.price
            if price < kind.floor if kind.floor is not None else price != kind.price:
                return "price"
            more = [Place(kind, channel, price) for _n in range(want.quantity)]
            if kind.limit is not None and not crew and self.used(email, kind) + want.quantity > kind.limit:
                return "limit"
            if not self.fits(places + more):
                return "sold_out"
            places += more
        return places

    def kept_until(self, due: datetime) -> datetime:
        """Until when places are kept for the money: not past the start; then not past the end."""
        starts = self.ends - 2 * HOUR
        return min(due, starts if starts > self.now else max(self.now, self.ends))

    def moved(self, order: Bought, *, came: bool) -> None:
        """Money came for the order or went."""
        price = sum(p.price for p in order.places if p.gone == "lapsed") - order.reduced
        late = order.lapsed and not order.cancelled and self.open and self.now < self.ends
        if came and late and order.received >= price:
            self.again(order, crew=False)
        self.settle(order)

    def again(self, order: Bought, *, crew: bool) -> bool:
        """The places that lapsed are the order's own again, if they are there."""
        lapsed = [place for place in order.places if place.gone == "lapsed"]
        kinds = {p.kind.id: p.kind for p in lapsed if p.kind.limit is not None}.values()
        too_many = bool(order.email) and any(
            self.used(order.email, kind) + sum(p.kind is kind for p in lapsed) > kind.limit for kind in kinds
        )
        if not self.fits(lapsed) or (too_many and not crew):
            return False
        if too_many:
            self.beyond.add(order.email)
        for place in lapsed:
            place.gone = ""
        order.lapsed = False
        return True

    def settle(self, order: Bought) -> None:
        order.back = max(0, order.received - order.charged)
        if order.over:
            return
        if order.was_confirmed and not order.confirmed:
            order.due = max(order.due or self.now, self.kept_until(self.now + 24 * HOUR))
        order.was_confirmed = order.confirmed

    def lapse(self) -> int:
        due = [
            order
            for order in self.orders.values()
            if not order.over and not order.confirmed and order.due is not None and order.due <= self.now
        ]
        for order in due:
            for place in order.live:
                place.gone = "lapsed"
            order.lapsed, order.was_confirmed = True, False
            self.settle(order)
        return len(due)

    def cancel(self, order: Bought, places: list[Place]) -> None:
        charged, price = order.charged, sum(place.price for place in order.live)
        share = charged * sum(place.price for place in places) // price if price else 0
        for place in places:
            place.gone = "cancelled"
        order.cancelled = not order.live
        # What was taken off the whole is shared out by prices.
        left = sum(place.price for place in order.live)
        order.reduced = left - (charged - share) if order.live and order.way is not None else 0
        self.settle(order)

    def admitted(self) -> dict[int, str]:
        """By ticket the key of the scan that let in first."""
        undone = {(text, door) for _t, door, _at, verdict, text in self.scans.values() if verdict == "undone"}
        first: dict[int, tuple[datetime, str]] = {}
        for key, (ticket, door, at, verdict, _text) in self.scans.items():
            if verdict != "undone" and (key, door) not in undone:
                first[ticket] = min(first.get(ticket, (at, key)), (at, key))
        return {ticket: key for ticket, (_at, key) in first.items()}
