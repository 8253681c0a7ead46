"""All routes of the site. Addresses are neutral: none names the topic."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("counterpoint.web.safety.urls")),
    path("", include("counterpoint.web.core.urls")),
    path("account/", include("counterpoint.web.accounts.urls")),
    path("", include("counterpoint.web.reminders.urls")),
    path("", include("counterpoint.web.couples.urls")),
    path("", include("counterpoint.web.assessment.urls")),
    path("", include("counterpoint.web.diary.urls")),
    path("", include("counterpoint.web.dynamics.urls")),
    path("", include("counterpoint.web.practice.urls")),
]

handler400 = "counterpoint.web.core.views.bad_request"
handler403 = "counterpoint.web.core.views.not_found"
handler404 = "counterpoint.web.core.views.not_found"
handler429 = "counterpoint.web.core.views.too_many"
handler500 = "counterpoint.web.core.views.broken"
