"""What letters put into the pages of others."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from aqyn.shows import selectors as shows


def show_desk(show: Any) -> dict[str, Any] | None:
    """For the slot "studio.show": announce it by letter, or give thanks for it."""
    state = shows.state_of(show, timezone.now())
    return None if state in ("draft", "cancelled") else {"show": show, "over": state == "past"}


def followers_deed(artist: Any) -> dict[str, Any]:
    """For the slot "studio.followers": begin a letter to them."""
    return {"artist": artist}
