"""What upper apps are told about shows. Receivers run in the same transaction, and keep the deed from being
done by raising a Refusal."""

from django.dispatch import Signal

show_leaving = Signal()
"""Sent with `show`, its slug, `why` and `now`, before guests no longer find it as it was. `why`: "cancelled",
"withdrawn" (a draft again), "removed", or "moved" to another address."""
