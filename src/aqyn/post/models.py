"""Letters that leave the house, the server that takes them, and who does not want them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aqyn.post.errors import SENTENCES


def new_message_id() -> str:
    """The part of a Message-ID before the @. A letter keeps it over every attempt, so a second copy can be
    known."""
    return uuid.uuid4().hex


class Letter(models.Model):
    """One letter to one address. It waits until it was sent, failed, or was carried by hand."""

    to = models.EmailField(max_length=254)
    to_name = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10, blank=True)
    message_id = models.CharField(max_length=40, default=new_message_id)
    show_in_studio = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # After this time the letter is of no use: it is not sent any more.
    expires_at = models.DateTimeField(null=True)

    attempts = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    carried_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="letter_waiting",
                condition=Q(sent_at=None, failed_at=None, carried_at=None),
            ),
            models.Index(fields=["tried_at"], name="letter_tried"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def sentence(self) -> str:
        """What went wrong last, in the reader's language; "" where nothing did."""
        return str(SENTENCES.get(self.problem, ""))


class MailServer(models.Model):
    """The one server that takes our letters (row 1). Without the row letters are carried by hand."""

    class Security(models.TextChoices):
        STARTTLS = "starttls", _("STARTTLS (usually port 587)")
        TLS = "tls", _("TLS from the first byte (usually port 465)")
        NONE = "none", _("None (only within your own network)")

    host = models.CharField(_("Server"), max_length=253)
    port = models.PositiveIntegerField(_("Port"), default=587)
    security = models.CharField(
        _("Security"), max_length=8, choices=Security.choices, default=Security.STARTTLS
    )
    user = models.CharField(_("User name"), max_length=254, blank=True)
    password = models.CharField(_("Password"), max_length=500, blank=True)
    from_address = models.EmailField(_("From address"), max_length=254)
    from_name = models.CharField(_("From name"), max_length=120, blank=True)
    reply_to = models.EmailField(_("Answers go to"), max_length=254, blank=True)
    per_minute = models.PositiveIntegerField(_("Letters a minute"), default=30)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="mail_server_is_one"),
            models.CheckConstraint(condition=Q(port__gte=1, port__lte=65535), name="mail_server_port"),
            models.CheckConstraint(condition=Q(per_minute__gte=1), name="mail_server_rate"),
        ]

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Bounce(models.Model):
    """A mail server said that this address cannot be reached; nothing more is sent to it."""

    address = models.EmailField(max_length=254, unique=True)
    at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.address


class Leave(models.Model):
    """Whoever reads mail at this address wants no more letters of this kind."""

    address = models.EmailField(max_length=254)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "kind"], name="leave_once")]

    def __str__(self) -> str:
        return f"{self.address} {self.kind}"
