"""Letters to buyers, each in the buyer's own language."""

from __future__ import annotations


def register() -> None:
    """Make the kinds of letters known. Called once, when the app is ready."""
