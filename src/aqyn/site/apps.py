from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "aqyn.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.site import parts
        from aqyn.site.first_run import KIND, MAKER
        from aqyn.songs.makers import bring_maker

        parts.register()
        bring_maker(KIND, MAKER)
