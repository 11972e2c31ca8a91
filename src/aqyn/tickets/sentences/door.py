"""Why something at a door was not done."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class DoorRefusal(Refusal):
    """`status`: of HTTP."""

    status = 409


class NoSuchDoor(DoorRefusal):
    status = 404
    sentence = gettext_noop("There is no such door. Ask for its link in the studio.")


class DoorIsClosed(DoorRefusal):
    status = 410
    sentence = gettext_noop("This door is closed.")


class NoDoorName(DoorRefusal):
    status = 400
    sentence = gettext_noop("Give the door a name, such as “Main entrance”.")


class TooManyDoors(DoorRefusal):
    sentence = gettext_noop("A show has at most %(most)s open doors.")


class StockIsElsewhere(DoorRefusal):
    sentence = gettext_noop("Tell what was sold first: this door has sales that the house has not heard of.")


class NotUnderstood(DoorRefusal):
    status = 400
    sentence = gettext_noop("The house could not read what the door sent. Load the door again.")


class NothingOwed(DoorRefusal):
    sentence = gettext_noop("Nothing can be paid for this order here.")


class StillSelling(DoorRefusal):
    sentence = gettext_noop("This door is open: it gives its places back itself.")
