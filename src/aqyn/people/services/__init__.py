"""What people do: come in, invite, leave, and keep the artists' pages. Each verb is one short transaction."""

from aqyn.people.errors import ArtistHasWorks, LastOwner, Refused
from aqyn.people.services.artists import change_artist, make_artist, remove_artist
from aqyn.people.services.crew import (
    accept_invitation,
    bring_back,
    change_person,
    change_role,
    invite,
    remove_person,
    withdraw_invitation,
)
from aqyn.people.services.data import erase_person, export_person
from aqyn.people.services.devices import note_seen, note_sign_in, sign_out_device, sign_out_everywhere
from aqyn.people.services.fans import (
    Imported,
    Told,
    ask_to_follow,
    confirm_follow,
    forget_fan,
    import_fans,
    letters_of,
    remove_fan,
)
from aqyn.people.services.links import ask_for_link, become_first_owner, first_link, use_link

__all__ = [
    "ArtistHasWorks",
    "Imported",
    "LastOwner",
    "Refused",
    "Told",
    "accept_invitation",
    "ask_for_link",
    "ask_to_follow",
    "become_first_owner",
    "bring_back",
    "change_artist",
    "change_person",
    "change_role",
    "confirm_follow",
    "erase_person",
    "export_person",
    "first_link",
    "forget_fan",
    "import_fans",
    "invite",
    "letters_of",
    "make_artist",
    "note_seen",
    "note_sign_in",
    "remove_artist",
    "remove_fan",
    "remove_person",
    "sign_out_device",
    "sign_out_everywhere",
    "use_link",
    "withdraw_invitation",
]
