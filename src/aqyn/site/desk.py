"""The studio's front page: what needs doing next, and how every song stands. And making the house one's
own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aqyn.core.texts import choose
from aqyn.people import selectors as people
from aqyn.people.access import crew_only, is_owner, owner_only
from aqyn.post import selectors as post
from aqyn.shows import selectors as shows
from aqyn.site import first_run
from aqyn.site.forms import MakeItMine
from aqyn.site.models import Sample
from aqyn.songs import selectors as songs
from aqyn.songs.selectors import SongCard
from aqyn.ui.languages import WANTED, current_code
from aqyn.ui.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do next: a sentence, and the page where it is done. `lit` where it stands before all
    else."""

    sentence: str
    url: str
    action: str
    lit: bool = False


@crew_only
def front(request: HttpRequest) -> HttpResponse:
    """`/studio/`."""
    cards = songs.all_songs()
    context = {
        "deeds": list(_deeds(request, cards)),
        "songs": [(card, reverse("songs-studio:song", args=[card.slug])) for card in cards],
        "jobs": songs.jobs(),
        "new_song": reverse("songs-studio:new"),
        "artists": people.artists(),
    }
    return render(request, "site/desk.html", context)


@owner_only
def make_it_mine(request: HttpRequest) -> HttpResponse:
    """`/studio/make-it-mine/`: the sample goes, the owner's own artist comes. Asked once, done in one
    step."""
    if not first_run.sample_is_here():
        messages.info(request, _("The sample is gone already: this house is yours."))
        return HttpResponseRedirect(reverse("site-studio:front"))
    form, status = MakeItMine(request.POST if request.method == "POST" else None), 400
    if request.method == "POST" and form.is_valid():
        try:
            first_run.make_it_mine(
                name=form.names,
                languages=form.languages,
                hue=form.cleaned_data["hue"],
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("The house is yours. Begin with a song."))
            return HttpResponseRedirect(reverse("site-studio:front"))
    going = Sample.objects.get()
    sample = [card for card in songs.all_songs() if card.slug in going.songs]
    evenings = [show for show in shows.all_shows() if show.slug in going.shows]
    titles = [song.title for song in sample] + [show.title for show in evenings]
    context = {"form": form, "going": titles, "wave": sample[0].wave if sample else []}
    return render(request, "site/make_it_mine.html", context, status=status if form.errors else 200)


def _deeds(request: HttpRequest, cards: list[SongCard]) -> Iterator[Deed]:
    if is_owner(request):
        yield from _owners_deeds()
    if not cards:
        yield Deed(
            _("There is no song yet."), reverse("songs-studio:new"), _("Write the first one"), lit=True
        )
    wordless = [card for card in cards if not card.lines]
    silent = [card for card in cards if card.lines and not card.recordings and not card.preparing]
    untimed = [card for card in cards if card.lines and card.duration_ms and card.timed == "no"]
    for card in wordless:
        yield _song_deed(card, _("“%(song)s” has no words yet."), _("Write the words"))
    for card in untimed:
        yield _song_deed(card, _("“%(song)s” has words and sound, but no times."), _("See how to time it"))
    for card in silent:
        yield _song_deed(card, _("“%(song)s” has no recording yet."), _("See how to bring one in"))


def _owners_deeds() -> Iterator[Deed]:
    if first_run.sample_is_here():
        mine = reverse("site-studio:make-it-mine")
        yield Deed(_("This house still shows the sample artist."), mine, _("Make it mine"), lit=True)
    outbox = post.outbox(now=timezone.now())
    mail = reverse("post-studio:outbox")
    if waiting := len(outbox.by_hand):
        said = ngettext(
            "%(count)d letter waits to be carried by hand.",
            "%(count)d letters wait to be carried by hand.",
            waiting,
        )
        yield Deed(said % {"count": waiting}, mail, _("See the letters"), lit=True)
    if failed := len(outbox.failed):
        said = ngettext("%(count)d letter could not be sent.", "%(count)d letters could not be sent.", failed)
        yield Deed(said % {"count": failed}, mail, _("See why"), lit=True)
    if not post.mail_is_set_up():
        yield Deed(_("No mail is set up, so no letter leaves by itself."), mail, _("Set up mail"))


def _song_deed(card: SongCard, sentence: str, action: str) -> Deed:
    title = choose(card.title, WANTED[current_code()]).text
    return Deed(sentence % {"song": title}, reverse("songs-studio:song", args=[card.slug]), action)
