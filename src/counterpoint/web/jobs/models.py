"""One row per piece of work to be done outside a request."""

from __future__ import annotations

import uuid

from django.db import models

from counterpoint.web.core import clock


class Job(models.Model):
    """A piece of work of one kind for one key.

    While it waits there is at most one of a kind and key. A worker leases it for a while; when
    the lease runs out, another may take it, so work must be safe to begin twice. Of an error
    only the class is kept, since messages quote data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    made_at = models.DateTimeField(default=clock.machine_now)
    run_after = models.DateTimeField(default=clock.machine_now)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=128, blank=True, default="")
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        """One job of a kind and key at a time; found by when it is due."""

        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="job_once_per_key"),)
        indexes = (models.Index(fields=("run_after",), name="job_run_after"),)

    def __str__(self) -> str:
        return f"{self.kind} job {self.id}"
