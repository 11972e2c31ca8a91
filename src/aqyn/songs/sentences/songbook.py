"""Why a songbook was not made."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoSongsChosen(Refusal):
    sentence = gettext_noop("Choose at least one song for the book.")


class TooManySongs(Refusal):
    sentence = gettext_noop("A book holds at most %(most)s songs; you chose %(songs)s.")


class NoArabicFace(Refusal):
    sentence = gettext_noop(
        "This machine has no typeface for Arabic letters; install the package fonts-noto-core (Noto Naskh "
        "Arabic), or choose other layers."
    )


class SignNotDrawn(Refusal):
    sentence = gettext_noop("No typeface on this machine can draw “%(sign)s”; write it otherwise.")


class BookTooLarge(Refusal):
    sentence = gettext_noop("The book is too large to be set at once; choose fewer songs.")


class BookBusy(Refusal):
    sentence = gettext_noop("Another book is being set right now; try again in a moment.")


class BookCancelled(Refusal):
    sentence = gettext_noop("The book was cancelled.")


class BookFailed(Refusal):
    sentence = gettext_noop("The book could not be set; the operator's log says where.")
