"""How a view reaches a private row: its own or 404, with the owner always from the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row", bound=Model)


def signed_in(view: View) -> View:
    """Send whoever is not signed in to the sign-in page, whether or not the row exists."""
    return login_required(view)


def get_own(rows: type[Row] | QuerySet[Row], request: HttpRequest, **lookup: Any) -> Row:
    """Return one row of the signed-in person.

    Parameters
    ----------
    rows
        A model with an ``owner``, or a query over one.
    request
        The request; its user is the owner.
    lookup
        What names the row, such as ``pk=...``.

    Raises
    ------
    django.http.Http404
        If there is no such row or it belongs to somebody else: both answers are the same.
    """
    query: QuerySet[Row] = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    try:
        row = query.filter(owner_id=own_id(request), **lookup).first()
    except (ValueError, ValidationError) as error:
        raise Http404 from error
    if row is None:
        raise Http404
    return row


def own_id(request: HttpRequest) -> UUID:
    """Return the id of the signed-in person.

    Raises
    ------
    django.http.Http404
        If nobody is signed in.
    """
    user = request.user
    if not user.is_authenticated:
        raise Http404
    key: UUID = user.pk
    return key
