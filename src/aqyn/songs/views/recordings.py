"""A song's recordings: brought in, told, timed after one another, chosen, taken away."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path
from typing import cast

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aqyn import media
from aqyn.people.access import crew_only
from aqyn.songs import services
from aqyn.songs.forms import Sound
from aqyn.songs.models import Preparation
from aqyn.songs.selectors.desk import DeskSong
from aqyn.songs.sentences import Refusal, TimesAreThere, media_sentence
from aqyn.songs.views.deeds import desk_or_404, do, recording_or_404
from aqyn.songs.views.studio import song_page
from aqyn.ui.errors import error_page


@crew_only
@require_POST
def attach(request: HttpRequest, slug: str) -> HttpResponse:
    """A recording in one go, for a browser without scripts; others bring it in by pieces."""
    desk = desk_or_404(slug)
    if not take_files(request):
        return no_room(request)
    form = Sound(request.POST, request.FILES, recordings=desk.recordings)
    if not form.is_valid():
        return song_page(request, desk, sound=form, status=400)
    try:
        bring(request, form, slug)
    except media.MediaError as error:
        form.add_error("file", media_sentence(error.code, error.details))
        return song_page(request, desk, sound=form, status=422)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return song_page(request, desk, sound=form, status=409)
    said = _("The recording is here. It is being made ready for browsers.")
    return do(request, lambda now: None, said, slug)


def bring(request: HttpRequest, form: Sound, song: str) -> None:
    """Keep the form's file as a recording of the song. Raises MediaError or a Refusal."""
    sent = cast(TemporaryUploadedFile, form.cleaned_data["file"])
    services.attach_recording(
        song=song,
        source=Path(sent.temporary_file_path()),
        filename=sent.name or "",
        kind=form.cleaned_data.get("kind") or "studio",
        replaces=int(form.cleaned_data["replaces"]) if form.cleaned_data.get("replaces") else None,
        now=timezone.now(),
        actor=request.user,
    )


def take_files(request: HttpRequest) -> bool:
    """Take the form's files in on the disk; whether there was room for them."""
    handler = TemporaryFileUploadHandler(request)
    request.upload_handlers = [handler]
    try:
        return request.POST is not None
    except OSError as error:
        with suppress(OSError):
            handler.upload_interrupted()
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return False
        raise


def no_room(request: HttpRequest) -> HttpResponse:
    sentence = _("The disk of the house is full, so nothing was kept.")
    return error_page(request, 507, sentence, title=_("There is no room"))


@crew_only
@require_POST
def tell(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    """What it is called, and of which kind it is."""
    recording_or_404(slug, recording)
    return do(
        request,
        lambda now: services.tell_recording(
            recording=recording,
            kind=request.POST.get("kind", ""),
            name=request.POST.get("name", ""),
            now=now,
            actor=request.user,
        ),
        _("Kept."),
        slug,
    )


@crew_only
@require_POST
def take(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    """Have it take the times of another recording; asks once more where it has times of its own."""
    row, desk = recording_or_404(slug, recording), desk_or_404(slug)
    source = _of_the_song(desk, request.POST.get("source", ""))
    replacing = request.POST.get("replacing") == "yes"
    try:
        services.take_times(
            recording=recording, source=source, replacing=replacing, now=timezone.now(), actor=request.user
        )
    except TimesAreThere as refusal:
        context = {"song": desk, "recording": row, "source": source, "sentence": str(refusal)}
        return render(request, "songs/studio/retime.html", context, status=409)
    except Refusal as refusal:
        context = {"sentence": str(refusal), "slug": slug}
        return render(request, "songs/studio/refused.html", context, status=409)
    return do(request, lambda now: None, _("The two recordings are being laid over each other."), slug)


def _of_the_song(desk: DeskSong, said: str) -> int:
    found = next((row.pk for row in desk.recordings if str(row.pk) == said), None)
    if found is None:
        raise Http404
    return found


@crew_only
@require_POST
def prefer(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    recording_or_404(slug, recording)
    return do(
        request,
        lambda now: services.prefer_recording(recording=recording, now=now, actor=request.user),
        _("The song's page plays this recording now."),
        slug,
    )


@crew_only
@require_POST
def again(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    recording_or_404(slug, recording)
    return do(
        request,
        lambda now: services.prepare_again(recording=recording, now=now, actor=request.user),
        _("It is being prepared once more."),
        slug,
    )


@crew_only
@require_POST
def cancel(request: HttpRequest, slug: str, job: int) -> HttpResponse:
    row = Preparation.objects.filter(song__slug=slug, pk=job).select_related("recording").first()
    if row is None:
        raise Http404
    stays = row.kind == "compare" or (row.recording is not None and row.recording.encodings.exists())
    said = (
        _("Stopped; the recording is as it was.")
        if stays
        else _("Cancelled; the recording was taken away again.")
    )
    return do(
        request,
        lambda now: services.cancel_preparation(preparation=job, now=now, actor=request.user),
        said,
        slug,
    )


@crew_only
def remove(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    """Asks once, then removes."""
    row = recording_or_404(slug, recording)
    if request.method == "POST":
        return do(
            request,
            lambda now: services.remove_recording(recording=recording, now=now, actor=request.user),
            _("The recording and its files are gone."),
            slug,
        )
    return render(request, "songs/studio/remove.html", {"song": desk_or_404(slug), "recording": row})
