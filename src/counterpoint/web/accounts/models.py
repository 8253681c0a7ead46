"""Rows of the accounts app: people, the key of each, and what each has read and accepted."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

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

    ``zone`` is the IANA time zone their days are counted in. ``simulated`` marks people that
    never lived; every page of theirs says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    zone = models.CharField(max_length=64, default="UTC")
    simulated = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.machine_now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return f"person {self.id}"


class DataKey(models.Model):
    """The key that seals one person's own words, itself sealed by a master key.

    Deleting this row makes every sealed word of that person unreadable for good.
    """

    owner = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="data_key"
    )
    master_id = models.CharField(max_length=32)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(default=clock.machine_now)

    def __str__(self) -> str:
        return f"data key of {self.owner_id}"


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
