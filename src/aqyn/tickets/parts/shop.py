"""What the shop puts into the page of a show."""

from __future__ import annotations


def register() -> None:
    """Called once, when the app is ready."""
