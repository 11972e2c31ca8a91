"""The mail pages of the studio, and the page where a reader leaves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.post import selectors, services
from aqyn.post.forms import MailServerForm, TestLetterForm
from aqyn.post.models import Letter, MailServer
from aqyn.ui.access import never_stored, owner_only

READ_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_POST)
@owner_only
def server(request: HttpRequest) -> HttpResponse:
    """Mail settings, with the test letter below them."""
    row = MailServer.objects.filter(pk=1).first()
    form = MailServerForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        services.set_mail_server(values=form.values(), now=timezone.now())
        messages.success(request, _("Kept. Now send yourself a test letter."))
        return redirect("post-studio:server")
    return _server_page(request, form, row, status=422 if form.is_bound else 200)


@require_POST
@owner_only
def forget_server(request: HttpRequest) -> HttpResponse:
    """Back to letters carried by hand."""
    services.forget_mail_server()
    messages.success(
        request, _("The mail server is forgotten, its password too. Letters are carried by hand.")
    )
    return redirect("post-studio:server")


@require_POST
@owner_only
def test_letter(request: HttpRequest) -> HttpResponse:
    """Send a letter at once and say what the server answered."""
    form = TestLetterForm(request.POST)
    if not form.is_valid():
        row = MailServer.objects.filter(pk=1).first()
        return _server_page(request, MailServerForm(instance=row), row, test=form, status=422)
    sent, sentence = services.send_test_letter(to=form.cleaned_data["to"], now=timezone.now())
    (messages.success if sent else messages.error)(request, sentence)
    return redirect("post-studio:server")


@require_safe
@owner_only
def outbox(request: HttpRequest) -> HttpResponse:
    """Letters to carry by hand, waiting, failed and sent."""
    box = selectors.outbox(now=timezone.now())
    return render(request, "post/outbox.html", {"box": box, "set_up": selectors.mail_is_set_up()})


@require_POST
@owner_only
def retry(request: HttpRequest, letter_id: int) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=letter_id)
    if services.retry_letter(letter, now=timezone.now()):
        messages.success(request, _("The letter is tried again."))
    else:
        messages.error(request, _("This letter cannot be sent again: what it said is no longer kept."))
    return redirect("post-studio:outbox")


@require_POST
@owner_only
def remove(request: HttpRequest, letter_id: int) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=letter_id)
    services.remove_letter(letter)
    messages.success(request, _("The letter to %(address)s is removed.") % {"address": letter.to})
    return redirect("post-studio:outbox")


@require_POST
@owner_only
def carried(request: HttpRequest, letter_id: int) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=letter_id)
    if not services.mark_carried(letter, now=timezone.now()):
        messages.error(request, _("This letter was sent or given up already."))
    return redirect("post-studio:outbox")


@require_http_methods(READ_OR_POST)
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """One button, and the POST that mail programs send by themselves (RFC 8058). Opening it changes
    nothing."""
    found = selectors.leaver(token)
    if found is None:
        return _leave_page(request, {"unknown": True}, status=404)
    address, kind = found
    if request.method != "POST":
        return _leave_page(request, {"address": address, "token": token})
    if "return" in request.POST:
        services.return_to_letters(address=address, kind=kind)
        return _leave_page(request, {"address": address, "token": token, "returned": True})
    services.leave(address=address, kind=kind, now=timezone.now())
    return _leave_page(request, {"address": address, "token": token, "left": True})


def _leave_page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    return never_stored(render(request, "post/leave.html", context, status=status))  # type: ignore[return-value]


def _server_page(
    request: HttpRequest,
    form: MailServerForm,
    row: MailServer | None,
    *,
    test: TestLetterForm | None = None,
    status: int = 200,
) -> HttpResponse:
    test = test or TestLetterForm(initial={"to": getattr(request.user, "email", "")})
    context = {"form": form, "server": row, "test": test, "news_ready": selectors.house_address() is not None}
    return render(request, "post/server.html", context, status=status)
