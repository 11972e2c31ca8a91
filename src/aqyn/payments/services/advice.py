"""“I have paid”: what a payer says, for the crew to look at. Nothing is booked by it."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from aqyn.payments import sentences as refuse
from aqyn.payments.models import Advice
from aqyn.payments.services.booking import noted, payment_held
from aqyn.ui import checks

MOST_ADVICES = 5
"""So often one payment may be told of."""
LARGEST_PICTURE = 5 << 20
FOLDER = "receipts"
"""Under the media folder; nobody but the crew is given what lies in it."""


def advise(
    *,
    payment: int,
    payer: str,
    paid_at: datetime | None,
    picture: UploadedFile[Any] | None,
    now: datetime,
    note: str = "",
) -> Advice:
    """A payer says that the money is on its way. `picture`: JPEG, PNG or WebP, of at most 5 MiB.

    Raises a Refusal.
    """
    said = checks.one_line(payer, "payer")
    if not said:
        raise refuse.NoPayer
    told = checks.one_line(note, "note", 300)
    content = _picture(picture)
    if Advice.objects.filter(payment=payment).count() >= MOST_ADVICES:
        raise refuse.TooManyAdvices
    # Before anything is locked: on SQLite every buyer would wait for this file to reach the disk.
    name = _put_away(*content) if content else ""
    try:
        with transaction.atomic():
            row = payment_held(payment)
            if row.advices.count() >= MOST_ADVICES:
                raise refuse.TooManyAdvices
            advice = Advice.objects.create(
                payment=row, payer=said, paid_at=paid_at, note=told, picture=name, at=now
            )
            noted("told as paid", row.reference, None)
    except BaseException:
        if name:
            Path(settings.MEDIA, name).unlink(missing_ok=True)
        raise
    return advice


def picture_path(advice: Advice) -> Path:
    """Where the picture lies."""
    return Path(settings.MEDIA, advice.picture)


def _picture(file: UploadedFile[Any] | None) -> tuple[bytes, str] | None:
    """The picture and its kind, by its first bytes. Raises BadPicture."""
    if file is None or not file.size:
        return None
    refused = refuse.BadPicture(mib=LARGEST_PICTURE >> 20)
    if file.size > LARGEST_PICTURE:
        raise refused
    content = file.read(LARGEST_PICTURE + 1)
    if content.startswith(b"\xff\xd8\xff"):
        return content, "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return content, "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return content, "webp"
    raise refused


def _put_away(content: bytes, extension: str) -> str:
    """Written whole before the row that names it; a name that nobody guesses."""
    folder = Path(settings.MEDIA, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.{extension}"
    with (folder / name).open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return f"{FOLDER}/{name}"
