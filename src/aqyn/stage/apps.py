from django.apps import AppConfig


class StageConfig(AppConfig):
    name = "aqyn.stage"
    label = "stage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.stage.views.live import doors
        from aqyn.ui import slots

        slots.register("show.aside", "stage/parts/doors.html", doors)
