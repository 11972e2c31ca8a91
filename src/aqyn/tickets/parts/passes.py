"""What the tickets put into lower pages."""

from __future__ import annotations


def register() -> None:
    """Called once, when the app is ready."""
