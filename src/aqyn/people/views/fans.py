"""An artist's followers in the studio: counted, listed, taken along as a file, brought along."""

from __future__ import annotations

import csv
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from aqyn.people import selectors, services
from aqyn.people.access import owner_only
from aqyn.people.errors import BadList, Refused
from aqyn.people.models import Artist, Fan
from aqyn.post import selectors as post_selectors
from aqyn.post.services import NoAddress

PER_PAGE = 100
MOST_BYTES = 2_000_000


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Your list"),
        help_text=gettext_lazy(
            "CSV in UTF-8: e-mail address, city, language (kk, ru, en), one reader a line."
        ),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )


@require_safe
@owner_only
def fans(request: HttpRequest, slug: str) -> HttpResponse:
    """How many follow, from where and in which language; and who."""
    artist = _artist(slug)
    return render(request, "people/follow_list.html", _context(request, artist, ListForm()))


@require_safe
@owner_only
def csv_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The list as CSV: it belongs to the artist."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-followers.csv"'
    writer = csv.writer(answer)
    writer.writerow(["email", "city", "language", "since"])
    for fan in selectors.followers(_artist(slug)):
        since = fan.confirmed_at.date().isoformat() if fan.confirmed_at else ""
        writer.writerow([_inert(fan.email), _inert(fan.city), fan.language, since])
    return answer


@require_POST
@owner_only
def import_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask everyone on a list that was kept elsewhere; each decides for themselves."""
    artist = _artist(slug)
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "people/follow_list.html", _context(request, artist, form), status=422)
    house = post_selectors.house_address(request)
    if house is None:
        return _not_done(request, slug, NoAddress().sentence)
    try:
        done = services.import_fans(
            artist=slug, rows=_rows(form.cleaned_data["file"]), house=house, now=timezone.now()
        )
    except Refused as problem:
        return _not_done(request, slug, problem.sentence)
    counted = {"asked": done.asked, "known": done.known, "left": done.left, "wrong": done.wrong}
    words = _(
        "Asked by letter: %(asked)d. Known here already: %(known)d. Had left: %(left)d. "
        "Not an address: %(wrong)d."
    )
    messages.success(request, words % counted)
    return redirect("people-studio:fans", slug=slug)


@require_POST
@owner_only
def remove(request: HttpRequest, fan_id: int) -> HttpResponse:
    fan = get_object_or_404(Fan.objects.select_related("artist"), pk=fan_id)
    services.remove_fan(fan_id=fan.pk)
    messages.success(request, _("%(address)s is off the list.") % {"address": fan.email})
    return redirect("people-studio:fans", slug=fan.artist.slug)


def _context(request: HttpRequest, artist: Artist, form: ListForm) -> dict[str, Any]:
    total = selectors.followers(artist).count()
    query = request.GET.get("q", "").strip()
    found: Any = selectors.followers(artist)
    if query:
        asked = query.casefold()
        # In Python: SQLite knows small and large letters of ASCII alone.
        found = [fan for fan in found if asked in fan.email or asked in fan.city.casefold()]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = dict(settings.LANGUAGES)
    return {
        "artist": artist,
        "total": total,
        "waiting": selectors.waiting_fans(artist),
        "left": selectors.left_fans(artist),
        "cities": [(city, n, n / total) for city, n in selectors.cities_of(artist)[:12]] if total else [],
        "languages": [(names.get(c, c), n, n / total) for c, n in selectors.languages_of(artist)],
        "page": page,
        "query": query,
        "form": form,
    }


def _rows(file: Any) -> list[services.Told]:
    """The lines of a CSV file; a first line without an @ is its heading. Raises `BadList`."""
    body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise BadList
    try:
        text = body.decode("utf-8-sig")
        sign = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        lines = [line for line in csv.reader(text.splitlines(), delimiter=sign) if any(line)]
    except (UnicodeDecodeError, csv.Error):
        raise BadList from None
    if lines and "@" not in lines[0][0]:
        lines = lines[1:]
    if not any("@" in line[0] for line in lines):
        raise BadList
    return [services.Told(*(part.strip() for part in (*line, "", "")[:3])) for line in lines]


def _inert(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _not_done(request: HttpRequest, slug: str, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("people-studio:fans", slug=slug)


def _artist(slug: str) -> Artist:
    artist = selectors.artist(slug)
    if artist is None:
        raise Http404
    return artist
