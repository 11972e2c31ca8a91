"""Why a deed was refused: one sentence for the reader, one status for the browser. Nothing was changed."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Refused(Exception):
    """A deed that was not done. `status` is what HTTP answers."""

    status = 409

    @property
    def sentence(self) -> str:
        raise NotImplementedError


class LinkUnknown(Refused):
    status = 404

    @property
    def sentence(self) -> str:
        return _("This link is not known here. It may have been cut short: copy the whole of it.")


class LinkUsed(Refused):
    status = 410

    @property
    def sentence(self) -> str:
        return _("This link was used already. Each link opens the door once.")


class LinkExpired(Refused):
    status = 410

    @property
    def sentence(self) -> str:
        return _("This link has run out.")


class LinkVoid(Refused):
    status = 410

    @property
    def sentence(self) -> str:
        return _("This link was withdrawn, or a newer one took its place.")


class TooMany(Refused):
    """Asked too often. `wait` says when asking makes sense again."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait

    @property
    def seconds(self) -> int:
        """For Retry-After: whole seconds, at least one."""
        return max(1, -int(-self.wait.total_seconds() // 1))

    @property
    def sentence(self) -> str:
        minutes = -(-self.seconds // 60)
        return ngettext(
            "Links were asked for too often. Try again in %(minutes)d minute.",
            "Links were asked for too often. Try again in %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}


class TooManyFollow(TooMany):
    @property
    def sentence(self) -> str:
        minutes = -(-self.seconds // 60)
        return ngettext(
            "Very many ask for letters just now. Try again in %(minutes)d minute.",
            "Very many ask for letters just now. Try again in %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}


class NoArtist(Refused):
    status = 404

    @property
    def sentence(self) -> str:
        return _("This artist is not in the house any more.")


class BadList(Refused):
    status = 422

    @property
    def sentence(self) -> str:
        return _("This file is not a list: it has to be CSV in UTF-8, with an e-mail address in each line.")


class TooManyRows(Refused):
    status = 422

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    @property
    def sentence(self) -> str:
        return _("A list may have at most %(most)d lines. Divide it.") % {"most": self.most}


class LastOwner(Refused):
    @property
    def sentence(self) -> str:
        return _("The house needs an owner: make someone else an owner first.")


class OwnerIsThere(Refused):
    status = 410

    @property
    def sentence(self) -> str:
        return _("The house has an owner already.")


class EmailTaken(Refused):
    def __init__(self, email: str) -> None:
        super().__init__(email)
        self.email = email

    @property
    def sentence(self) -> str:
        return _("Someone with the address %(email)s is in the crew already.") % {"email": self.email}


class TooManyInvitations(Refused):
    @property
    def sentence(self) -> str:
        return _("Fifty invitations are open. Withdraw one that is not needed.")


class ArtistHasWorks(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    @property
    def sentence(self) -> str:
        return _("%(name)s has songs or shows in this house. Remove them first.") % {"name": self.name}
