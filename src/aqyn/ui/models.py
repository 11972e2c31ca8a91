from django.db import models


class PageGeneration(models.Model):
    """How often the public pages have changed: one row, counted up by `aqyn.ui.pages.pages_changed`."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_page_generation")]

    def __str__(self) -> str:
        return str(self.number)
