from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SongsConfig(AppConfig):
    name = "aqyn.songs"
    label = "songs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.ui import slots

        slots.register_link("studio.nav", _("Songs"), "songs-studio:songs", 20)
