"""What is owed, what came, what went back: a ledger that is only ever added to, and what stands around it."""

from django.db import models
from django.db.models import F, Q


class Way(models.Model):
    """One way in which people pay here: an adapter, with what it needs to know.

    `adapter`: its name in `payments.adapters`. `title`: texts by tag. `details`: what the adapter asks for,
    such as an IBAN or a link. A way that is closed is offered no more; what was paid by it stays.
    """

    adapter = models.CharField(max_length=20)
    title = models.JSONField()
    details = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.adapter} {self.pk}"


class Payment(models.Model):
    """What one payer owes for some lines, in one currency. What was paid of it stands in its entries.

    `reference` is what the payer writes into the transfer (`core.ledger.references`). `due_at`: until when
    what is paid for is kept; None where it is kept for good.
    """

    reference = models.CharField(max_length=12, unique=True)
    payer_name = models.CharField(max_length=120)
    payer_email = models.EmailField(max_length=254, blank=True, default="")
    language = models.CharField(max_length=10)
    currency = models.CharField(max_length=3)
    way = models.ForeignKey(Way, models.PROTECT, null=True, related_name="payments")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.reference


class Line(models.Model):
    """What a payment is for. `kind` and `reference` are the word of the app that asked for it."""

    payment = models.ForeignKey(Payment, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=40)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "reference"], name="line_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference} {self.amount}"


class Statement(models.Model):
    """An account statement that was uploaded: its rows wait to be given to payments.

    `columns`: which column means what, as in `StatementShape`.
    """

    way = models.ForeignKey(Way, models.PROTECT, related_name="statements")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    currency = models.CharField(max_length=3)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.name


class StatementShape(models.Model):
    """Which column of a bank's file means what, chosen once and known again by the file's head."""

    head = models.CharField(max_length=64, unique=True)
    columns = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.head[:8]


class StatementRow(models.Model):
    """One transfer as the bank tells it. `digest`: the same transfer in another file is known by it.

    `set_aside_at`: somebody said that it is none of ours.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="rows")
    way = models.ForeignKey(Way, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    paid_at = models.DateTimeField(null=True)
    amount = models.BigIntegerField()
    payer = models.CharField(max_length=300, blank=True, default="")
    text = models.CharField(max_length=1000, blank=True, default="")
    digest = models.CharField(max_length=64)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["statement", "number"]
        constraints = [models.UniqueConstraint(fields=["way", "digest"], name="statement_row_once")]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.number}"


class Entry(models.Model):
    """One movement: `amount` minor units go from the account `credit` to the account `debit`.

    Entries are added and never changed: the database refuses it. A mistake is reversed by another entry. The
    accounts are those of `core.ledger.book`. `key`: an Idempotency-Key, so that a retry books nothing twice.
    """

    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="entries")
    kind = models.CharField(max_length=12)
    debit = models.CharField(max_length=12)
    credit = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    way = models.ForeignKey(Way, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    row = models.ForeignKey(StatementRow, models.PROTECT, null=True, related_name="entries")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    key = models.CharField(max_length=64, unique=True, null=True)
    note = models.CharField(max_length=300, blank=True, default="")
    # A number and no relation: a person who is erased leaves the entry as it is.
    actor = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_moves_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="entry_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"


class Refund(models.Model):
    """Money that is to go back to the payer, from the moment it is owed until it was sent or let go.

    `why`: "over", "double", "late", "cancelled", "postponed", "part", "asked". Sent once `entry` is there.
    """

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField()
    why = models.CharField(max_length=12)
    to = models.CharField(max_length=300, blank=True, default="")
    opened_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="refund")
    let_go_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something")]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.amount}"

    @property
    def reversed(self) -> bool:
        """Whether it was booked as sent by mistake; what is owed is a refund of its own then."""
        return self.entry is not None and hasattr(self.entry, "reversed_by")


class Advice(models.Model):
    """“I have paid”: what a payer says of a transfer. It books nothing; the crew looks at it.

    `picture`: a file under the media folder.
    """

    payment = models.ForeignKey(Payment, models.CASCADE, related_name="advices")
    payer = models.CharField(max_length=120)
    paid_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")
    picture = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.at}"


class FiscalReceipt(models.Model):
    """The number of the receipt that the till or the tax office's app gave for a payment."""

    payment = models.ForeignKey(Payment, models.CASCADE, related_name="fiscal_receipts")
    number = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["payment", "number"], name="fiscal_receipt_once")]

    def __str__(self) -> str:
        return self.number
