"""What stands beside a payment: fiscal receipts, advices that were looked at, payers who are forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.payments import sentences as refuse
from aqyn.payments.models import Advice, FiscalReceipt, Payment, Refund, StatementRow
from aqyn.payments.services.advice import picture_path
from aqyn.payments.services.booking import noted, payment_held
from aqyn.ui import checks

FORGOTTEN = "—"


def add_fiscal_receipt(*, payment: int, number: str, now: datetime, actor: Any = None) -> FiscalReceipt:
    """The number of a receipt stands beside the payment. Twice the same is once. Raises a Refusal."""
    said = checks.one_line(number, "number", 80)
    if not said:
        raise refuse.NoReceiptNumber
    with transaction.atomic():
        row = payment_held(payment)
        made, _new = FiscalReceipt.objects.get_or_create(payment=row, number=said, defaults={"at": now})
        noted("fiscal receipt noted", row.reference, actor)
    return made


def answer_advices(*, payment: int, now: datetime) -> None:
    """What the payer said was looked at."""
    Advice.objects.filter(payment=payment, answered_at=None).update(answered_at=now)


def forget_payer(*, email: str, now: datetime) -> int:
    """Unname whoever paid from this address, and remove what they showed; entries stay as they are. How many
    payments it was."""
    with transaction.atomic():
        rows = list(Payment.objects.filter(payer_email__iexact=email.strip()))
        for advice in Advice.objects.filter(payment__in=rows).exclude(picture=""):
            picture_path(advice).unlink(missing_ok=True)
        Advice.objects.filter(payment__in=rows).delete()
        Refund.objects.filter(payment__in=rows).update(to="")
        # Only what is booked for them now: a transfer whose entry was reversed is somebody else's.
        booked = StatementRow.objects.filter(entries__payment__in=rows, entries__reversed_by=None)
        booked.update(payer="", text="")
        Payment.objects.filter(pk__in=[row.pk for row in rows]).update(payer_name=FORGOTTEN, payer_email="")
    return len(rows)
