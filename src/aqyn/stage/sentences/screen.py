"""Why a big screen was not set so."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class BadScreenSetting(Refusal):
    sentence = gettext_noop("“%(name)s” of a screen cannot be “%(value)s”; it can be: %(known)s.")
