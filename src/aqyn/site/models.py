"""The one fact that belongs to the whole house: that it still shows the sample."""

from django.db import models


class Sample(models.Model):
    """The sample artist is in the house; `songs`, `shows`: the slugs of what came with her."""

    artist = models.OneToOneField("people.Artist", models.SET_NULL, null=True, related_name="+")
    songs = models.JSONField()
    shows = models.JSONField(default=list)
    installed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.artist_id}"
