"""What upper apps are told about the sale. Receivers run in the same transaction; their errors propagate."""

from django.dispatch import Signal

buyer_forgetting = Signal()
"""Sent with `email` and `now` when what is kept of a buyer is unnamed; a receiver unnames its part."""
