from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "aqyn.tickets"
    label = "tickets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aqyn.tickets import letters
        from aqyn.tickets.parts import desk, door, passes, shop
        from aqyn.tickets.services import receivers

        for part in (desk, shop, passes, door):
            part.register()
        letters.register()
        receivers.connect()
