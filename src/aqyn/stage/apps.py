from django.apps import AppConfig


class StageConfig(AppConfig):
    name = "aqyn.stage"
    label = "stage"
    default_auto_field = "django.db.models.BigAutoField"
