from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "aqyn.post"
    label = "post"
    default_auto_field = "django.db.models.BigAutoField"
