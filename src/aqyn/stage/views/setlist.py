"""The setlist's editor: every deed is a form that goes back to the page, and can be undone there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aqyn.core.texts import choose
from aqyn.people.access import crew_only
from aqyn.shows import selectors as shows
from aqyn.stage import services
from aqyn.stage.forms import Told, whole
from aqyn.stage.selectors.editing import Editor, Row, editor
from aqyn.stage.selectors.setlist import QUIET, snapshot
from aqyn.stage.sentences import NoSuchEntry, NothingToUndo, Refusal
from aqyn.stage.views.undoing import keep_undo, take_undo, undo_of
from aqyn.ui.languages import TAGS, WANTED, current_code

KIND = "setlist"


@crew_only
@require_safe
def setlist(request: HttpRequest, slug: str) -> HttpResponse:
    """The setlist of a show; `?open=` names the entry whose form stands open."""
    return _page(request, _or_404(slug), opened=request.GET.get("open", ""))


@crew_only
@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A song that was chosen, or talk with its title in the language of the page."""
    song, talk = request.POST.get("song", ""), request.POST.get("talk", "")
    title = {} if song else {TAGS[current_code()]: talk}

    def deed(now: datetime) -> None:
        services.add_entry(show=slug, song=song, title=title, now=now, actor=request.user)

    return _do(request, slug, deed, _("Added at the end"), at="end")


@crew_only
@require_POST
def change(request: HttpRequest, slug: str, entry: int) -> HttpResponse:
    """How the entry is to be sung; the button says what else becomes of the order of its parts."""
    page = _or_404(slug)
    row = _row(page, entry)
    if row is None:
        return _page(request, page, fault=str(NoSuchEntry()), status=409)
    form = Told(request.POST, row=row)
    if not form.is_valid():
        return _page(request, page, opened=str(entry), form=form, status=400)
    name = request.POST.get("do", "")
    facts = form.facts(f"add {request.POST.get('part', '')}" if name == "add" else name)

    def deed(now: datetime) -> None:
        services.change_entry(entry=entry, facts=facts, now=now, actor=request.user)

    return _do(request, slug, deed, _("“%(title)s” changed") % {"title": _called(row)}, entry, form=form)


@crew_only
@require_POST
def move(request: HttpRequest, slug: str, entry: int) -> HttpResponse:
    """One place up or down, as the button says."""
    page = _or_404(slug)
    row = _row(page, entry)
    if row is None:
        return _page(request, page, fault=str(NoSuchEntry()), status=409)
    to = row.number - 2 if request.POST.get("where") == "up" else row.number

    def deed(now: datetime) -> None:
        services.move_entry(entry=entry, to=to, now=now, actor=request.user)

    return _do(request, slug, deed, _("“%(title)s” moved") % {"title": _called(row)}, entry, opened=False)


@crew_only
@require_POST
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole list in another order, as it was dragged: the numbers of its entries."""
    entries = [whole(number) for number in request.POST.get("order", "").split()]

    def deed(now: datetime) -> None:
        services.order_entries(show=slug, entries=entries, now=now, actor=request.user)

    return _do(request, slug, deed, _("Put in order"))


@crew_only
@require_POST
def remove(request: HttpRequest, slug: str, entry: int) -> HttpResponse:
    page = _or_404(slug)
    row = _row(page, entry)
    if row is None:
        return _page(request, page, fault=str(NoSuchEntry()), status=409)

    def deed(now: datetime) -> None:
        services.remove_entry(entry=entry, now=now, actor=request.user)

    return _do(request, slug, deed, _("“%(title)s” taken off") % {"title": _called(row)})


@crew_only
@require_POST
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """The last deed of this browser, taken back, unless somebody else has changed the list since."""
    page, last = _or_404(slug), take_undo(request, KIND, slug)
    try:
        if last is None:
            raise NothingToUndo
        services.restore_setlist(
            show=slug, before=last["before"], after=last["after"], now=timezone.now(), actor=request.user
        )
    except Refusal as refusal:
        return _page(request, page, fault=str(refusal), status=409)
    return HttpResponseRedirect(reverse("stage-studio:setlist", args=[slug]))


def _do(
    request: HttpRequest,
    slug: str,
    deed: Callable[[datetime], None],
    said: str,
    entry: int | None = None,
    *,
    at: str = "",
    opened: bool = True,
    form: Told | None = None,
) -> HttpResponse:
    """Do it and go back to the entry, or show the page with the one sentence why not."""
    show = shows.shown(slug)
    if show is None:
        raise Http404
    before = snapshot(show)
    try:
        deed(timezone.now())
    except Refusal as refusal:
        here = _or_404(slug)
        if form is not None and entry is not None and any(row.id == entry for row in here.rows):
            form.add_error(None, str(refusal))
            return _page(request, here, opened=str(entry), form=form, status=409)
        return _page(request, here, fault=str(refusal), status=409)
    keep_undo(request, KIND, slug, said=said, before=before, after=snapshot(show))
    address = reverse("stage-studio:setlist", args=[slug])
    if entry is not None:
        address += f"?open={entry}#entry-{entry}" if opened else f"#entry-{entry}"
    return HttpResponseRedirect(f"{address}#{at}" if at else address)


def _page(
    request: HttpRequest,
    page: Editor,
    *,
    opened: str = "",
    form: Told | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    forms = {
        row.id: form if form is not None and form.row.id == row.id else Told.of(row) for row in page.rows
    }
    context = {
        "page": page,
        "show": page.show,
        "rows": [(row, forms[row.id]) for row in page.rows],
        "opened": opened,
        "fault": fault,
        "undo": undo_of(request, KIND, page.show.slug),
        "quiet": QUIET,
    }
    return render(request, "stage/studio/setlist.html", context, status=status)


def _called(row: Row) -> str:
    return choose(row.title, WANTED[current_code()]).text


def _or_404(slug: str) -> Editor:
    found = editor(slug)
    if found is None:
        raise Http404
    return found


def _row(page: Editor, entry: int) -> Row | None:
    return next((row for row in page.rows if row.id == entry), None)
