"""Routes of marks and questions."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.assessment import views

app_name = "assessment"
urlpatterns = [
    path("place/", views.place, name="place"),
    path("place/<slug:kind>/", views.mark, name="mark"),
    path("questions/", views.questions, name="questions"),
    path("questions/done/", views.questions_done, name="questions_done"),
    path("questions/again/", views.begin_again, name="begin_again"),
    path("questions/<slug:item_id>/", views.question, name="question"),
    path("questions/<slug:sign>/leave-out/", views.leave_out, name="leave_out"),
    path("questions/<slug:sign>/take-in/", views.take_in, name="take_in"),
]
