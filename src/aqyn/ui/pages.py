"""Which pages may be kept for the next visitor, and the word that they have changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar, overload

from django.db import connection, transaction
from django.db.models import F

from aqyn.ui.models import PageGeneration

View = TypeVar("View", bound=Callable[..., Any])

CHANNEL = "aqyn_pages"
"""PostgreSQL's NOTIFY channel; the payload is the new generation."""

_listeners: list[Callable[[int], None]] = []


@overload
def public_page(view: View) -> View: ...
@overload
def public_page(
    view: None = None, *, query: Sequence[str] = (), unread: Sequence[str] = ()
) -> Callable[[View], View]: ...
def public_page(
    view: View | None = None, *, query: Sequence[str] = (), unread: Sequence[str] = ()
) -> View | Callable[[View], View]:
    """Say of a view that its page is the same for every visitor without a session.

    `query` names the query keys that choose what the page shows, `unread` those that programs send along and
    the view never reads; a request with any other key is answered by the view each time. The page may be kept
    only while nothing it shows changes: every service that changes such a thing calls `pages_changed()`.
    """

    def mark(marked: View) -> View:
        marked.aqyn_public_query = tuple(sorted(query))  # type: ignore[attr-defined]
        marked.aqyn_unread_query = frozenset(unread)  # type: ignore[attr-defined]
        return marked

    return mark(view) if view is not None else mark


def public_query(view: Callable[..., Any]) -> tuple[str, ...] | None:
    """The query keys that `view` allows, or None where it is not a public page."""
    return getattr(view, "aqyn_public_query", None)


def unread_query(view: Callable[..., Any]) -> frozenset[str]:
    """The query keys that `view` is sent and never reads."""
    found: frozenset[str] = getattr(view, "aqyn_unread_query", frozenset())
    return found


def pages_changed() -> None:
    """Drop every kept page once the transaction around this call is committed.

    Call it inside that transaction, so that the change and the word of it become true together.
    """
    with transaction.atomic():
        generation = _count_up()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(generation)])
        for listener in _listeners:
            transaction.on_commit(partial(listener, generation))


def page_generation() -> int:
    """How often the pages have changed; a page rendered under one generation is never shown under another."""
    # Asked before every page: written out, it costs a tenth of what the ORM takes to say the same.
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM ui_pagegeneration WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


def on_pages_changed(listener: Callable[[int], None]) -> Callable[[], None]:
    """Have `listener(generation)` called in this process right after each change is committed.

    Gives the function that ends it.
    """
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def _count_up() -> int:
    # The update comes first: it takes the row's lock, so two changes never count to the same number.
    if not PageGeneration.objects.filter(pk=1).update(number=F("number") + 1):
        PageGeneration.objects.bulk_create([PageGeneration(pk=1, number=0)], ignore_conflicts=True)
        PageGeneration.objects.filter(pk=1).update(number=F("number") + 1)
    return page_generation()
