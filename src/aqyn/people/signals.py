"""What upper apps are told about people. Receivers run in the same transaction; their errors propagate."""

from django.dispatch import Signal

person_exporting = Signal()
"""Sent with `person`; a receiver gives a dict of what its app knows about them, section name → plain JSON
values."""

fan_forgetting = Signal()
"""Sent with `email` when a follower has all that is kept of them removed; a receiver removes or unnames its
part."""

person_erasing = Signal()
"""Sent with `person` and `now` before the person's row goes; a receiver removes or unnames what its app
holds."""
