"""Why another ear than the house's own does not listen, and how to get it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aqyn.media import backends
from aqyn.ui.refusal import Refusal

LACKS = {
    "model": gettext_noop(
        "To listen with %(title)s, get its model and name the file as “%(setting)s” in aqyn.toml; "
        "docs/hearing.md says where it is."
    ),
    "file": gettext_noop(
        "“%(setting)s” names %(file)s, which is no file; docs/hearing.md says where to get it."
    ),
    "modules": gettext_noop(
        "To listen with %(title)s, what it needs must be installed (%(needs)s): starting Aqyn anew does it, "
        "and docs/hearing.md says how to install smaller builds."
    ),
}


def ear_sentence(name: str) -> str:
    """What the ear `name` (of `backends.KINDS`) lacks and how to get it, in the language in force; or ""."""
    lacks = backends.lack(name)
    return "" if lacks is None else _(LACKS[lacks.code]) % lacks.values


class NoSuchEar(Refusal):
    sentence = gettext_noop("The house knows no ear called “%(name)s”.")


class EarMissing(Refusal):
    """`name`: the ear that cannot listen yet."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __str__(self) -> str:
        return ear_sentence(self.name)
