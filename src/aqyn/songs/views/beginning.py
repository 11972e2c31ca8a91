"""A new song: its words, and a recording beside them if there is one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aqyn import media
from aqyn.core.lyrics.model import plain
from aqyn.core.script import direction
from aqyn.people.access import crew_only
from aqyn.people.selectors import artists
from aqyn.songs import services
from aqyn.songs.forms import LANGUAGES, NewSong
from aqyn.songs.models import Song
from aqyn.songs.selectors.understood import held
from aqyn.songs.sentences import Refusal, SlugTaken, media_sentence
from aqyn.songs.views.brought import carried, to_carry
from aqyn.songs.views.deeds import problem
from aqyn.songs.views.recordings import no_room, take_files
from aqyn.ui.templatetags.aqyn import said_text

SHOWN = 6
"""Lines of a words file that are shown before it is taken."""
MOST_OF_A_NAME = 50
"""Songs of one title that get an address of their own."""


@crew_only
def new(request: HttpRequest) -> HttpResponse:
    """A new song from its words. The page's script, which then brings the recording in, asks for JSON.

    A file with words is told first, and carried by the page: what nobody has looked at is not written.
    """
    singers = [(artist.slug, said_text(artist.name)) for artist in artists()]
    if not singers:
        messages.info(request, _("Add the artist first: a song is somebody's."))
        return HttpResponseRedirect(reverse("people-studio:add-artist"))
    if request.method == "POST" and not take_files(request):
        return no_room(request)
    if "leave" in request.POST:
        return render(request, "songs/studio/new.html", {"form": _without_file(request, singers)})
    form = NewSong(request.POST or None, request.FILES or None, artists=singers, carried=_carried(request))
    if request.method == "POST" and form.is_valid() and not form.fresh:
        try:
            song = _written(form, request)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _on_its_way(request, form, song)
    if form.errors and _by_script(request):
        return problem(400, next(str(said[0]) for said in form.errors.values()))
    if form.fresh and _by_script(request):
        return problem(409, _("See first what the file holds."))
    context = {"form": form} | (_held(form) if form.is_bound and form.cleaned_data.get("words_file") else {})
    return render(request, "songs/studio/new.html", context, status=400 if form.errors else 200)


def _carried(request: HttpRequest) -> tuple[bytes, str] | None:
    """The words file that the page carries, and its name."""
    try:
        data = carried(request)
    except Refusal:
        return None
    return (data, request.POST.get("filename", "")) if data else None


def _without_file(request: HttpRequest, singers: list[tuple[str, str]]) -> NewSong:
    """The page as it was filled in, its words file left out."""
    told = {name: request.POST.get(name, "") for name in ("words", "title", "language", "artist")}
    return NewSong(artists=singers, initial=told)


def _held(form: NewSong) -> dict[str, Any]:
    """What parts/held.html and the page around it are given of the file."""
    data, name = form.carried or (b"", "")
    kind, sheet = form.cleaned_data["words_file"]
    main = form.cleaned_data.get("language") or "kk-Cyrl"
    lines = [plain(line.text) for line in sheet.lines[:SHOWN]]
    return {
        "held": held(kind, sheet, main=main),
        "file": {"name": name},
        "language": {"tag": main, "dir": direction(main), "name": dict(LANGUAGES).get(main, main)},
        "first": lines,
        "more": len(sheet.lines) - len(lines),
        "carried": to_carry(data),
    }


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _on_its_way(request: HttpRequest, form: NewSong, song: Song) -> HttpResponse:
    """To the song's page, its recording kept if the form had one."""
    page = reverse("songs-studio:song", args=[song.slug])
    language = dict(LANGUAGES)[song.language]
    messages.success(
        request,
        _("Written, as a song in this language: %(language)s. It is a draft: nobody else sees it yet.")
        % {"language": language},
    )
    sent = cast(TemporaryUploadedFile | None, form.cleaned_data.get("recording"))
    if sent is not None:
        try:
            services.attach_recording(
                song=song.slug,
                source=Path(sent.temporary_file_path()),
                filename=sent.name or "",
                now=timezone.now(),
                actor=request.user,
            )
        except media.MediaError as error:
            messages.error(request, media_sentence(error.code, error.details))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    if _by_script(request):
        return JsonResponse({"page": page, "uploads": reverse("songs-studio:uploads", args=[song.slug])})
    return HttpResponseRedirect(page)


def _written(form: NewSong, request: HttpRequest) -> Song:
    """The song under the first address that is free: two songs may have one title."""
    facts, number = form.facts, 1
    while True:
        try:
            return services.write_song(
                artist=form.cleaned_data["artist"],
                facts=facts if number == 1 else replace(facts, slug=f"{facts.slug[:76]}-{number}"),
                sections=form.cleaned_data["words"],
                cues=form.cues,
                timing_source=form.source,
                now=timezone.now(),
                actor=request.user,
            )
        except SlugTaken:
            number += 1
            if number > MOST_OF_A_NAME:
                raise
