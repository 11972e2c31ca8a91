"""What upper apps are told about payments. Receivers run in the same transaction; their errors propagate."""

from django.dispatch import Signal

money_moving = Signal()
"""Sent with `payment` within the transaction, before the payment is held: whoever holds rows of its own
before it touches a payment takes hold of them here, so that no two wait in a circle."""

money_came = Signal()
"""Sent with `payment` (its number) and `now` after a receipt was booked for it, or one was given to it."""

money_gone = Signal()
"""Sent with `payment` and `now` after a receipt was reversed or a refund was sent."""
