"""What upper apps are told about readers. Receivers run in the same transaction; their errors propagate."""

from django.dispatch import Signal

reader_left = Signal()
"""Sent with `address`, `kind` (such as "news" or its topic "news:7") and `now`."""

reader_returned = Signal()
"""Sent with `address` and `kind`: the reader wants such letters again."""
