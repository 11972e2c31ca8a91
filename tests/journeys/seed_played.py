"""Puts into the house of seed_live.py an evening that is over, with what was sung in it; a script."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

BEGAN = datetime(2026, 5, 20, 14, tzinfo=UTC)


def main() -> None:
    import django

    django.setup()
    from django.db import transaction

    from aqyn.stage.models import Entry, Performance
    from aqyn.ui.pages import pages_changed

    with transaction.atomic():
        entries = list(Entry.objects.select_related("song"))
        performance = Performance.objects.create(
            show=entries[0].show,
            key=secrets.token_urlsafe(32),
            opened_at=BEGAN,
            closed_at=BEGAN + timedelta(hours=2),
            number=40,
        )
        for position, entry in enumerate(entries):
            performance.played.create(
                position=position,
                kind=entry.kind,
                entry=entry,
                song=entry.song,
                title=entry.song.title if entry.song else entry.title,
                encore=entry.encore,
                began_at=BEGAN + timedelta(minutes=5 * position),
                ended_at=BEGAN + timedelta(minutes=5 * position + 4),
            )
        pages_changed()


if __name__ == "__main__":
    main()
