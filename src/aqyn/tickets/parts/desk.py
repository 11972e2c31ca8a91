"""What the sale puts into the pages of the studio."""

from __future__ import annotations


def register() -> None:
    """Called once, when the app is ready."""
