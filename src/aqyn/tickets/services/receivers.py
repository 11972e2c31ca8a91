"""What the sale does when something happens below it: money came, a show is put off or cancelled."""

from __future__ import annotations


def connect() -> None:
    """Called once, when the app is ready."""
