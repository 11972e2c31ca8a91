"""Posters and screens of a show: the page where they are chosen, and the poster as a PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from aqyn.people.access import crew_only
from aqyn.stage.poster.addresses import Addresses, addresses
from aqyn.stage.poster.choice import Size
from aqyn.stage.poster.contents import poster_values
from aqyn.stage.poster.forms import Poster
from aqyn.stage.poster.making import make_poster
from aqyn.stage.screen.forms import Screen
from aqyn.stage.screen.settings import Settings, read_settings
from aqyn.stage.selectors.poster import PosterFacts, poster_facts
from aqyn.stage.selectors.sample import sample
from aqyn.stage.sentences import Refusal
from aqyn.ui.languages import TAGS

USUAL = Settings()


@crew_only
@require_safe
def posters(request: HttpRequest, slug: str) -> HttpResponse:
    """The page: what a poster is to be, and how a big screen is set as the query says."""
    facts, reached = _facts(slug), addresses(request, slug)
    form = Poster(addresses=reached.of_page, initial=_usual(reached))
    try:
        return _page(request, facts, form, reached, settings=read_settings(request.GET))
    except Refusal as refusal:
        return render(request, "ui/refused.html", {"sentence": str(refusal)}, status=400)


@crew_only
@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF as the query asks for it, as usual where it says nothing; or the page with what is wrong."""
    facts, reached = _facts(slug), addresses(request, slug)
    told = _usual(reached) | {
        key: request.GET.get(key, "") for key in Poster.base_fields if key in request.GET
    }
    form, status = Poster(told, addresses=reached.of_page), 400
    if form.is_valid():
        choice = form.choice
        try:
            made = make_poster(poster_values(_facts(slug, choice.language), choice))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            answer = HttpResponse(made, content_type="application/pdf")
            name = f"{slug}-{choice.size}-{choice.language}.pdf"
            answer["Content-Disposition"] = f'inline; filename="{name}"'
            return answer
    return _page(request, facts, form, reached, status=status)


def _facts(slug: str, language: str = "kk") -> PosterFacts:
    found = poster_facts(slug, language=language)
    if found is None:
        raise Http404
    return found


def _usual(reached: Addresses) -> dict[str, str]:
    return {"size": Size.A4, "language": "kk", "address": reached.of_page[0]}


def _page(
    request: HttpRequest,
    facts: PosterFacts,
    form: Poster,
    reached: Addresses,
    *,
    settings: Settings = USUAL,
    status: int = 200,
) -> HttpResponse:
    """The screen's page is asked at the same address as the phones', in the language of its words."""
    house = reached.of_page[0].removesuffix(reverse("stage-plain:bare-door", args=[facts.slug]))
    with override(next((code for code, tag in TAGS.items() if tag == settings.main), "kk")):
        address = house + reverse("stage:screen", args=[facts.slug])
    context = {
        "show": facts,
        "poster": form,
        "warning": reached.warning,
        "settings": settings,
        "screen": Screen(settings=settings, layers=facts.layers),
        "screen_address": f"{address}?{settings.query}" if settings.query else address,
        "sample": sample(facts.slug, main=settings.main, under=settings.under),
    }
    return render(request, "stage/studio/posters.html", context, status=status)
