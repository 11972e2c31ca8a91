"""The facts of a sale: places, who holds them, who ordered them, and who came.

`taken` counts the places that are held or sold. It is changed in `tickets.claims` alone, by statements that
cannot take more than there is; the checks below stand behind them.
"""

from django.db import models
from django.db.models import F, Q

from aqyn.tickets.numbers import new_id, new_serial


class Channel(models.TextChoices):
    """Where places are sold from. Each area deals its places out among them."""

    ONLINE = "online"
    DOOR = "door"
    PAPER = "paper"
    GUESTS = "guests"


class Sale(models.Model):
    """The sale of places for one show. It is on from `opened_at` to `closed_at`, by its types' own windows.

    `hold_minutes`: how long a hold is kept. `pay_hours`: how long places are kept for one who pays by hand;
    `remind_hours`: how long before its end the payer is reminded. `last_number`: the number on the last
    ticket.
    """

    show = models.OneToOneField("shows.Show", models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    hold_minutes = models.PositiveSmallIntegerField(default=10)
    pay_hours = models.PositiveSmallIntegerField(default=48)
    remind_hours = models.PositiveSmallIntegerField(default=24)
    ways = models.ManyToManyField("payments.Way", related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    last_number = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hold_minutes__gte=1, hold_minutes__lte=240), name="sale_hold_minutes"
            ),
            models.CheckConstraint(condition=Q(pay_hours__gte=1, pay_hours__lte=2160), name="sale_pay_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.show_id} {self.currency}"


class Area(models.Model):
    """A part of the hall with counted places, such as the floor. `name`: texts by tag."""

    sale = models.ForeignKey(Sale, models.CASCADE, related_name="areas")
    name = models.JSONField()
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.sale_id} {self.position}"


class Quota(models.Model):
    """How many places of an area one channel has, and how many of them are taken."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="quotas")
    channel = models.CharField(max_length=6, choices=Channel)
    quantity = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "channel"], name="quota_once"),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("quantity")), name="quota_not_oversold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.channel} {self.taken}/{self.quantity}"


class TicketType(models.Model):
    """What can be bought: a name, a price in minor units, where it lets in, and its bounds.

    `floor`: where it is there, the buyer names the price, from this one on, and `price` is what is suggested.
    `quantity`: at most so many of this type, None where only the area bounds it. `limit`: at most so many for
    one buyer, over all their orders. `code`: the type is shown only to those who know it. `guests`: for the
    guest list alone. `starts_at`, `ends_at`: its own window of sale.
    """

    sale = models.ForeignKey(Sale, models.CASCADE, related_name="types")
    area = models.ForeignKey(Area, models.PROTECT, related_name="types")
    name = models.JSONField()
    note = models.JSONField(default=dict)
    price = models.BigIntegerField()
    floor = models.BigIntegerField(null=True)
    quantity = models.PositiveIntegerField(null=True)
    taken = models.PositiveIntegerField(default=0)
    limit = models.PositiveSmallIntegerField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=40, blank=True, default="")
    guests = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__gte=0) & (Q(quantity__isnull=True) | Q(taken__lte=F("quantity"))),
                name="type_not_oversold",
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="type_price"),
            models.CheckConstraint(
                condition=Q(floor__isnull=True) | Q(floor__gte=0, floor__lte=F("price")), name="type_floor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sale_id} {self.position}"


class Hold(models.Model):
    """Places kept for one e-mail until `expires_at`. It ends when it is ordered, given back or over.

    `email` as `claims.buyer_of` folds it. `key`: the Idempotency-Key; `asked`: a digest of what was asked for
    with it. `expires_at` None: what a door took along to sell.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id)
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="holds")
    email = models.CharField(max_length=254, db_index=True)
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=6, choices=Channel)
    key = models.CharField(max_length=64, unique=True, null=True)
    asked = models.CharField(max_length=32)
    total = models.BigIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="hold_waiting", condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.sale_id} {self.email}"


class HoldItem(models.Model):
    """So many places of one type at one price within a hold."""

    hold = models.ForeignKey(Hold, models.CASCADE, related_name="items")
    type = models.ForeignKey(TicketType, models.PROTECT, related_name="+")
    quota = models.ForeignKey(Quota, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    price = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(quantity__gte=1), name="hold_item_of_some")]

    def __str__(self) -> str:
        return f"{self.hold_id} {self.quantity}"


class Order(models.Model):
    """What became of a hold: places with a name and a way to pay.

    `way`: the adapter's name, or "free", "guest", "paper". Its tickets let in from `confirmed_at` on.
    `lapsed_at`: it was not paid in time, and its places went back. `payment` is None where nothing was to be
    paid. `email` as it was written, for letters.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id)
    hold = models.OneToOneField(Hold, models.PROTECT, related_name="order")
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="orders")
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=6, choices=Channel)
    way = models.CharField(max_length=20)
    total = models.BigIntegerField()
    payment = models.OneToOneField("payments.Payment", models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-placed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.sale_id} {self.name}"


class Ticket(models.Model):
    """One place of an order. `number` counts within the sale; `serial` is in the code that lets in.

    `gone_at`: the place went back, for `gone_why`: "lapsed", "cancelled", "refunded".
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="tickets")
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="tickets")
    type = models.ForeignKey(TicketType, models.PROTECT, related_name="+")
    quota = models.ForeignKey(Quota, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    serial = models.BigIntegerField(unique=True, default=new_serial)
    price = models.BigIntegerField()
    gone_at = models.DateTimeField(null=True)
    gone_why = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["sale", "number"], name="ticket_number_once")]

    def __str__(self) -> str:
        return f"{self.sale_id} № {self.number}"


class PassKey(models.Model):
    """A key that signs codes. The private half is made from the house's secret and this number.

    A retired key signs no more; codes signed by it let in until it is revoked.
    """

    number = models.PositiveSmallIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.number)


class Revocation(models.Model):
    """A serial that a ticket had before and that lets nobody in any more."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="revocations")
    serial = models.BigIntegerField(unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.serial)


class Door(models.Model):
    """A device that lets people in to one show. `token_sha256`: what its link carries, hashed."""

    sale = models.ForeignKey(Sale, models.CASCADE, related_name="doors")
    name = models.CharField(max_length=60)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # The hold of the places it took along to sell without a network.
    stock = models.OneToOneField(Hold, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """What a door saw, as it told it. Scans are added and never changed.

    `key`: the door's own, so that none is taken twice. `at`: the moment by the house's clock. `verdict`: what
    the door said; `let_in`: whether it let somebody in. `text`: what was read, where it was no ticket.
    """

    key = models.CharField(max_length=36, unique=True)
    door = models.ForeignKey(Door, models.PROTECT, related_name="scans")
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="scans")
    verdict = models.CharField(max_length=12)
    let_in = models.BooleanField()
    text = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.door_id} {self.verdict}"


class Mark(models.Model):
    """A letter of one kind was written about something, once: "order:4711", "reminder"."""

    about = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "kind"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.about} {self.kind}"
