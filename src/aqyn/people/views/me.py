"""One's own page: name, language, devices, data."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.people import selectors, services
from aqyn.people.access import crew_only
from aqyn.people.errors import Refused
from aqyn.people.forms import me_form
from aqyn.people.models import Person

READ_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_POST)
@crew_only
def me(request: HttpRequest) -> HttpResponse:
    """Name and language (POST), the devices, one's data."""
    person = cast(Person, request.user)
    form = me_form(person, request.POST or None)
    if form.is_bound and form.is_valid():
        services.change_person(person=person, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Kept."))
        return redirect("people-studio:me")
    context = {
        "form": form,
        "devices": selectors.devices(person, now=timezone.now()),
        "this_key": request.session.session_key,
    }
    return render(request, "people/me.html", context, status=422 if form.is_bound else 200)


@require_POST
@crew_only
def sign_out_device(request: HttpRequest, device_id: int) -> HttpResponse:
    if services.sign_out_device(person=cast(Person, request.user), device_id=device_id):
        messages.success(request, _("That device is signed out."))
    return redirect("people-studio:me")


@require_POST
@crew_only
def everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, or everywhere but here where the box is ticked."""
    now = timezone.now()
    request.user = person = services.sign_out_everywhere(person=cast(Person, request.user), now=now)
    if "stay" not in request.POST:
        logout(request)
        return redirect("people-plain:sign-in")
    update_session_auth_hash(request, person)
    agent = request.headers.get("User-Agent", "")
    services.note_sign_in(
        person=person, session_key=str(request.session.session_key), user_agent=agent, now=now
    )
    messages.success(request, _("Every other device is signed out."))
    return redirect("people-studio:me")


@require_safe
@crew_only
def data(request: HttpRequest) -> HttpResponse:
    """One's own data as a JSON file."""
    person = cast(Person, request.user)
    answer = JsonResponse(
        services.export_person(person), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = 'attachment; filename="aqyn-me.json"'
    return answer


@require_POST
@crew_only
def erase(request: HttpRequest) -> HttpResponse:
    """Erase oneself for good, once the box was ticked that says so."""
    if "sure" not in request.POST:
        messages.error(request, _("Nothing was erased: tick the box that it cannot be undone."))
        return redirect("people-studio:me")
    try:
        services.erase_person(person_id=cast(Person, request.user).pk, now=timezone.now())
    except Refused as problem:
        messages.error(request, problem.sentence)
        return redirect("people-studio:me")
    logout(request)
    return redirect("/")
