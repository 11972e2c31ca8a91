from django.apps import AppConfig


class StageConfig(AppConfig):
    name = "aqyn.stage"
    label = "stage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.shows.signals import show_leaving
        from aqyn.stage.parts import on_the_night, played_foot
        from aqyn.stage.services import refuse_while_open
        from aqyn.stage.views.live import doors
        from aqyn.ui import slots

        show_leaving.connect(refuse_while_open, dispatch_uid="aqyn.stage.open")
        slots.register("show.aside", "stage/parts/doors.html", doors)
        slots.register("show.foot", "stage/parts/played_foot.html", played_foot)
        slots.register("studio.show", "stage/studio/parts/show.html", on_the_night)
