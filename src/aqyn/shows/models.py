"""The facts of a show: where and when, with whom, and what became of it."""

from django.db import models
from django.db.models import F, Q


class Tour(models.Model):
    """Several shows under one name. `name`: texts by BCP 47 tag."""

    artist = models.ForeignKey("people.Artist", models.PROTECT, related_name="tours")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.slug


class Show(models.Model):
    """One evening. It is a draft until it has an `Announcement`.

    `title`, `about`, `city`, `venue`: texts by tag. Times are UTC, shown in `time_zone`, an IANA name;
    without `starts_at` the date is still to come. `sequence` counts what calendars must learn of (RFC 5545,
    3.8.7.4).
    """

    artist = models.ForeignKey("people.Artist", models.PROTECT, related_name="shows")
    tour = models.ForeignKey(Tour, models.SET_NULL, null=True, related_name="shows")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    about = models.JSONField(default=dict)
    city = models.JSONField()
    country = models.CharField(max_length=2, blank=True, default="")
    venue = models.JSONField(default=dict)
    address = models.CharField(max_length=300, blank=True, default="")
    time_zone = models.CharField(max_length=64)
    doors_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True, db_index=True)
    ends_at = models.DateTimeField(null=True)
    hue = models.PositiveSmallIntegerField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(hue__isnull=True) | Q(hue__lt=360), name="show_hue_in_circle"),
            models.CheckConstraint(
                condition=Q(doors_at__isnull=True) | Q(doors_at__lte=F("starts_at")),
                name="show_doors_before_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="show_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Act(models.Model):
    """Who else plays that evening. `name`: texts by tag."""

    show = models.ForeignKey(Show, models.CASCADE, related_name="acts")
    position = models.PositiveIntegerField()
    name = models.JSONField()
    link = models.URLField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.show_id} {self.position}"


class Announcement(models.Model):
    """The show is known to the world since `at`."""

    show = models.OneToOneField(Show, models.CASCADE, related_name="announcement")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.show_id} {self.at}"


class Postponement(models.Model):
    """The show was put off at `at`; the times it had before are kept. `reason`: texts by tag."""

    show = models.ForeignKey(Show, models.CASCADE, related_name="postponements")
    at = models.DateTimeField()
    old_doors_at = models.DateTimeField(null=True)
    old_starts_at = models.DateTimeField()
    old_ends_at = models.DateTimeField(null=True)
    reason = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.show_id} {self.old_starts_at}"


class Cancellation(models.Model):
    """The show will not be. `reason`: texts by tag."""

    show = models.OneToOneField(Show, models.CASCADE, related_name="cancellation")
    at = models.DateTimeField()
    reason = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.show_id} {self.at}"
