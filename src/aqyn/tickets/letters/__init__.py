"""Letters to buyers, each in the buyer's own language, each written once.

A `Mark` is written with the letter in one transaction: whatever is killed when, no letter is written twice.
"""

from __future__ import annotations

from aqyn.post import services as post

KINDS = (
    "hold",
    "order",
    "paid",
    "tickets",
    "rest",
    "reminder",
    "lapsed",
    "changed",
    "cancelled",
    "refunded",
    "tomorrow",
)
"""What is written to buyers. All of it is service: it belongs to what they bought, and nobody leaves it."""


def register() -> None:
    """Make the kinds of letters known. Called once, when the app is ready."""
    for kind in KINDS:
        post.register_kind(post.Kind(f"tickets-{kind}"))
