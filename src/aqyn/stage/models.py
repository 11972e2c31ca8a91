"""The facts of the stage: what is to be sung, where the hall is now, and what was really sung."""

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One thing on the setlist of a show: a song, or talk between songs.

    `title`: texts by tag, for talk, and for a song that has left the house. `order`: the song's sections as
    they are to be sung, by number from 0; empty: as written. `bpm`: beats a minute of its recording.
    """

    class Kind(models.TextChoices):
        SONG = "song"
        TALK = "talk"

    show = models.ForeignKey("shows.Show", models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.SONG)
    song = models.ForeignKey("songs.Song", models.SET_NULL, null=True, related_name="+")
    title = models.JSONField(default=dict)
    encore = models.BooleanField(default=False)
    order = models.JSONField(default=list)
    bpm = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.show_id} {self.position} {self.kind}"


class Performance(models.Model):
    """An evening as it goes, or its rehearsal: the state that every phone follows, in one row.

    The fields from `number` to `notice` are those of `core.live.Position`; `number` never goes back within a
    show. A rehearsal is seen only by those who hold its `key`. The wheel is held by one console at a time:
    `wheel_key` is that console's own secret, `wheel_press` the number of its last press.
    """

    class State(models.TextChoices):
        WAIT = "wait"
        RUN = "run"
        HOLD = "hold"
        HAND = "hand"
        OVER = "over"

    show = models.ForeignKey("shows.Show", models.CASCADE, related_name="+")
    rehearsal = models.BooleanField(default=False)
    key = models.CharField(max_length=43, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    setlist_published_at = models.DateTimeField(null=True)

    number = models.BigIntegerField(default=0)
    state = models.CharField(max_length=4, choices=State, default=State.WAIT)
    time_ms = models.BigIntegerField(default=0)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="+")
    step = models.PositiveSmallIntegerField(default=0)
    at_ms = models.IntegerField(default=0)
    tempo = models.PositiveSmallIntegerField(default=1000)
    order = models.CharField(max_length=64, blank=True, default="")
    line = models.PositiveSmallIntegerField(default=0)
    dark = models.BooleanField(default=False)
    notice = models.PositiveIntegerField(default=0)

    lead_ms = models.PositiveSmallIntegerField(default=150)
    wheel_person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    wheel_key = models.CharField(max_length=43, blank=True, default="")
    wheel_at = models.DateTimeField(null=True)
    wheel_press = models.BigIntegerField(default=0)
    asking_person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    asking_key = models.CharField(max_length=43, blank=True, default="")
    asking_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["show"], condition=Q(closed_at__isnull=True), name="one_open_performance_a_show"
            ),
            models.CheckConstraint(condition=Q(tempo__gte=500, tempo__lte=2000), name="tempo_in_bounds"),
            models.CheckConstraint(condition=Q(lead_ms__lte=300), name="lead_in_bounds"),
        ]

    def __str__(self) -> str:
        return f"{self.show_id} {self.opened_at}"


class Notice(models.Model):
    """A text that the crew wrote for the hall. `number` counts from 1 within the performance."""

    performance = models.ForeignKey(Performance, models.CASCADE, related_name="notices")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=280)
    language = models.CharField(max_length=35)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["performance", "number"], name="one_notice_a_number")]

    def __str__(self) -> str:
        return f"{self.performance_id} {self.number}"


class Played(models.Model):
    """One thing as it was really played. `title`: texts by tag, as it was called that evening."""

    performance = models.ForeignKey(Performance, models.CASCADE, related_name="played")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, choices=Entry.Kind)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="+")
    song = models.ForeignKey("songs.Song", models.SET_NULL, null=True, related_name="+")
    title = models.JSONField()
    encore = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.performance_id} {self.position}"
