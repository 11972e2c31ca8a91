"""The words of a song as markup, written in one go: a page has hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from aqyn.songs.selectors.shown import PageLine, Under

register = template.Library()


@register.simple_tag
def sung_lines(lines: Iterable[PageLine]) -> SafeString:
    """The lines of a section as `<li>`, each with its second reading beneath; every word in its language."""
    return mark_safe("\n".join(map(_line, lines)))  # noqa: S308 — _line escapes what is not markup


@register.filter
def moment(ms: int | None) -> str:
    """A time in a recording to the hundredth: 83456 → "1:23.45"; "" for None."""
    if ms is None:
        return ""
    sign, ms = ("−", -ms) if ms < 0 else ("", ms)
    return f"{sign}{ms // 60_000}:{ms % 60_000 // 1000:02}.{ms % 1000 // 10:02}"


def _line(line: PageLine) -> str:
    words = " ".join(
        escape(word.text)
        if word.lang == line.lang
        else f'<span lang="{escape(word.lang)}">{escape(word.text)}</span>'
        for word in line.words
    )
    return (
        f'<li class="line" id="line-{line.id}" data-line="{line.id}">'
        f'<span class="row main voice" lang="{escape(line.lang)}" dir="{line.dir}">{words}</span>'
        f"{_under(line.under) if line.under else ''}</li>"
    )


def _under(under: Under) -> str:
    return (
        f'<span class="row under" lang="{escape(under.lang)}" dir="{under.dir}">{escape(under.text)}</span>'
    )
