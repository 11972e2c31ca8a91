"""Words and times brought into a song from a lyrics file: first looked at, then taken as it was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aqyn import media
from aqyn.core.lyrics.formats import FORMATS, Sheet
from aqyn.core.lyrics.model import LyricsError
from aqyn.core.script import direction
from aqyn.people.access import crew_only
from aqyn.songs import sentences as refuse
from aqyn.songs.forms import LANGUAGES, NO_RECORDING, Meeting
from aqyn.songs.models import LineText, Recording
from aqyn.songs.selectors.desk import DeskSong
from aqyn.songs.selectors.files import format_name
from aqyn.songs.selectors.lyrics import layer_name
from aqyn.songs.selectors.rows import SongRows
from aqyn.songs.selectors.understood import HeldLayer, Understood, language_of, understood
from aqyn.songs.sentences import Refusal, lyrics_sentence, media_sentence
from aqyn.songs.services.deciding import Decision, Take, What, decide
from aqyn.songs.services.lyrics_files import state_of, take_lyrics
from aqyn.songs.views.brought import File, brought, inside, to_carry
from aqyn.songs.views.deeds import desk_or_404, recording_or_404
from aqyn.songs.views.public import one, whole


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be taken, or the sentence why it cannot."""

    value: str
    layer: HeldLayer | None
    take: Take
    decision: Decision | None
    fault: str
    chosen: bool = False


@crew_only
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """A file or its text; then what it holds and what can be taken of it; then that is done."""
    desk = desk_or_404(slug)
    within = request.GET.get("recording", "")
    if request.method != "POST" and not within:
        return _page(request, desk)
    try:
        file = brought(request) if request.method == "POST" else inside(_recording(slug, within))
    except LyricsError as error:
        return _page(request, desk, fault=lyrics_sentence(error), status=400)
    except media.MediaError as error:
        return _page(request, desk, fault=media_sentence(error.code, error.details), status=400)
    except Refusal as refusal:
        return _page(request, desk, fault=str(refusal), status=400)
    rows = one(whole(slug=slug))
    form = _meeting(request, rows, file.sheet, within)
    if not form.is_valid():
        return _preview(request, desk, rows, file, form, status=400)
    if request.POST.get("deed") != "take":
        return _preview(request, desk, rows, file, form)
    try:
        take = _take(form, request.POST.get("what", ""))
        if request.POST.get("meeting", "") != _told(form):
            raise refuse.LookAgain
        done = take_lyrics(
            song=slug,
            sheet=file.sheet,
            take=take,
            seen=request.POST.get("seen", ""),
            now=timezone.now(),
            source=file.format.label,
            actor=request.user,
        )
    except Refusal as refusal:
        rows = one(whole(slug=slug))
        return _preview(request, desk, rows, file, form, fault=str(refusal), status=409)
    messages.success(request, _said(take, done))
    return HttpResponseRedirect(reverse("songs-studio:song", args=[slug]))


def _recording(slug: str, said: str) -> Recording:
    if not (said.isascii() and said.isdecimal()):
        raise Http404
    return recording_or_404(slug, int(said))


def _meeting(request: HttpRequest, rows: SongRows, sheet: Sheet, within: str) -> Meeting:
    """How the file meets the song, as the page says, or as it is most likely meant.

    `within`: the recording whose file these words came in.
    """
    language = language_of(rows, sheet)
    preferred = min(rows.recordings, key=lambda one: (not one.preferred, one.pk), default=None)
    meant = {
        "language": language,
        "recording": within or (str(preferred.pk) if preferred else NO_RECORDING),
        "offset": "0",
    }
    told = meant | {key: value for key, value in request.POST.items() if key in Meeting.base_fields}
    known = {tag: name for tag, name in LANGUAGES} | {
        tag: layer_name(tag)
        for tag in [layer.tag for layer in rows.layers] + [language]
        if tag not in dict(LANGUAGES)
    }
    recordings = [(str(r.pk), r.name or r.filename) for r in rows.recordings]
    return Meeting(told, languages=list(known.items()), recordings=recordings)


def _told(form: Meeting) -> str:
    """How the file meets the song, as the page says it when it shows what would be taken."""
    return " ".join(str(form.cleaned_data[name]) for name in Meeting.base_fields)


def _take(form: Meeting, what: str) -> Take:
    """What the page asks to be taken. Raises NothingChosen."""
    kind, _colon, tag = what.partition(":")
    if kind not in list(What):
        raise refuse.NothingChosen
    told = form.cleaned_data
    return Take(
        What(kind),
        told["language"],
        tag,
        None if told["recording"] == NO_RECORDING else int(told["recording"]),
        told["offset"],
        told["over_times"],
        told["over_readings"],
    )


def _options(rows: SongRows, file: File, form: Meeting, held: Understood, chosen: str) -> list[Option]:
    layers = [layer for layer in held.layers if layer.tag != rows.song.language]
    wanted: Sequence[tuple[str, HeldLayer | None]] = [
        ("words", None),
        ("times", None),
        *((f"layer:{layer.tag}", layer) for layer in layers),
    ]
    options = [_option(rows, file, _take(form, value), value, layer) for value, layer in wanted]
    open_to = [option.value for option in options if option.decision]
    if held.only_song + held.only_file == 0 and "times" in open_to:
        # The words are the song's own: their times are what is new.
        best = "times"
    else:
        # Nothing is proposed of a file that is perhaps another song's.
        foreign = not held.same and form.cleaned_data["language"] == rows.song.language
        best = "" if foreign else next(iter(open_to), "")
    picked = chosen if chosen in open_to else best
    return [Option(o.value, o.layer, o.take, o.decision, o.fault, o.value == picked) for o in options]


def _option(rows: SongRows, file: File, take: Take, value: str, layer: HeldLayer | None) -> Option:
    try:
        return Option(value, layer, take, decide(rows, file.sheet, take), "")
    except Refusal as refusal:
        return Option(value, layer, take, None, str(refusal))


def _said(take: Take, done: Decision) -> str:
    if take.what is What.WORDS:
        return _("The file's words are the song's now. Those before are kept as a version.")
    if take.what is What.TIMES:
        said = ngettext(
            "%(n)s line is timed as in the file.", "%(n)s lines are timed as in the file.", done.timed
        )
        return said % {"n": done.timed}
    said = ngettext("%(n)s line reads as in the file.", "%(n)s lines read as in the file.", done.read)
    return said % {"n": done.read}


def _page(request: HttpRequest, desk: DeskSong, *, fault: str = "", status: int = 200) -> HttpResponse:
    context = {
        "song": desk,
        "text": request.POST.get("text", ""),
        "fault": fault,
        "formats": [format_name(form) for form in FORMATS.values()],
    }
    return render(request, "songs/studio/import.html", context, status=status)


def _preview(
    request: HttpRequest,
    desk: DeskSong,
    rows: SongRows,
    file: File,
    form: Meeting,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    good: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    language = good.get("language") or language_of(rows, file.sheet)
    wanted = good.get("recording")
    recording = next((r for r in rows.recordings if str(r.pk) == wanted), None)
    held = understood(
        rows,
        file.format,
        file.sheet,
        language=language,
        recording=recording,
        offset_ms=good.get("offset") or 0,
    )
    context = {
        "song": desk,
        "form": form,
        "fault": fault,
        "file": file,
        "held": held,
        "foreign": not held.same and language == rows.song.language,
        "language": {"tag": language, "name": layer_name(language), "dir": direction(language)},
        "recording": recording,
        "options": _options(rows, file, form, held, request.POST.get("what", "")) if good else [],
        "timed_already": any(getattr(r, "timing", None) and r.timing.cues for r in rows.recordings),
        "written_already": any(
            text.origin == LineText.Origin.WRITTEN and text.kind != LineText.Kind.MAIN.value
            for line in rows.lines
            for text in line.texts.values()
        ),
        "carried": to_carry(file.data),
        "meeting": _told(form) if good else "",
        "seen": state_of(rows),
    }
    return render(request, "songs/studio/import_preview.html", context, status=status)
