"""Following an artist: the form, the page that says what happens next, the button in the letter's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.people import selectors, services
from aqyn.people.access import never_stored
from aqyn.people.errors import LinkExpired, LinkUnknown, Refused, TooMany
from aqyn.people.forms import AddressField
from aqyn.people.models import Artist, Fan
from aqyn.people.services.fans import LONGEST_CITY, VALID
from aqyn.post import selectors as post_selectors
from aqyn.post.services import NoAddress
from aqyn.ui.languages import current_code

READ_OR_POST = ["GET", "HEAD", "POST"]


class WhereForm(forms.Form):
    """What a follower tells beside the address."""

    city = forms.CharField(
        label=gettext_lazy("City"),
        required=False,
        max_length=LONGEST_CITY,
        help_text=gettext_lazy("So that you hear of the evenings near you."),
        widget=forms.TextInput({"autocomplete": "address-level2", "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letters"), choices=settings.LANGUAGES, initial=current_code
    )


class FollowForm(WhereForm):
    email = AddressField(widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}))
    field_order = ("email", "city", "language")


def follow_artist(artist: Artist) -> dict[str, Any]:
    """For the slots on an artist's page and, handed a show, on the show's page."""
    artist = getattr(artist, "artist", artist)
    # Its own prefix for ids: a page may hold another form that asks for an address.
    return {"artist": artist, "form": FollowForm(auto_id="follow-%s")}


def kept_of(token: str) -> dict[str, Any] | None:
    """For the slot "leave.after": what is kept of the follower whom a leave token belongs to."""
    found = post_selectors.leaver(token)
    rows = selectors.follows(found[0]) if found else []
    names = dict(settings.LANGUAGES)
    kept = [(row, names.get(row.language, row.language)) for row in rows]
    return {"token": token, "kept": kept} if kept else None


@require_http_methods(READ_OR_POST)
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for an artist's letters. The answer is the same whoever the address belongs to."""
    artist = _artist(slug)
    form = FollowForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _page(request, "follow.html", {"artist": artist, "form": form}, status)
    house = post_selectors.house_address(request)
    if house is None:
        return _page(request, "refused.html", {"sentence": NoAddress().sentence}, 503)
    try:
        services.ask_to_follow(artist=slug, house=house, now=timezone.now(), **form.cleaned_data)
    except TooMany as problem:
        answer = _page(request, "refused.html", {"sentence": problem.sentence}, problem.status)
        answer["Retry-After"] = str(problem.seconds)
        return answer
    except Refused as problem:
        return _page(request, "refused.html", {"sentence": problem.sentence}, problem.status)
    return _see(reverse("people:follow-sent", args=[slug]))


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next, said to everyone alike."""
    context = {"artist": _artist(slug), "set_up": post_selectors.mail_is_set_up()}
    return _page(request, "follow_sent.html", context)


@require_http_methods(READ_OR_POST)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the letter's link: one button. Opening it changes nothing; mail programs look at links."""
    now = timezone.now()
    fan = selectors.fan(token)
    if fan is None or fan.asked_at <= now - VALID:
        problem: Refused = LinkUnknown() if fan is None else LinkExpired()
        context = {"sentence": problem.sentence, "artist": fan.artist if fan else None}
        return _page(request, "follow_refused.html", context, problem.status)
    form = WhereForm(request.POST or None, initial={"city": fan.city, "language": fan.language})
    if request.method != "POST":
        return _page(request, "follow_confirm.html", {"fan": fan, "form": form})
    if not form.is_bound or not form.is_valid():
        return _page(request, "follow_confirm.html", {"fan": fan, "form": form}, 422)
    try:
        fan = services.confirm_follow(token=token, now=now, **form.cleaned_data)
    except Refused as problem:
        context = {"sentence": problem.sentence, "artist": fan.artist}
        return _page(request, "follow_refused.html", context, problem.status)
    return _page(request, "follow_confirm.html", {"fan": fan, "done": True, "leave": _leave_path(fan)})


@require_POST
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Remove all that is kept of the follower whom this leave token belongs to."""
    found = post_selectors.leaver(token)
    if found is None:
        return _page(request, "follow_refused.html", {"sentence": LinkUnknown().sentence}, 404)
    services.forget_fan(email=found[0])
    return _page(request, "follow_forgotten.html", {"address": found[0]})


def _leave_path(fan: Fan) -> str:
    return post_selectors.leave_path(address=fan.email, kind=services.letters_of(fan.artist))


def _artist(slug: str) -> Artist:
    artist = selectors.artist(slug)
    if artist is None:
        raise Http404
    return artist


def _see(path: str) -> HttpResponse:
    answer = HttpResponseRedirect(path)
    answer.status_code = 303
    return never_stored(answer)  # type: ignore[return-value]


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return never_stored(render(request, f"people/{template}", context, status=status))  # type: ignore[return-value]
