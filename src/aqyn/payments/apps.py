from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    name = "aqyn.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.ui import slots

        slots.register_link("studio.nav", _("Payments"), "payments-studio:queue", 30)
