"""Routes of today and the exercises."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.practice import views

app_name = "practice"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("practice/", views.skills, name="skills"),
    path("practice/<slug:exercise_id>/", views.exercise, name="exercise"),
    path("practice/run/<uuid:run_id>/<int:number>/", views.step, name="step"),
    path("practice/run/<uuid:run_id>/end/", views.end, name="end"),
    path("practice/run/<uuid:run_id>/done/", views.done, name="done"),
]
