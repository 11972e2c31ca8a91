from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReachConfig(AppConfig):
    name = "aqyn.reach"
    label = "reach"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.people.signals import fan_forgetting
        from aqyn.reach.views.slots import followers_deed, show_desk
        from aqyn.tickets.signals import buyer_forgetting
        from aqyn.ui import slots
        from aqyn.ui.access import is_owner

        fan_forgetting.connect(_forget, dispatch_uid="aqyn.reach.forget")
        buyer_forgetting.connect(_forget, dispatch_uid="aqyn.reach.forget_buyer")
        slots.register_link("studio.nav", _("Letters"), "reach-studio:bulletins", order=65, shown=is_owner)
        slots.register("studio.show", "reach/parts/show.html", show_desk, order=150)
        slots.register("studio.followers", "reach/parts/followers.html", followers_deed)


def _forget(sender: object, email: str, **kwargs: Any) -> None:
    from aqyn.reach.services import unname

    unname(address=email)
