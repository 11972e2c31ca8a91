from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SongsConfig(AppConfig):
    name = "aqyn.songs"
    label = "songs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.people.signals import person_exporting
        from aqyn.songs.selectors.of_person import written_by
        from aqyn.ui import slots

        person_exporting.connect(written_by)

        slots.register_link("studio.nav", _("Songs"), "songs-studio:songs", 20)
