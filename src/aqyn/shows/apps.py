from django.apps import AppConfig


class ShowsConfig(AppConfig):
    name = "aqyn.shows"
    label = "shows"
    default_auto_field = "django.db.models.BigAutoField"
