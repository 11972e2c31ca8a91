"""The interface languages: their tags, directions and addresses, and what each reader would like to read
instead."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

# The BCP 47 tag of each interface language, which is also its prefix in the path.
TAGS = {"kk": "kk-Cyrl", "kk-latn": "kk-Latn", "kk-arab": "kk-Arab", "ru": "ru", "en": "en"}

# What a search engine calls it: plain "kk" also finds readers who never said in which script.
HREFLANG = TAGS | {"kk": "kk"}

# Who reads one of these, and finds no text in it, is shown the next: Kazakh in letters that the reader knows.
WANTED = {
    "kk": ("kk-Cyrl", "ru", "en"),
    "kk-latn": ("kk-Latn", "en", "ru"),
    "kk-arab": ("kk-Arab", "en", "ru"),
    "ru": ("ru", "kk-Cyrl", "en"),
    "en": ("en", "kk-Latn", "ru"),
}


@dataclass(frozen=True, slots=True)
class Language:
    """One interface language: `code` as in the path, `tag` for `lang`, `name` in itself, `url` of this page
    in it."""

    code: str
    tag: str
    name: str
    dir: str
    url: str = ""
    current: bool = False

    @property
    def hreflang(self) -> str:
        """The tag for `hreflang` and sitemaps."""
        return HREFLANG[self.code]


def current_code() -> str:
    """The interface language in force, as in the path; English where Django has another."""
    code = (get_language() or "en").lower()
    return code if code in TAGS else code.split("-")[0] if code.split("-")[0] in TAGS else "en"


def direction(code: str) -> str:
    """ "rtl" or "ltr" for an interface language."""
    return "rtl" if code in settings.LANGUAGES_BIDI else "ltr"


def split(path: str) -> tuple[str, str]:
    """The language code that a path begins with and the rest; ("", path) for a path without one."""
    head, _, rest = path.removeprefix("/").partition("/")
    return (head, "/" + rest) if head in TAGS else ("", path)


def switch(path: str) -> list[Language]:
    """This page in every interface language; empty for a path that has no language in it."""
    code, rest = split(path)
    if not code:
        return []
    return [
        Language(other, TAGS[other], name, direction(other), f"/{other}{rest}", other == code)
        for other, name in settings.LANGUAGES
    ]
