"""Which spelling made a text: stable names, kept beside every line that a machine made."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class UnknownScheme(ValueError):
    """The tag or scheme name asked for is none of those this package writes or reads."""

    def __init__(self, name: str) -> None:
        known = ", ".join(scheme.value for scheme in Scheme if scheme is not Scheme.AS_WRITTEN)
        super().__init__(f"Unknown script or scheme {name!r}; known are kk-Latn, kk-Arab, {known}.")


class Scheme(StrEnum):
    """A way of writing Kazakh. The values are stored with lines: never change one, add another."""

    CYRL = "kk-Cyrl"
    LATN_2021 = "kk-Latn-2021"
    LATN_BGN = "kk-Latn-bgn1979"
    ARAB_TOTE = "kk-Arab-tote"
    CYRL_FROM_LATN = "kk-Cyrl-guess-latn"
    CYRL_FROM_ARAB = "kk-Cyrl-guess-arab"
    AS_WRITTEN = "as-written"

    @property
    def tag(self) -> str:
        """The BCP 47 tag of a text in this scheme ("und" where the scheme says nothing of it)."""
        return "und" if self is Scheme.AS_WRITTEN else "-".join(self.value.split("-")[:2])


@dataclass(frozen=True, slots=True)
class Converted:
    """A text, the scheme that made it, and whether any letter of it had to be guessed."""

    text: str
    scheme: Scheme
    guessed: bool


#: BCP 47 tags of the scripts that a Kazakh song can be read in, and the scheme that each means.
TAGS: dict[str, Scheme] = {
    "kk-Cyrl": Scheme.CYRL,
    "kk-Latn": Scheme.LATN_2021,
    "kk-Arab": Scheme.ARAB_TOTE,
}


def scheme_of(name: str) -> Scheme:
    """The scheme that a tag ("kk-Latn") or a scheme name ("kk-Latn-bgn1979") stands for."""
    if name in TAGS:
        return TAGS[name]
    try:
        scheme = Scheme(name)
    except ValueError:
        raise UnknownScheme(name) from None
    if scheme is Scheme.AS_WRITTEN:
        raise UnknownScheme(name)
    return scheme


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Which way a text under this BCP 47 tag or scheme name runs."""
    parts = tag.replace("_", "-").casefold().split("-")
    if any(len(part) == 4 and part.isalpha() for part in parts[1:2]):
        return "rtl" if parts[1] in {"arab", "hebr", "thaa", "syrc", "nkoo", "adlm"} else "ltr"
    return "rtl" if parts[0] in {"ar", "fa", "ur", "he", "yi", "ug", "ps", "dv", "sd"} else "ltr"
