"""Why a recording that comes in by pieces was not taken. `status` is what HTTP calls it."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class UploadRefused(Refusal):
    """What any part of an upload raises."""

    status = 400


class NoSuchUpload(UploadRefused):
    sentence = gettext_noop("This upload is not here any more; choose the file again.")
    status = 404


class UploadExpired(UploadRefused):
    sentence = gettext_noop(
        "This upload was left alone for %(hours)s hours and is gone; choose the file again."
    )
    status = 410


class WrongOffset(UploadRefused):
    """`offset`: how much the house has."""

    sentence = gettext_noop("%(offset)s bytes of this file have arrived; go on from there.")
    status = 409


class UploadBusy(UploadRefused):
    sentence = gettext_noop("A piece of this file is being written at this very moment; try again.")
    status = 423


class UploadTooLarge(UploadRefused):
    sentence = gettext_noop("The file is larger than this house takes: at most %(most)s MiB.")
    status = 413


class PieceTooLarge(UploadRefused):
    sentence = gettext_noop("This piece goes past the end of the file, or past %(most)s MiB at once.")
    status = 413


class NoRoom(UploadRefused):
    sentence = gettext_noop(
        "There is no room left on the disk of the house; what has arrived stays for a day."
    )
    status = 507


class TooManyUploads(UploadRefused):
    sentence = gettext_noop("%(most)s recordings are on their way already; finish or cancel one first.")
    status = 429


class BadUpload(UploadRefused):
    sentence = gettext_noop("What is told of the file cannot be understood.")


class NoTimesToTake(Refusal):
    sentence = gettext_noop("“%(name)s” has no times that could be taken over.")


class TimesAreThere(Refusal):
    """May be done all the same by whoever says so."""

    sentence = gettext_noop("“%(name)s” has times already.")
