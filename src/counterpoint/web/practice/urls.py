"""Routes of today and the exercises."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.practice.views import exercises

app_name = "practice"
urlpatterns = [
    path("today/", exercises.today, name="today"),
    path("practice/", exercises.skills, name="skills"),
    path("practice/<slug:exercise_id>/", exercises.exercise, name="exercise"),
    path("practice/run/<uuid:run_id>/<int:number>/", exercises.step, name="step"),
    path("practice/run/<uuid:run_id>/end/", exercises.end, name="end"),
    path("practice/run/<uuid:run_id>/done/", exercises.done, name="done"),
]
