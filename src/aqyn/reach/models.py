"""Letters to many: what was written, and to whom it has gone."""

from django.db import models


class Bulletin(models.Model):
    """One plain letter to an artist's followers, or to those who bought places for a show.

    `subject`, `text`: texts by tag. `audience`: "followers", "buyers", "came". It is a draft until
    `started_at`; `stopped_at`: no more of it are sent.
    """

    artist = models.ForeignKey("people.Artist", models.CASCADE, related_name="+")
    show = models.ForeignKey("shows.Show", models.SET_NULL, null=True, related_name="+")
    audience = models.CharField(max_length=10)
    city = models.CharField(max_length=120, blank=True, default="")
    subject = models.JSONField(default=dict)
    text = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.audience} {self.pk}"


class Copy(models.Model):
    """A bulletin has gone to this address, or was found not to go there, for `why`."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="copies")
    address = models.CharField(max_length=254)
    at = models.DateTimeField()
    why = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "address"], name="copy_once")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.address}"
