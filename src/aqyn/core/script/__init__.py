"""Kazakh in its scripts: alphabets, reading back, case, syllables, and the search fold.

Everything here is pure: text in, text out. What each scheme writes, and what is still open, stands in
docs/script.md.
"""

from aqyn.core.script.casing import capitalize, lower, title, upper
from aqyn.core.script.converting import convert, is_kazakh, syllables_in
from aqyn.core.script.folding import fold
from aqyn.core.script.guessing import guess_language
from aqyn.core.script.schemes import TAGS, Converted, Scheme, UnknownScheme, direction, scheme_of
from aqyn.core.script.slugs import slug
from aqyn.core.script.syllabifying import syllables

__all__ = [
    "TAGS",
    "Converted",
    "Scheme",
    "UnknownScheme",
    "capitalize",
    "convert",
    "direction",
    "fold",
    "guess_language",
    "is_kazakh",
    "lower",
    "scheme_of",
    "slug",
    "syllables",
    "syllables_in",
    "title",
    "upper",
]
