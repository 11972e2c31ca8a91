"""Signing in and out, and coming in for the first time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.people import selectors, services
from aqyn.people.access import never_stored, safe_next
from aqyn.people.errors import EmailTaken, Refused, TooMany
from aqyn.people.forms import NewcomerForm, SignInForm
from aqyn.people.models import Person
from aqyn.people.services.crew import invitation_why_not
from aqyn.people.services.links import why_not
from aqyn.post import selectors as post_selectors
from aqyn.post.services import NoAddress

READ_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_POST)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether or not the address is known."""
    then = safe_next(request.POST.get("next") or request.GET.get("next"), default="")
    form = SignInForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _page(request, "sign_in.html", {"form": form, "next": then}, status)
    house = post_selectors.house_address(request)
    if house is None:
        return _page(request, "refused.html", {"sentence": NoAddress().sentence}, 503)
    try:
        services.ask_for_link(
            email=form.cleaned_data["email"],
            client=request.META.get("REMOTE_ADDR", ""),
            house=house,
            language=get_language() or "en",
            then=then,
            now=timezone.now(),
        )
    except TooMany as problem:
        return _too_many(request, problem)
    return never_stored(redirect("people-plain:sent"))  # type: ignore[return-value]


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, said to everyone alike."""
    return _page(request, "sent.html", {"set_up": post_selectors.mail_is_set_up()})


@require_http_methods(READ_OR_POST)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a one-time link. Opening it changes nothing, for mail programs look at links before people
    do."""
    now = timezone.now()
    found = selectors.link(token, now=now)
    if found is None:
        return refusal(request, why_not(token, now=now))
    if found.person is None:
        return _first_owner(request, token)
    then = safe_next(request.POST.get("next") or request.GET.get("next"))
    if request.method != "POST":
        return _page(request, "link.html", {"person": found.person, "next": then})
    try:
        person = services.use_link(token=token, now=now)
    except Refused as problem:
        return refusal(request, problem)
    return _come_in(request, person, then)


@require_http_methods(READ_OR_POST)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an invitation: who are you?"""
    now = timezone.now()
    invitation = selectors.invitation(token, now=now)
    if invitation is None:
        return refusal(request, invitation_why_not(token, now=now))
    initial = {"email": invitation.email, "language": invitation.language}
    form = NewcomerForm(request.POST or None, initial=initial)
    context = {"form": form, "invitation": invitation}
    if request.method != "POST" or not form.is_valid():
        return _page(request, "join.html", context, 422 if request.method == "POST" else 200)
    try:
        person = services.accept_invitation(token=token, now=now, **form.cleaned_data)
    except EmailTaken as problem:
        form.add_error("email", problem.sentence)
        return _page(request, "join.html", context, problem.status)
    except Refused as problem:
        return refusal(request, problem)
    return _come_in(request, person, "/studio/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign this browser out."""
    key = request.session.session_key
    if isinstance(request.user, Person) and key:
        for device in selectors.devices(request.user, now=timezone.now()):
            if device.session_key == key:
                services.sign_out_device(person=request.user, device_id=device.pk)
    logout(request)
    return never_stored(redirect("people-plain:sign-in"))  # type: ignore[return-value]


def refusal(request: HttpRequest, problem: Refused) -> HttpResponse:
    """One sentence, with the status that it has."""
    return _page(request, "refused.html", {"sentence": problem.sentence, "ask_again": True}, problem.status)


def _first_owner(request: HttpRequest, token: str) -> HttpResponse:
    form: forms.Form = NewcomerForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _page(request, "first_owner.html", {"form": form}, status)
    try:
        person = services.become_first_owner(token=token, now=timezone.now(), **form.cleaned_data)
    except EmailTaken as problem:
        form.add_error("email", problem.sentence)
        return _page(request, "first_owner.html", {"form": form}, problem.status)
    except Refused as problem:
        return refusal(request, problem)
    return _come_in(request, person, "/studio/")


def _come_in(request: HttpRequest, person: Person, then: str) -> HttpResponse:
    # The old session goes with all that anyone may have planted in it; the new one has a key nobody has seen.
    request.session.flush()
    login(request, person)
    if request.session.session_key is None:
        request.session.create()
    services.note_sign_in(
        person=person,
        session_key=str(request.session.session_key),
        user_agent=request.headers.get("User-Agent", ""),
        now=timezone.now(),
    )
    return never_stored(HttpResponseRedirect(then))  # type: ignore[return-value]


def _too_many(request: HttpRequest, problem: TooMany) -> HttpResponse:
    answer = _page(request, "refused.html", {"sentence": problem.sentence}, problem.status)
    answer["Retry-After"] = str(problem.seconds)
    return answer


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return never_stored(render(request, f"people/{template}", context, status=status))  # type: ignore[return-value]
