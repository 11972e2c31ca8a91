from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "aqyn.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.site import parts

        parts.register()
