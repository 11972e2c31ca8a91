from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "aqyn.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.people import services
        from aqyn.people.views.follow import follow_artist, kept_of
        from aqyn.post.signals import reader_left, reader_returned
        from aqyn.ui import slots
        from aqyn.ui.access import is_owner, studio_opened

        reader_left.connect(_left, dispatch_uid="aqyn.people.left")
        reader_returned.connect(_returned, dispatch_uid="aqyn.people.returned")

        def seen(sender: object, request: HttpRequest, **kwargs: Any) -> None:
            services.note_seen(request, now=timezone.now())

        studio_opened.connect(seen, weak=False, dispatch_uid="aqyn.people.seen")
        slots.register_link("studio.nav", _("Artists"), "people-studio:artists", order=30)
        slots.register_link("studio.nav", _("People"), "people-studio:crew", order=70, shown=is_owner)
        slots.register("artist.after", "people/parts/follow.html", follow_artist, order=50)
        slots.register("show.foot", "people/parts/follow.html", follow_artist, order=200)
        slots.register("leave.after", "people/parts/follow_kept.html", kept_of)
        slots.register("studio.artist", "people/parts/follow_count.html", _fans)
        slots.register("studio.me", "people/parts/me.html", _me)


def _left(sender: object, address: str, kind: str, now: Any, **kwargs: Any) -> None:
    from aqyn.people.services.fans import note_left

    note_left(address=address, kind=kind, now=now)


def _returned(sender: object, address: str, kind: str, **kwargs: Any) -> None:
    from aqyn.people.services.fans import note_returned

    note_returned(address=address, kind=kind)


def _fans(artist: Any) -> dict[str, Any]:
    from aqyn.people import selectors

    return {"artist": artist, "count": selectors.followers(artist).count()}


def _me(request: HttpRequest) -> dict[str, Any] | None:
    return {"person": request.user} if request.user.is_authenticated else None
