from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "aqyn.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.conf import settings

        from aqyn.site import parts
        from aqyn.site.first_run import KIND, MAKER
        from aqyn.site.other_ears import bring_models
        from aqyn.songs.makers import bring_maker

        parts.register()
        bring_maker(KIND, MAKER)
        bring_models(settings.CONFIG)
