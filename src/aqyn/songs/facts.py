"""What is told of a song beside its words, as it comes from a form or a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aqyn.songs import checks


@dataclass(frozen=True, slots=True)
class CauseFacts:
    """The card of what a song stands for."""

    title: Mapping[str, str]
    text: Mapping[str, str] = field(default_factory=dict)
    partner: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class SongFacts:
    """What is told of a song beside its words. Texts by BCP 47 tag; `credits` as [{"role", "name"}]."""

    slug: str
    title: Mapping[str, str]
    language: str = "kk-Cyrl"
    hue: int | None = None
    year: int | None = None
    story: Mapping[str, str] = field(default_factory=dict)
    themes: Sequence[Mapping[str, str]] = ()
    credits: Sequence[Mapping[str, Any]] = ()
    cause: CauseFacts | None = None

    def checked(self) -> SongFacts:
        """The same, made clean. Raises a Refusal."""
        language = checks.main_tag(self.language)
        themes = [checks.short_texts(theme, "theme") for theme in self.themes]
        return SongFacts(
            slug=checks.slug(self.slug),
            title=checks.title(self.title, language),
            language=language,
            hue=checks.hue(self.hue),
            year=checks.year(self.year),
            story=checks.texts(self.story, "story"),
            themes=[theme for theme in themes if theme],
            credits=[checks.credit(credit) for credit in self.credits],
            cause=None if self.cause is None else _checked_cause(self.cause),
        )


def _checked_cause(cause: CauseFacts) -> CauseFacts:
    return CauseFacts(
        title=checks.short_texts(cause.title, "cause"),
        text=checks.texts(cause.text, "cause"),
        partner=checks.one_line(cause.partner, "partner"),
        link=checks.link(cause.link),
    )
