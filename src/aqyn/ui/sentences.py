"""Why something that a person told was not taken, whatever it was told of."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class BadSlug(Refusal):
    sentence = gettext_noop("“%(slug)s” cannot be an address: use small Latin letters, digits and hyphens.")


class TooMuch(Refusal):
    sentence = gettext_noop("“%(name)s” is too long: at most %(most)s characters are taken.")


class BadCharacters(Refusal):
    sentence = gettext_noop("“%(name)s” holds a control character, which cannot be shown.")


class BadTag(Refusal):
    sentence = gettext_noop("“%(tag)s” is not a language tag such as kk, ru or kk-Latn.")


class BadHue(Refusal):
    sentence = gettext_noop("The hue is a whole number from 0 to 359.")


class BadLink(Refusal):
    sentence = gettext_noop("“%(link)s” is not an address that begins with https:// or http://.")
