"""Rows of the accounts app: people, their keys, their sessions, and what changed at their door."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from counterpoint.web.core import clock


class UserManager(BaseUserManager["User"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make one person; without a password nobody can sign in as them."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person with an account. There are no staff and no administrators among them.

    ``zone`` is the IANA time zone their days are counted in, ``language`` the one that pages and
    letters are written in. ``simulated`` marks people that never lived; every page of theirs says
    so. ``door_changed_at`` is when a way to sign in was last added or changed; for a day after it
    every page says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=8, default="en")
    simulated = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)
    door_changed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return f"person {self.id}"


class DataKey(models.Model):
    """The key that seals one person's own words, itself sealed by a master key.

    ``generation`` counts the keys a person has had; each sealed text says which one it needs.
    Deleting this row makes every sealed word of that person unreadable for good.
    """

    owner = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="data_key"
    )
    generation = models.PositiveIntegerField(default=1)
    master_id = models.CharField(max_length=32)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=clock.machine_now)

    def __str__(self) -> str:
        return f"data key of {self.owner_id}"


class RetiredKey(models.Model):
    """An earlier key of a person, kept until nothing is sealed under it any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="retired_keys")
    generation = models.PositiveIntegerField()
    master_id = models.CharField(max_length=32)
    wrapped = models.BinaryField()
    retired_at = models.DateTimeField(default=clock.machine_now)

    class Meta:
        """One key of a generation."""

        constraints = (
            models.UniqueConstraint(fields=("owner", "generation"), name="retired_key_once"),
        )

    def __str__(self) -> str:
        return f"retired key {self.id}"


class Acceptance(models.Model):
    """When a person read and accepted which version of the page on who can read what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="acceptances")
    document = models.CharField(max_length=32)
    version = models.CharField(max_length=32)
    accepted_at = models.DateTimeField()

    class Meta:
        """One acceptance per version of a text."""

        constraints = (
            models.UniqueConstraint(
                fields=("owner", "document", "version"), name="acceptance_once_per_version"
            ),
        )

    def __str__(self) -> str:
        return f"acceptance {self.id}"


class Visit(models.Model):
    """One signed-in session, so that its person can see and end it.

    ``device`` is what the browser said of itself, as a family and a kind; no address and no
    place is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="visits")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=64)
    began_at = models.DateTimeField(default=clock.machine_now)

    def __str__(self) -> str:
        return f"visit {self.id}"


class DoorChange(models.Model):
    """That a way to sign in was added, removed or changed; shown to its person, kept a year."""

    class Kind(models.TextChoices):
        """What changed."""

        APP_ADDED = "app_added", _("A code app was added")
        APP_REMOVED = "app_removed", _("The code app was removed")
        KEY_ADDED = "key_added", _("A passkey was added")
        KEY_REMOVED = "key_removed", _("A passkey was removed")
        CODES_MADE = "codes_made", _("New recovery codes were made")
        PASSWORD_CHANGED = "password_changed", _("The password was changed")
        ADDRESS_ASKED = "address_asked", _("Another e-mail address was named")
        ADDRESS_CHANGED = "address_changed", _("The e-mail address was changed")
        ADDRESS_KEPT = "address_kept", _("The change of e-mail address was taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="door_changes")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    made_at = models.DateTimeField(default=clock.machine_now)

    class Meta:
        """Newest first, by person."""

        indexes = (models.Index(fields=("owner", "-made_at"), name="door_change_newest"),)

    def __str__(self) -> str:
        return f"door change {self.id}"


class AddressChange(models.Model):
    """Another e-mail address: asked for, in force a day later, undone for seven days more.

    ``undo_hash`` is the SHA-256 of a token that only the old address was sent.
    ``password_before`` is the password hash from when it was asked for: whoever undoes it from the
    old mailbox must also know that password or the present one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes")
    old = models.EmailField(max_length=254)
    new = models.EmailField(max_length=254)
    confirmed = models.BooleanField(default=False)
    undo_hash = models.CharField(max_length=64, unique=True)
    password_before = models.CharField(max_length=128)
    asked_at = models.DateTimeField(default=clock.machine_now)
    settled_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"address change {self.id}"


class Letter(models.Model):
    """A mail that waits for the worker, sealed under the master key.

    ``handed_at`` is set before it is given to the mail server; a letter that was given over is
    deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    master_id = models.CharField(max_length=32)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(default=clock.machine_now)
    handed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"letter {self.id}"


class AccessEntry(models.Model):
    """That something of a person was opened to somebody; each entry seals the one before it.

    ``viewer`` is a role, never a name. ``occasion`` makes an entry happen once (the id of a
    release, say). What a partner looks at is not recorded.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_entries")
    number = models.PositiveIntegerField()
    on = models.DateField()
    viewer = models.CharField(max_length=16)
    kind_of_data = models.CharField(max_length=32)
    occasion = models.CharField(max_length=64, blank=True, default="")
    before = models.CharField(max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64)

    class Meta:
        """A chain without gaps, and each occasion once."""

        constraints = (
            models.UniqueConstraint(fields=("owner", "number"), name="access_entry_number"),
            models.UniqueConstraint(
                fields=("owner", "viewer", "kind_of_data", "occasion"),
                condition=~models.Q(occasion=""),
                name="access_entry_once_per_occasion",
            ),
        )

    def __str__(self) -> str:
        return f"access entry {self.id}"
