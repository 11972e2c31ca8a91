"""The writing desk: words as they are being written, and their readings side by side."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aqyn.core.script import direction
from aqyn.people.access import crew_only
from aqyn.songs import checks, services
from aqyn.songs.models import Song
from aqyn.songs.selectors.desk import desk_line, desk_song
from aqyn.songs.selectors.reading import layers_beside, text_reading
from aqyn.songs.selectors.rows import sections_of
from aqyn.songs.selectors.writing import open_text
from aqyn.songs.sentences import (
    NoBase,
    NoSuchLine,
    NoSuchSong,
    ReadingChanged,
    Refusal,
    TextIsNoJson,
    TooMuch,
    WordsDiffer,
)
from aqyn.songs.views.deeds import desk_or_404, problem
from aqyn.ui.languages import current_code


@crew_only
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """The words as text, with what the house reads in them beside each line.

    A form keeps them: as the song's words, or, with the deed "later", as the working text.
    """
    song = get_object_or_404(Song.objects.select_related("artist"), slug=slug)
    if request.method != "POST":
        return _desk(request, song)
    said, base = request.POST.get("words", ""), request.POST.get("base")
    later = request.POST.get("deed") == "later"
    deed = services.save_text if later else services.keep_words
    try:
        if base is None:
            raise NoBase
        deed(song=slug, base=base, text=said, now=timezone.now(), actor=request.user)
    except WordsDiffer as refusal:
        return _desk(request, song, refusal.merge.text, refusal.theirs, refusal)
    except Refusal as refusal:
        return _desk(request, song, said, base or "", refusal)
    messages.success(
        request, _("Kept here; the song stays as it is.") if later else _("These are the song's words now.")
    )
    return HttpResponseRedirect(reverse("songs-studio:words", args=[slug]))


def _desk(
    request: HttpRequest, song: Song, said: str | None = None, base: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    """The page; with `said` and the refusal, what was sent comes back in it and nothing is lost."""
    sections = sections_of(song)
    there = open_text(song, sections)
    context = {
        "song": song,
        "hue": song.artist.hue if song.hue is None else song.hue,
        "there": there,
        "text": there.text if said is None else said,
        "base": there.text if said is None else base,
        "layers": layers_beside(song, sections, code=current_code()),
        "refusal": refusal,
        "dir": direction(song.language),
        "most": services.LONGEST_TEXT,
    }
    status = 200 if refusal is None else 409 if isinstance(refusal, WordsDiffer) else 400
    return render(request, "songs/studio/words.html", context, status=status)


@crew_only
@require_POST
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """Autosave: `{"base", "text", "layer"}`; answers the text that stands now and how the house reads it.

    409 with both sides where somebody else changed the same lines; nothing is overwritten.
    """
    song = Song.objects.filter(slug=slug).first()
    if song is None:
        return problem(404, str(NoSuchSong(slug=slug)))
    try:
        sent = _json(request, "base", "text")
        written = services.save_text(
            song=slug, base=sent["base"], text=sent["text"], now=timezone.now(), actor=request.user
        )
    except WordsDiffer as refusal:
        places = [
            {"where": one.where, "mine": one.mine, "theirs": one.theirs} for one in refusal.merge.conflicts
        ]
        return problem(409, str(refusal), theirs=refusal.theirs, text=refusal.merge.text, conflicts=places)
    except TooMuch as refusal:
        return problem(413, str(refusal))
    except Refusal as refusal:
        return problem(400, str(refusal))
    # As it was sent, unless it is another now: its lines have to be those of the page.
    shown = written.text if written.joined else sent["text"]
    reading = text_reading(shown, song, sent.get("layer", ""))
    told = {"text": written.text, "joined": written.joined, "pending": written.pending, "reading": reading}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@crew_only
def readings(request: HttpRequest, slug: str) -> HttpResponse:
    """Each line in each of its layers. `?add=de`: with room for a translation into one more language."""
    asked, also = request.GET.get("add", ""), ""
    fault = None
    try:
        also = checks.tag(asked) if asked else ""
    except Refusal as refusal:
        fault = refusal
    song = desk_song(slug, also=also)
    if song is None:
        raise Http404
    context = {"song": song, "fault": fault, "asked": asked, "also": also}
    return render(request, "songs/studio/readings.html", context, status=200 if fault is None else 400)


@crew_only
@require_POST
def reading(request: HttpRequest, slug: str, line: int) -> HttpResponse:
    """One cell: `{"tag", "was", "text"}`, or `{"tag", "was", "deed": "give-back"}`.

    Answers how the line and its repeats read now; 409 with what is there where somebody else changed it.
    """
    found = desk_line(desk_or_404(slug), line)
    if found is None:
        return problem(404, str(NoSuchLine()))
    try:
        sent = _json(request, "tag", "was")
        about = _about(request, line, sent["tag"], sent["was"])
        if sent.get("deed") == "give-back":
            changed = services.give_back_line(**about)
        else:
            changed = services.overrule_line(**about, text=str(sent.get("text", "")))
    except ReadingChanged as refusal:
        return problem(409, str(refusal), there=refusal.there)
    except Refusal as refusal:
        return problem(400, str(refusal))
    tag = checks.tag(sent["tag"])
    song = desk_song(slug, also=tag)
    cells = {} if song is None else {cell.id: cell for part in song.sections for cell in part.lines}
    lines = {}
    for one in changed:
        [now] = [text for text in cells[one].texts if text.tag == tag]
        lines[one] = {"text": now.text, "hers": now.hers, "guessed": now.guessed}
    return JsonResponse({"lines": lines}, json_dumps_params={"ensure_ascii": False})


@crew_only
def line(request: HttpRequest, slug: str, line: int) -> HttpResponse:
    """One line in every layer: her own text for any of them, or back to what the house makes."""
    desk = desk_or_404(slug)
    found = desk_line(desk, line)
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "songs/studio/line.html", {"song": desk, "line": found})
    about = _about(request, line, request.POST.get("tag", ""), request.POST.get("was"))
    try:
        if request.POST.get("deed") == "give-back":
            services.give_back_line(**about)
            messages.success(request, _("The house writes this line again."))
        else:
            services.overrule_line(**about, text=request.POST.get("text", ""))
            messages.success(request, _("Your line stays as you wrote it."))
    except Refusal as refusal:
        context = {"sentence": str(refusal), "slug": slug}
        return render(request, "songs/studio/refused.html", context, status=409)
    return HttpResponseRedirect(reverse("songs-studio:readings", args=[slug]))


def _about(request: HttpRequest, line: int, tag: str, was: str | None) -> dict[str, Any]:
    return {"line": line, "tag": tag, "was": was, "now": timezone.now(), "actor": request.user}


def _json(request: HttpRequest, *needed: str) -> dict[str, Any]:
    """What a script sent: an object of texts, with at least these. Raises TextIsNoJson."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        raise TextIsNoJson from None
    if not isinstance(sent, dict) or not all(isinstance(value, str) for value in sent.values()):
        raise TextIsNoJson
    if not all(key in sent for key in needed):
        raise TextIsNoJson
    return sent
