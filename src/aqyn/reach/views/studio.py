"""Letters to many in the studio: written, looked at, tried, started, stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.people import selectors as people
from aqyn.post import selectors as post_selectors
from aqyn.post import services as post
from aqyn.reach import selectors, services
from aqyn.reach.forms import BulletinForm, NewForm
from aqyn.reach.models import Bulletin
from aqyn.ui.access import owner_only
from aqyn.ui.languages import TAGS
from aqyn.ui.refusal import Refusal

READ_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@owner_only
def bulletins(request: HttpRequest) -> HttpResponse:
    """Every letter to many, and how far each is."""
    now = timezone.now()
    rows = [
        (row, selectors.progress(row, now=now) if row.started_at else None) for row in selectors.bulletins()
    ]
    form = NewForm(artists=people.artists())
    return render(request, "reach/bulletins.html", {"rows": rows, "form": form, "several": _several()})


@require_POST
@owner_only
def new(request: HttpRequest) -> HttpResponse:
    """Begin an empty letter of an artist's."""
    form = NewForm(request.POST, artists=people.artists())
    if not form.is_valid():
        messages.error(request, _("Choose the artist whose letter it is."))
        return redirect("reach-studio:bulletins")
    return _begin(request, lambda: services.make(artist=form.cleaned_data["artist"], **_by(request)))


@require_POST
@owner_only
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a letter that announces a show."""
    house = _house(request)
    return _begin(request, lambda: services.announce(show=slug, house=house, **_by(request)))


@require_POST
@owner_only
def thank(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a letter of thanks to those who came."""
    house = _house(request)
    return _begin(request, lambda: services.thank(show=slug, house=house, **_by(request)))


@require_http_methods(READ_OR_POST)
@owner_only
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft to write on (POST keeps it), or how far a letter is that was started."""
    row = _row(pk)
    if row.started_at:
        progress = selectors.progress(row, now=timezone.now())
        context = {"row": row, "progress": progress, "skipped": _reasons(progress.skipped)}
        return render(request, "reach/going.html", context | {"letters": _letters(row)})
    form = BulletinForm(request.POST or None, row=row)
    if form.is_bound and form.is_valid():
        try:
            services.change(bulletin=pk, actor=request.user, **form.values())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect(
                "reach-studio:preview" if "look" in request.POST else "reach-studio:bulletin", pk=pk
            )
    return render(request, "reach/draft.html", {"row": row, "form": form}, status=422 if form.errors else 200)


@require_safe
@owner_only
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as its readers will see it, in each language, and how many they are."""
    row = _row(pk)
    context = {"row": row, "letters": _letters(row), "count": selectors.count(row, now=timezone.now())}
    return render(request, "reach/preview.html", context | {"me": getattr(request.user, "email", "")})


@require_POST
@owner_only
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the letter to whoever is writing it, in each of its languages."""
    address = getattr(request.user, "email", "")
    try:
        services.send_test(bulletin=_row(pk).pk, to=address, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except post.Refused as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("A test letter to %(address)s is on its way.") % {"address": address})
    return redirect("reach-studio:preview", pk=pk)


@require_POST
@owner_only
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the letter go, to the number of readers that was on the page."""
    said = request.POST.get("count", "")
    seen = int(said) if said.isdecimal() and len(said) < 10 else -1
    return _deed(request, pk, lambda: services.start(bulletin=pk, seen=seen, **_by(request)), "preview")


@require_POST
@owner_only
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    return _deed(request, pk, lambda: services.stop(bulletin=pk, **_by(request)))


@require_POST
@owner_only
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    return _deed(request, pk, lambda: services.resume(bulletin=pk, actor=request.user))


@require_POST
@owner_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a letter for good; what was sent is sent."""
    row = _row(pk)
    try:
        services.remove(bulletin=row.pk, actor=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("reach-studio:bulletin", pk=pk)
    messages.success(request, _("The letter is removed."))
    return redirect("reach-studio:bulletins")


def _deed(request: HttpRequest, pk: int, do: Callable[[], Any], refused: str = "bulletin") -> HttpResponse:
    _row(pk)
    try:
        do()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(f"reach-studio:{refused}", pk=pk)
    return redirect("reach-studio:bulletin", pk=pk)


def _begin(request: HttpRequest, make: Callable[[], Bulletin]) -> HttpResponse:
    try:
        row = make()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("reach-studio:bulletins")
    return redirect("reach-studio:bulletin", pk=row.pk)


def _letters(row: Bulletin) -> list[dict[str, Any]]:
    found = []
    for code in selectors.languages(row):
        letter = selectors.written(row, code, leave="#")
        found.append({"letter": letter, "code": code, "tag": TAGS[code]})
    return found


def _reasons(skipped: dict[str, int]) -> list[tuple[str, int]]:
    said = {
        "left": _("want no such letters"),
        "bounced": _("cannot be reached"),
        "address": _("no address that a letter can go to"),
    }
    return [(said.get(why, why), count) for why, count in skipped.items()]


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"now": timezone.now(), "actor": request.user}


def _house(request: HttpRequest) -> str:
    return post_selectors.house_address(request) or f"{request.scheme}://{request.get_host()}"


def _several() -> bool:
    return len(people.artists()) > 1


def _row(pk: int) -> Bulletin:
    row = selectors.bulletin(pk)
    if row is None:
        raise Http404
    return row
