from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShowsConfig(AppConfig):
    name = "aqyn.shows"
    label = "shows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.shows.views.slots import any_public, desk_next, next_of
        from aqyn.ui import slots

        slots.register("artist.next", "shows/parts/next.html", next_of)
        slots.register("studio.next", "shows/parts/desk_next.html", desk_next)
        slots.register_link("public.nav", _("Shows"), "shows:shows", 20, shown=any_public)
        slots.register_link("studio.nav", _("Shows"), "shows-studio:shows", 25)
