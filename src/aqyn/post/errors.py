"""Why a letter was not taken or not delivered, each in one sentence for the reader."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Refused(Exception):
    """The letter was not taken, and nothing was written."""

    @property
    def sentence(self) -> str:
        raise NotImplementedError


class BadAddress(Refused):
    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address

    @property
    def sentence(self) -> str:
        return _("“%(address)s” is not an email address.") % {"address": self.address}


class HasBounced(BadAddress):
    @property
    def sentence(self) -> str:
        return _("Mail to %(address)s came back before, so nothing more is sent there.") % {
            "address": self.address
        }


class HasLeft(BadAddress):
    @property
    def sentence(self) -> str:
        return _("%(address)s asked not to get such letters any more.") % {"address": self.address}


class NoAddress(Refused):
    """A link would have to name a host that anyone can make up."""

    @property
    def sentence(self) -> str:
        return _(
            "The house does not know its own address yet, so it sends no links. "
            "Its keeper has to set “public_url”."
        )


class Undelivered(Exception):
    """A mail server did not take the letter.

    problem: a key of `SENTENCES`. permanent: another try would end the same way. bounced: the server says
    that the reader's address cannot be reached. answer: the server's own words, at most 500 characters.
    """

    def __init__(
        self, problem: str, *, permanent: bool = False, bounced: bool = False, answer: str = ""
    ) -> None:
        super().__init__(problem, answer)
        self.problem = problem
        self.permanent = permanent
        self.bounced = bounced
        self.answer = answer[:500]


SENTENCES = {
    "unknown-host": gettext_lazy("There is no mail server of this name. Check “Server”."),
    "no-connection": gettext_lazy("The mail server does not answer on this port. Check “Server” and “Port”."),
    "timeout": gettext_lazy("The mail server took too long to answer."),
    "no-starttls": gettext_lazy("The mail server offers no STARTTLS. Choose another security."),
    "tls": gettext_lazy("No safe connection: the security does not fit the port."),
    "certificate": gettext_lazy("The mail server's certificate is not to be trusted for this name."),
    "password": gettext_lazy("The mail server does not accept this user name with this password."),
    "no-sign-in": gettext_lazy("The mail server takes no user name and password this way. Check “Security”."),
    "needs-sign-in": gettext_lazy("The mail server wants a user name and a password."),
    "sender": gettext_lazy("The mail server does not let us write from this address. Check “From address”."),
    "recipient": gettext_lazy("The mail server says that the reader's address cannot be reached."),
    "recipient-later": gettext_lazy("The mail server does not take letters to this address just now."),
    "letter": gettext_lazy("The mail server refused the letter itself."),
    "later": gettext_lazy("The mail server cannot take the letter just now."),
    "broken-off": gettext_lazy("The mail server broke off in the middle."),
    "expired": gettext_lazy("The letter was of no use any more before it could be sent."),
    "bounced": gettext_lazy("Mail to this address came back before."),
    "left": gettext_lazy("The reader asked not to get such letters any more."),
    "no-address": gettext_lazy("News need a link to leave by: set “public_url” first."),
    "gave-up": gettext_lazy("It was tried too often without an answer."),
}
"""Problem to sentence; what `Letter.problem` holds."""
