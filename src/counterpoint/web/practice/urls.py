"""Routes of today, the exercises, the letters, the writing desk, and the pages to learn from."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.practice.views import desk, exercises, learn, letters, offers, plan

app_name = "practice"
urlpatterns = [
    path("today/", exercises.today, name="today"),
    path("practice/", exercises.skills, name="skills"),
    path("practice/why/", plan.why, name="why"),
    path("practice/effect/", offers.effect, name="effect"),
    path("practice/tonight/let-lie/", offers.let_lie, name="let_lie"),
    path("practice/<slug:exercise_id>/find-out/", offers.find_out, name="find_out"),
    path("practice/<slug:exercise_id>/", exercises.exercise, name="exercise"),
    path("practice/run/<uuid:run_id>/<int:number>/", exercises.step, name="step"),
    path("practice/run/<uuid:run_id>/end/", exercises.end, name="end"),
    path("practice/run/<uuid:run_id>/done/", exercises.done, name="done"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<slug:movement>/", letters.letter, name="letter"),
    path("letters/<slug:movement>/open/", letters.open_letter, name="open_letter"),
    path("desk/", desk.desk, name="desk"),
    path("desk/<uuid:draft_id>/", desk.draft, name="draft"),
    path("desk/<uuid:draft_id>/throw-away/", desk.throw_away, name="throw_away"),
    path("learn/", learn.learn, name="learn"),
    path("learn/<slug:page_id>/", learn.learn_page, name="learn_page"),
]
