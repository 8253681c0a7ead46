"""Routes of today, the exercises, and the pages to learn from."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.practice.views import exercises, learn, plan

app_name = "practice"
urlpatterns = [
    path("today/", exercises.today, name="today"),
    path("practice/", exercises.skills, name="skills"),
    path("practice/why/", plan.why, name="why"),
    path("practice/<slug:exercise_id>/", exercises.exercise, name="exercise"),
    path("practice/run/<uuid:run_id>/<int:number>/", exercises.step, name="step"),
    path("practice/run/<uuid:run_id>/end/", exercises.end, name="end"),
    path("practice/run/<uuid:run_id>/done/", exercises.done, name="done"),
    path("learn/", learn.learn, name="learn"),
    path("learn/<slug:page_id>/", learn.learn_page, name="learn_page"),
]
