"""Forms of the accounts app."""

from __future__ import annotations

from counterpoint.web.accounts.forms.own import AgainForm, DeleteForm, ProofForm, ZoneForm

__all__ = ["AgainForm", "DeleteForm", "ProofForm", "ZoneForm"]
