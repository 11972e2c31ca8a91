"""What the stage puts into the pages of the shows: each gives its template's variables, or None."""

from __future__ import annotations

from typing import Any

from aqyn.stage.models import Entry, Performance
from aqyn.stage.selectors.played import public_evenings
from aqyn.ui.languages import TAGS, current_code


def played_foot(show: Any) -> dict[str, Any] | None:
    """The setlist as it was played, on the show's page, once it is published."""
    listed = public_evenings(show, TAGS[current_code()])
    return {"show": show, "evenings": listed} if listed else None


def on_the_night(show: Any) -> dict[str, Any]:
    """The ways to the setlist, the console, the poster and the list, on the show's page of the studio."""
    evenings = list(Performance.objects.filter(show=show))
    going = next((one for one in evenings if one.closed_at is None), None)
    return {
        "show": show,
        "songs": Entry.objects.filter(show=show, kind=Entry.Kind.SONG).count(),
        "open": "" if going is None else "rehearsal" if going.rehearsal else "hall",
        "played": any(not one.rehearsal for one in evenings),
    }
