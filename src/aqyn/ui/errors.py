"""Pages that say what went wrong: one sentence in the reader's language, an honest status, a way on."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from aqyn.ui.context import house


def error_page(
    request: HttpRequest,
    status: int,
    sentence: str = "",
    *,
    title: str = "",
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A whole page for a request that cannot be answered as asked; never stored.

    Known without a `sentence`: 400, 403, 404, 405, 410, 413, 429, 500, 503. It reads no session and no
    database, so that it can be shown when these are what failed.
    """
    usual_title, usual_sentence = _usual(status)
    context = {
        "status": status,
        "title": title or usual_title,
        "sentence": sentence or usual_sentence,
        # Each status has a carpet and a hue of its own, made from its digits as a song's from its sound.
        "wave": [(status * (i + 3) * (i + 7)) % 97 for i in range(32)],
        "hue": (status * 41) % 360,
        **house(request),
    }
    response = HttpResponse(render_to_string("ui/error.html", context), status=status)
    response["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def _usual(status: int) -> tuple[str, str]:
    said = {
        400: (
            _("This could not be understood"),
            _("Something in the request was not as it should be, so nothing was changed."),
        ),
        403: (
            _("This door is closed"),
            _("You may not open this page. Whoever runs this house can let you in."),
        ),
        404: (
            _("There is no such page"),
            _("Perhaps the song has another address now, or the link was cut short."),
        ),
        405: (_("This cannot be done here"), _("This address does not take what was sent to it.")),
        410: (_("This is gone"), _("What was here has been taken away, and will not come back.")),
        413: (
            _("This is too large"),
            _("What you sent is larger than this house takes, so nothing was kept."),
        ),
        429: (
            _("A little slower, please"),
            _("That was often in a short time. Wait a minute, then try again."),
        ),
        500: (
            _("The house stumbled"),
            _("The fault is ours and has been written down. Try again in a little while."),
        ),
        503: (_("Too full just now"), _("Many are here at once. Try again in a few seconds.")),
    }
    return said.get(status, said[500] if status >= 500 else said[400])
