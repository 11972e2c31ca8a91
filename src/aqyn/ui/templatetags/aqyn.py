"""The tags and filters that every template of the house has without loading them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from aqyn.core.ledger.money import plain, written
from aqyn.core.texts import Chosen, choose
from aqyn.ui import languages, slots
from aqyn.ui import ornament as carpet
from aqyn.ui.drawing import teeth as draw_teeth
from aqyn.ui.drawing import waveform as draw_waveform

register = template.Library()

Texts = Mapping[str, str] | str | None


def _chosen(texts: Texts) -> Chosen:
    if isinstance(texts, Mapping):
        return choose(texts, languages.WANTED[languages.current_code()])
    return Chosen(str(texts or ""), "")


@register.simple_tag
def said(texts: Texts) -> SafeString:
    """A text in the reader's language, in a span with its own `lang` and `dir`; a plain string as it is."""
    chosen = _chosen(texts)
    if not chosen.tag:
        return conditional_escape(chosen.text)
    return format_html('<span lang="{}" dir="{}">{}</span>', chosen.tag, chosen.direction, chosen.text)


@register.simple_tag
def told(texts: Texts) -> SafeString:
    """A longer text in the reader's language: a paragraph for every part between empty lines."""
    chosen = _chosen(texts)
    paragraphs = format_html_join(
        "", "<p>{}</p>", ((p.strip(),) for p in chosen.text.split("\n\n") if p.strip())
    )
    if not paragraphs or not chosen.tag:
        return paragraphs
    return format_html('<div lang="{}" dir="{}">{}</div>', chosen.tag, chosen.direction, paragraphs)


@register.filter
def said_text(texts: Texts) -> str:
    """A text in the reader's language, without markup: for titles, attributes and labels."""
    return _chosen(texts).text


@register.filter
def said_tag(texts: Texts) -> str:
    """The BCP 47 tag of what `said_text` gives, "" for a plain string."""
    return _chosen(texts).tag


@register.filter
def duration(ms: int | None) -> str:
    """Milliseconds as minutes and seconds, rounded to the second: 127400 → "2:07"; "" for None."""
    if ms is None:
        return ""
    seconds = (int(ms) + 500) // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def money(amount: int | None, currency: str) -> SafeString:
    """Minor units as people read them, left to right and on one line: "12 000 ₸"; "" for None."""
    return (
        SafeString("")
        if amount is None
        else format_html('<bdi dir="ltr">{}</bdi>', written(amount, currency))
    )


@register.filter
def plain_money(amount: int | None, currency: str) -> str:
    """Minor units as they are typed into a field: "12000.00"; "" for None."""
    return "" if amount is None else plain(amount, currency)


@register.simple_tag(takes_context=True)
def ornament(
    context: Context, wave: Sequence[int], title: str = "", detail: int = 2, border: bool = True
) -> SafeString:
    """The song's felt carpet as inline SVG in the page's hue. Without a title it is hidden from screen
    readers."""
    svg = carpet.ornament(wave, prefix=_next_prefix(context), detail=detail, border=border, title=title)
    return mark_safe(svg)  # noqa: S308 — ornament() escapes its title and draws the rest from numbers


@register.simple_tag
def waveform(wave: Sequence[int], n: int = 64, at: float = 0.0) -> SafeString:
    """The recording as `n` rounded bars; those before the share `at` (0 to 1) are lit."""
    return mark_safe(draw_waveform(wave, n=n, at=at))  # noqa: S308


@register.simple_tag
def teeth(share: float, n: int = 30) -> SafeString:
    """A share from 0 to 1 as a row of `n` felt teeth."""
    return mark_safe(draw_teeth(share, n=n))  # noqa: S308


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, obj: Any = None) -> SafeString:
    """Everything that other apps have put into the slot `name` for `obj`; for no object, the request is
    handed over."""
    request = context.get("request")
    return slots.render(name, request if obj is None else obj, request)


@register.simple_tag
def field(bound: BoundField, **attrs: str) -> SafeString:
    """A form row: label, control, help and what is wrong with it, joined for screen readers.

    Further arguments become attributes of the control: `{% field form.name autocomplete="name" %}`.
    """
    kind = getattr(bound.field.widget, "input_type", "") or type(bound.field.widget).__name__.lower()
    control = bound.as_widget(attrs={key.replace("_", "-"): value for key, value in attrs.items()})
    grouped = (
        kind in ("radio", "checkbox")
        and getattr(bound.field.widget, "allow_multiple_selected", None) is not None
    )
    grouped = grouped or kind == "radio"
    return mark_safe(  # noqa: S308 — rendered by a template that escapes
        render_to_string(
            "ui/parts/field.html", {"field": bound, "control": control, "kind": kind, "grouped": grouped}
        )
    )


def _next_prefix(context: Context) -> str:
    """An id prefix that no other ornament of this page has: counted on the request, which the slots' parts
    share."""
    request = context.get("request")
    if request is None:
        count = context.render_context["ornaments"] = (context.render_context.get("ornaments") or 0) + 1
    else:
        count = request.aqyn_ornaments = getattr(request, "aqyn_ornaments", 0) + 1
    return f"o{count}"


@register.filter
def hundredths(percent: int | None) -> float:
    """A percentage as a share: 64 → 0.64."""
    return (percent or 0) / 100


@register.simple_tag
def json_ld(data: Mapping[str, Any]) -> SafeString:
    """What search engines read, as a block of data that no text in it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 — escaped just above
