"""The addresses at which the hall's phones may reach the live page."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from aqyn.ui.context import origin
from aqyn.ui.nearby import address_nearby

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104
"""What a house listens to that others may reach."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """`of_page`: the one for the poster first. `warning`: why phones may not reach it, "" where they may."""

    of_page: list[str]
    warning: str = ""


def addresses(request: HttpRequest, slug: str) -> Addresses:
    """Where the live page of a show is reached: at `public_url`, or as the house is asked just now.

    Asked by the machine it runs on, the house is at its address on the local network.
    """
    path = reverse("stage-plain:door", args=[slug]).removesuffix("/")
    here = origin(request) + path
    if settings.CONFIG.public_url or not _is_this_machine(urlsplit(here).hostname or ""):
        return Addresses([here])
    nearby = address_nearby()
    if settings.CONFIG.host not in EVERYWHERE:
        said = _("Only this machine reaches this house. Open it for phones with: ./aqyn up --host 0.0.0.0")
        return Addresses([here], said)
    if nearby is None:
        return Addresses([here], _("This machine is in no network. Join the hall's network, then come back."))
    port = urlsplit(here).port
    return Addresses([f"http://{nearby}{f':{port}' if port else ''}{path}", here])


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
