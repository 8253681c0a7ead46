"""Routes of the page for two. Addresses name neither the other nor a row of theirs."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.couples.views import joining, page, sharing, table

app_name = "couples"
urlpatterns = [
    path("two/", page.page, name="page"),
    path("two/code/", joining.code, name="code"),
    path("two/code/forget/", joining.forget_code, name="forget_code"),
    path("two/enter/", joining.enter, name="enter"),
    path("two/join/", joining.join, name="join"),
    path("two/step-back/", joining.step_back, name="step_back"),
    path("two/leave/", joining.leave, name="leave"),
    path("two/sharing/", sharing.sharing, name="sharing"),
    path("two/sharing/freeze/", sharing.freeze, name="freeze"),
    path("two/sharing/thaw/", sharing.thaw, name="thaw"),
    path("two/sharing/stop/", sharing.stop, name="stop"),
    path("two/sharing/<slug:name>/", sharing.kind, name="kind"),
    path("two/sharing/<slug:name>/withdraw/", sharing.withdraw, name="withdraw"),
    path("two/table/", table.table, name="table"),
    path("two/table/<str:turns_on>/take-back/", table.take_back, name="take_back"),
]
