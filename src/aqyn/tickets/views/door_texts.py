"""What the door's app says by itself, in the language of its page. {Words in braces}: put in by the app."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def door_texts() -> dict[str, str]:
    """The texts by the names that the modules of `tickets/door/` know them by."""
    return {
        "word_in": pgettext("at the door", "Let in"),
        "word_new": pgettext("at the door", "Let in"),
        "word_sold": pgettext("at the door", "Sold: let in"),
        "word_again": pgettext("at the door", "Already in"),
        "word_revoked": pgettext("at the door", "Replaced"),
        "word_gone": pgettext("at the door", "Cancelled"),
        "word_unpaid": pgettext("at the door", "Not paid"),
        "word_owes": pgettext("at the door", "To be paid"),
        "word_other": pgettext("at the door", "Another show"),
        "word_forged": pgettext("at the door", "Forged"),
        "word_not_code": pgettext("at the door", "No ticket"),
        "word_unknown": pgettext("at the door", "Not on the list"),
        "word_undone": pgettext("at the door", "Undone"),
        "word_asking": pgettext("at the door", "Wait"),
        "word_failed": pgettext("at the door", "Not done"),
        "why_again": _("At {time}, {door}."),
        "why_new": _("Bought after this list was loaded. The signature is good."),
        "why_revoked": _("This code was replaced by a new one. Ask for the newer ticket."),
        "why_gone": _("The order was cancelled or paid back."),
        "why_lapsed": _("The order was not paid in time, and the place went back."),
        "why_unpaid": _("The order waits for its money. Send them to the crew who confirm payments."),
        "why_owes": _("{amount} at the door."),
        "why_owes_all": _("{amount} at the door for all {n} places of the order."),
        "why_other": _("This ticket is for: {show}."),
        "why_other_unknown": _("This ticket is for another show of this house."),
        "why_forged": _("This house did not sign this code."),
        "why_not_code": _("What was read is no code of a ticket."),
        "why_unknown": _("No ticket has this number or serial."),
        "next": pgettext("at the door", "Next"),
        "undo": _("Undo"),
        "let_in": pgettext("at the door, a button", "Let in"),
        "in_since": _("in since {time}"),
        "of_all": _("{n} of {all}"),
        "state_unpaid": _("not paid"),
        "state_lapsed": _("not paid in time"),
        "state_gone": pgettext("a ticket", "cancelled"),
        "took_cash": _("Took {amount} in cash"),
        "took_terminal": _("Took {amount} by terminal"),
        "left_here": _("{n} left"),
        "left_with_you": _("{n} with you"),
        "one_less": _("One less: {type}"),
        "one_more": _("One more: {type}"),
        "asking": _("The house is asked."),
        "sold": _("{n} × sold: {amount}."),
        "sold_late": _("The sale went through after all: {n} × sold."),
        "unknown_sale": _(
            "No answer came. Take no money and let nobody in yet: it is asked again, and told here."
        ),
        "nothing_along": _("Without a network only places that were taken along can be sold."),
        "along_alone": _("This needs the network, with everything told to the house."),
        "along_done": _("Done: these places are with you."),
        "no_list": _("There is no list on this device yet. It needs the network once."),
        "ready": _("Everything is on this device: it needs no network."),
        "loading": _("The list is here. The page itself is still being kept."),
        "no_https": _(
            "Without HTTPS there is no camera here, and no loading this page again without a network."
        ),
        "in_touch": _("In touch with the house"),
        "alone": _("No network: it goes on alone"),
        "alone_since": _("No network: alone with the list of {time}"),
        "closed": _("This door is closed."),
        "waiting": _("{n} to tell"),
        "all_told": _("Everything it saw is told to the house."),
        "camera_denied": _(
            "The camera is not allowed to this page. Allow it in the browser, or scan and type."
        ),
        "no_camera": _("No camera here. Scan with a USB scanner, or type."),
        "not_kept": _("This could not be written down, so nobody was let in: {error}"),
    }
