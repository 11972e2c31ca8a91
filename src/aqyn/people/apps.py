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
        from aqyn.ui import slots
        from aqyn.ui.access import is_owner, studio_opened

        def seen(sender: object, request: HttpRequest, **kwargs: Any) -> None:
            services.note_seen(request, now=timezone.now())

        studio_opened.connect(seen, weak=False, dispatch_uid="aqyn.people.seen")
        slots.register_link("studio.nav", _("Artists"), "people-studio:artists", order=30)
        slots.register_link("studio.nav", _("People"), "people-studio:crew", order=70, shown=is_owner)
        slots.register("studio.me", "people/parts/me.html", _me)


def _me(request: HttpRequest) -> dict[str, Any] | None:
    return {"person": request.user} if request.user.is_authenticated else None
