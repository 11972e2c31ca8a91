"""What may be read of letters to many: who they are for, how they look, how far they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aqyn.core.texts import choose
from aqyn.people import selectors as people
from aqyn.people import services as people_services
from aqyn.post import kinds
from aqyn.post import selectors as post
from aqyn.reach.models import Bulletin, Copy
from aqyn.tickets.selectors import orders
from aqyn.ui.languages import TAGS, WANTED

EVENING = kinds.register(kinds.Kind("evening", news=True))
"""Letters to those who have places for a show; each can leave them, show by show."""

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)»”’]")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a letter goes to. `language` as the interface knows it ("kk-latn")."""

    address: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as one reader gets it. `text` lacks the line to leave by; `body` stands in the HTML part."""

    subject: str
    text: str
    body: SafeString
    tag: str
    direction: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a letter is: `written` into the outbox, `skipped` by reason, of `total` readers."""

    total: int
    written: int
    skipped: dict[str, int]

    @property
    def share(self) -> float:
        return (self.written + sum(self.skipped.values())) / self.total if self.total else 1.0


def bulletin(pk: int) -> Bulletin | None:
    """The letter with this number, its artist and show with it; or None."""
    return Bulletin.objects.select_related("artist", "show", "show__artist").filter(pk=pk).first()


def bulletins() -> list[Bulletin]:
    """Every letter, the newest first."""
    return list(Bulletin.objects.select_related("artist", "show"))


def kind_of(row: Bulletin) -> str:
    """What the letter is sent, and left, as: the artist's news, or what there is to say about one show."""
    if row.audience == "followers":
        return people_services.letters_of(row.artist)
    return kinds.topic(EVENING, row.show_id or 0)


def readers(row: Bulletin, *, now: datetime) -> Iterator[Reader]:
    """Everyone whom the letter is for: of a letter that was started, as they were then. Each address once.

    Those who have left or cannot be reached are among them; what keeps a letter back is found as it is
    written.
    """
    if row.audience == "followers":
        fans = people.followed_until(row.artist, since=row.started_at or now)
        if row.city:
            fans = fans.filter(city__in=people.spellings(row.artist, row.city))
        for fan in fans.order_by("pk").iterator(2_000):
            yield Reader(fan.email, "", fan.language)
    elif row.show is not None:
        came = True if row.audience == "came" else None
        for buyer in orders.buyers(row.show.slug, came):
            yield Reader(buyer.email.lower(), buyer.name, buyer.language)


def waiting(row: Bulletin, most: int, *, now: datetime) -> list[Reader]:
    """At most `most` readers for whom nothing has been written yet."""
    done = set(Copy.objects.filter(bulletin=row).values_list("address", flat=True))
    found = []
    for reader in readers(row, now=now):
        if reader.address not in done and unnamed(reader.address) not in done:
            found.append(reader)
            if len(found) == most:
                break
    return found


def count(row: Bulletin, *, now: datetime) -> int:
    """How many readers the letter would go to now: those who left or bounced are not among them."""
    unwanted = post.unwanted(kind_of(row))
    return sum(1 for reader in readers(row, now=now) if reader.address not in unwanted)


def progress(row: Bulletin, *, now: datetime) -> Progress:
    """How far a letter that was started is."""
    told = Counter(Copy.objects.filter(bulletin=row).values_list("why", flat=True))
    written = told.pop("", 0)
    done = written + told.total()
    total = done if row.finished_at else max(done, sum(1 for _reader in readers(row, now=now)))
    return Progress(total, written, dict(sorted(told.items())))


def unnamed(address: str) -> str:
    """What stands in a copy's place of an address that was forgotten: so it is still written to only once."""
    return sha256(address.encode()).hexdigest()


def languages(row: Bulletin) -> list[str]:
    """The languages of the interface in which the letter differs: those that its texts can be read in."""
    found: dict[str, str] = {}
    for code in TAGS:
        told = _chosen(row, code)
        if told.tag:
            found.setdefault(told.tag, code)
    return list(found.values())


def written(row: Bulletin, language: str, *, leave: str = "") -> Written:
    """The letter for a reader of this language: theirs, else the artist's main language, else what there is.

    `leave`: the whole address of the page to leave by, for the HTML part; the text part gets it as it is
    sent.
    """
    text = _chosen(row, language)
    subject = choose(row.subject, (text.tag, *_wanted(row, language)))
    with translation.override(language):
        why = _why(row, language)
        body = render_to_string(
            "reach/parts/body.html",
            {
                "paragraphs": paragraphs(text.text),
                "tag": text.tag,
                "why": why,
                "leave": leave,
                "said_in": TAGS[language],
            }
            | {"dir": text.direction, "said_dir": "rtl" if language == "kk-arab" else "ltr"},
        )
    return Written(subject.text, f"{text.text}\n\n{why}\n", mark_safe(body), text.tag, text.direction)  # noqa: S308


def html_of(letter: Written) -> str:
    """The letter's HTML part."""
    return render_to_string("reach/letter.html", {"letter": letter})


def paragraphs(text: str) -> list[SafeString]:
    """Plain text as HTML: an empty line ends a paragraph, a line break stays, an address becomes a link."""
    return [
        mark_safe("<br>".join(_linked(line) for line in part.strip().split("\n")))  # noqa: S308 — escaped below
        for part in re.split(r"\n\s*\n", text)
        if part.strip()
    ]


def _linked(line: str) -> SafeString:
    pieces, at = [], 0
    for link in _LINK.finditer(line):
        pieces.append(format_html("{}", line[at : link.start()]))
        pieces.append(format_html('<a href="{0}" dir="ltr">{0}</a>', link[0]))
        at = link.end()
    return mark_safe("".join([*pieces, format_html("{}", line[at:])]))  # noqa: S308


def _chosen(row: Bulletin, language: str) -> Any:
    return choose(row.text, _wanted(row, language))


def _wanted(row: Bulletin, language: str) -> tuple[str, ...]:
    return (TAGS.get(language, language), row.artist.main_language, *WANTED.get(language, ()))


def _why(row: Bulletin, language: str) -> str:
    """Why this letter came, in the reader's language."""
    if row.audience == "followers":
        return _("You get this letter because you follow %(name)s.") % {
            "name": _said(row.artist.name, language)
        }
    title = _said(row.show.title if row.show else {}, language)
    return _("You get this letter because you took places for “%(show)s”.") % {"show": title}


def _said(texts: Mapping[str, str], language: str) -> str:
    return choose(texts, WANTED.get(language, (language,))).text
