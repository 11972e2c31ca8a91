"""What the public song page shows, as values: `SongPage` and all that is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aqyn.songs.selectors.files import FileLink
from aqyn.songs.selectors.jobs import Job


@dataclass(frozen=True, slots=True)
class Layer:
    """One entry of the pickers. `url` shows it as the words, `under_url` beneath the words chosen now."""

    tag: str
    name: str
    dir: str
    kind: str
    url: str
    under_url: str
    chosen: bool
    under: bool


@dataclass(frozen=True, slots=True)
class PageWord:
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Under:
    """The second reading of a line."""

    text: str
    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class PageLine:
    """`start`, `end` in ms, or None for a line without times."""

    id: int
    lang: str
    dir: str
    words: tuple[PageWord, ...]
    under: Under | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class PageSection:
    """`label` is what stands over it: the author's own name for it, or the kind in the reader's language."""

    kind: str
    name: str
    label: str
    lines: tuple[PageLine, ...]


@dataclass(frozen=True, slots=True)
class PageArtist:
    name: dict[str, str]
    slug: str
    hue: int


@dataclass(frozen=True, slots=True)
class PageCause:
    """`partner`, like every text here, is by tag: a name is in the language of the song that it stands by."""

    title: dict[str, str]
    text: dict[str, str]
    partner: dict[str, str]
    link: str


@dataclass(frozen=True, slots=True)
class PageCredit:
    """`role` is a text by tag, or a plain string already in the reader's language."""

    role: dict[str, str] | str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class PageRecording:
    id: int
    sources: list[dict[str, str]]
    duration_ms: int
    peaks: list[int]


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page for `<link rel="alternate" hreflang>`; `url` is absolute."""

    hreflang: str
    url: str


@dataclass(frozen=True, slots=True)
class SongPage:
    """What songs/song.html is given as `song`."""

    slug: str
    title: dict[str, str]
    artist: PageArtist
    hue: int
    year: int | None
    story: dict[str, str]
    themes: list[dict[str, str]]
    credits: list[PageCredit]
    cause: PageCause | None
    layers: list[Layer]
    main: Layer
    under: Layer | None
    no_under_url: str
    sections: tuple[PageSection, ...]
    recording: PageRecording | None
    timed: str
    preparing: Job | None
    alternates: list[Alternate]
    canonical: str
    json_url: str
    ornament_url: str
    files: tuple[FileLink, ...]
    json_ld: dict[str, Any]
    wave: list[int]
    reach: str
    """ "public", "link" or "draft"; only a public song's page may be found by search engines."""
