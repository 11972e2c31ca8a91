"""Who works in the house, how they come in, and the artists whose songs it holds."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def new_salt() -> str:
    """Thirty-two letters nobody can guess; a new one ends every session of its person."""
    return secrets.token_urlsafe(24)


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    CREW = "crew", _("Crew")


class People(BaseUserManager["Person"]):
    """The manager Django's auth asks for; people are made by `people.services`."""


class Person(AbstractBaseUser):
    """One who signs in. There are no passwords: a one-time link is the only key."""

    password = None  # type: ignore[assignment]
    last_login = None

    # Kept in small letters, so that one address is one person.
    email = models.EmailField(_("Email"), max_length=254, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    language = models.CharField(_("Language"), max_length=10, choices=settings.LANGUAGES, default="kk")
    role = models.CharField(_("Role"), max_length=8, choices=Role.choices, default=Role.CREW)
    joined_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    session_salt = models.CharField(max_length=32, default=new_salt)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_small_letters"
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="person_role_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the person may come in: nobody has removed them."""
        return self.removed_at is None

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    def has_usable_password(self) -> bool:
        return False

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be believed; it changes with `session_salt`."""
        return self._get_session_auth_hash()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        return salted_hmac(
            "aqyn.people.session", self.session_salt, secret=secret, algorithm="sha256"
        ).hexdigest()


class Artist(models.Model):
    """A singer or a band. Names and bios are texts by language tag; the hue colours her pages."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.JSONField(default=dict)
    bio = models.JSONField(default=dict, blank=True)
    hue = models.PositiveSmallIntegerField(default=28)
    main_language = models.CharField(max_length=35, default="kk-Cyrl")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(hue__lte=359), name="artist_hue_on_the_wheel")
        ]

    def __str__(self) -> str:
        return str(self.name.get(self.main_language) or next(iter(self.name.values()), self.slug))


class SignInLink(models.Model):
    """A one-time link as its SHA-256 alone. Without a person it makes the first owner."""

    class Kind(models.TextChoices):
        LETTER = "letter"
        START = "start"

    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="links")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Invitation(models.Model):
    """A link that lets one more into the crew. It can be shown again: the token is made anew from `nonce`."""

    role = models.CharField(_("Role"), max_length=8, choices=Role.choices, default=Role.CREW)
    email = models.EmailField(_("Email"), max_length=254, blank=True)
    language = models.CharField(_("Language"), max_length=10, choices=settings.LANGUAGES, default="kk")
    invited_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="invitations")
    nonce = models.CharField(max_length=32, default=new_salt)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.OneToOneField("people.Person", models.SET_NULL, null=True, related_name="invited_with")
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class Device(models.Model):
    """One browser a person is signed in on. `seen_at` is coarse: pages do not write."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80, blank=True)
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Allowance(models.Model):
    """How often one address asked for a link since `began_at`. Only hashes of addresses are kept."""

    key = models.CharField(max_length=80, unique=True)
    began_at = models.DateTimeField(db_index=True)
    used = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.key


class Fan(models.Model):
    """One who follows an artist by letter. A follower from `confirmed_at` on, until `left_at`.

    `email` in small letters. `token_sha256`: what the letter that asks for a yes carries, hashed.
    """

    artist = models.ForeignKey("people.Artist", models.CASCADE, related_name="fans")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=10)
    city = models.CharField(max_length=120, blank=True, default="")
    token_sha256 = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["artist", "email"], name="fan_once")]

    def __str__(self) -> str:
        return self.email
