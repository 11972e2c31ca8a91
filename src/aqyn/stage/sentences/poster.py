"""Why a poster was not made."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class NoFaceForPoster(Refusal):
    sentence = gettext_noop(
        "This machine has no typeface for Arabic letters; install the package fonts-noto-core (Noto Naskh "
        "Arabic), or choose another language."
    )


class SignNotOnPoster(Refusal):
    sentence = gettext_noop("No typeface on this machine can draw “%(sign)s”; write it otherwise.")


class PosterBusy(Refusal):
    sentence = gettext_noop("Another poster is being set right now; try again in a moment.")


class PosterFailed(Refusal):
    sentence = gettext_noop("The poster could not be set; the operator's log says where.")


class BadNetworkName(Refusal):
    sentence = gettext_noop("A Wi-Fi network's name takes at most %(most)s bytes; this one has %(bytes)s.")


class NetworkNameUnseen(Refusal):
    sentence = gettext_noop("Write the name of the network on one line, in signs that can be seen.")


class BadWifiPassword(Refusal):
    sentence = gettext_noop(
        "A Wi-Fi password has %(least)s to %(most)s letters, digits and signs of the Latin keyboard."
    )


class PasswordWithoutNetwork(Refusal):
    sentence = gettext_noop("Name the Wi-Fi network that this password is for.")
