"""Writing the quiet line; each function is one transaction."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from counterpoint.web.accounts.keys import seal
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.safety import queries, rules
from counterpoint.web.safety.models import QuietLine


@transaction.atomic
def keep_route(owner: User, answers: Mapping[str, bool | None]) -> None:
    """Seal the day and what comes first; the answers themselves are kept nowhere.

    Parameters
    ----------
    owner
        Who answered.
    answers
        Yes, no or ``None`` (left out), by item; empty when all of it was left out.
    """
    User.objects.select_for_update().get(pk=owner.pk)
    kept = queries.quiet_of(owner)
    former = frozenset() if kept is None else kept.route
    leads = {item.item_id: item.leads_to for item in current_content().quiet.items}
    line = rules.write_line(clock.today(owner.zone), rules.route_after(former, leads, answers))
    sealed = seal(owner, queries.line_place(owner), line)
    QuietLine.objects.update_or_create(owner=owner, defaults={"line_sealed": sealed})


@transaction.atomic
def forget_route(owner: User) -> None:
    """Delete the line; own pages are again as they were before."""
    QuietLine.objects.filter(owner=owner).delete()
