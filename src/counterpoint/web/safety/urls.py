"""Routes of the safety app. The addresses name no topic."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.safety.views import pages, quiet

app_name = "safety"
urlpatterns = [
    path("", pages.landing, name="landing"),
    path("info/who-reads/", pages.page, {"page_id": "privacy"}, name="privacy"),
    path("info/limits/", pages.page, {"page_id": "limits"}, name="limits"),
    path("info/promises/", pages.page, {"page_id": "promises"}, name="promises"),
    path("info/beyond/", pages.page, {"page_id": "cannot"}, name="cannot"),
    path("info/words/", pages.page, {"page_id": "styles"}, name="styles"),
    path("info/people/", pages.people, {"page_id": "help_fear"}, name="help_fear"),
    path("info/own-part/", pages.people, {"page_id": "own_part"}, name="own_part"),
    path("info/after/", pages.parted, {"page_id": "parted"}, name="parted"),
    path("quiet/", quiet.alone, name="quiet"),
    path("quiet/questions/", quiet.questions, name="quiet_questions"),
    path("quiet/line/", quiet.line, name="quiet_line"),
    path("away/", pages.leave, name="leave"),
]
