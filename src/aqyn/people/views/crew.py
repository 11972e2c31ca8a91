"""The crew: who they are, inviting them, their roles, letting them go. For owners."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aqyn.people import selectors, services
from aqyn.people.access import owner_only
from aqyn.people.errors import Refused
from aqyn.people.forms import InviteForm, RoleForm
from aqyn.people.models import Person
from aqyn.post import selectors as post_selectors
from aqyn.post.services import Refused as LetterRefused
from aqyn.ui.context import origin

READ_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_POST)
@owner_only
def crew(request: HttpRequest) -> HttpResponse:
    """Everyone in the crew, the open invitations, and inviting one more (POST)."""
    form = InviteForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            invitation = services.invite(
                by=request.user,  # type: ignore[arg-type]
                house=post_selectors.house_address(request),
                now=timezone.now(),
                **form.cleaned_data,
            )
        except (Refused, LetterRefused) as problem:
            form.add_error("email", problem.sentence)
            status = 409
        else:
            messages.success(request, _invited(invitation.email))
            return redirect("people-studio:crew")
    now = timezone.now()
    house = origin(request)
    invitations = [
        {"row": row, "link": house + selectors.invitation_path(row)}
        for row in selectors.open_invitations(now=now)
    ]
    context = {
        "crew": selectors.crew(),
        "removed": selectors.removed(),
        "invitations": invitations,
        "form": form,
        "mail": post_selectors.mail_is_set_up(),
    }
    return render(request, "people/crew.html", context, status=status)


@require_POST
@owner_only
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    if services.withdraw_invitation(invitation_id=invitation_id, now=timezone.now()):
        messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
    else:
        messages.error(request, _("This invitation was used or withdrawn already."))
    return redirect("people-studio:crew")


@require_POST
@owner_only
def role(request: HttpRequest, person_id: int) -> HttpResponse:
    _someone(person_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such role."))
        return redirect("people-studio:crew")
    try:
        services.change_role(person_id=person_id, role=form.cleaned_data["role"])
    except Refused as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("The role is changed."))
    return redirect("people-studio:crew")


@require_POST
@owner_only
def remove(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _someone(person_id)
    try:
        services.remove_person(person_id=person_id, now=timezone.now())
    except Refused as problem:
        messages.error(request, problem.sentence)
    else:
        sentence = _(
            "%(name)s is signed out everywhere and cannot come in any more. You can bring them back below."
        )
        messages.success(request, sentence % {"name": person.name})
    return redirect("people-studio:crew")


@require_POST
@owner_only
def bring_back(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _someone(person_id)
    if services.bring_back(person_id=person_id):
        messages.success(request, _("%(name)s may come in again.") % {"name": person.name})
    return redirect("people-studio:crew")


@require_POST
@owner_only
def erase(request: HttpRequest, person_id: int) -> HttpResponse:
    """Erase someone for good, once the box was ticked that says so."""
    person = _someone(person_id)
    if "sure" not in request.POST:
        messages.error(request, _("Nothing was erased: tick the box that it cannot be undone."))
        return redirect("people-studio:crew")
    try:
        services.erase_person(person_id=person_id, now=timezone.now())
    except Refused as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("All that was kept about %(name)s is erased.") % {"name": person.name})
    return redirect("people-studio:crew")


def _invited(email: str) -> str:
    if not email:
        return _("The invitation is ready: copy its link below and hand it over.")
    if post_selectors.mail_is_set_up():
        return _("The invitation to %(email)s is on its way.") % {"email": email}
    return _("No mail is set up: copy the link below and hand it to %(email)s.") % {"email": email}


def _someone(person_id: int) -> Person:
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found
