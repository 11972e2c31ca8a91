from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostConfig(AppConfig):
    name = "aqyn.post"
    label = "post"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.ui import slots
        from aqyn.ui.access import is_owner

        slots.register_link("studio.nav", _("Mail"), "post-studio:outbox", order=80, shown=is_owner)
