"""Addresses of my plane, the simulated couple, the lab, the joint picture and the two maps."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.dynamics.views import change, hunches, lab, pages, score, signs

app_name = "dynamics"
urlpatterns = [
    path("plane/", pages.own_plane, name="plane"),
    path("plane/score/", score.own, name="score"),
    path("plane/score/sheet/", score.own_sheet, name="score_sheet"),
    path("plane/score/sound/", score.own_sound, name="score_sound"),
    path("change/", change.change, name="change"),
    path("signs/", signs.signs, name="signs"),
    path("signs/choosing/", signs.choosing, name="choosing"),
    path("signs/calm/", signs.calm, name="calm"),
    path("signs/<slug:sign>/", signs.sign, name="sign"),
    path("signs/<slug:sign>/learned/", signs.learned, name="learned"),
    path("example/", pages.simulated, name="simulated"),
    path("example/sound/", score.simulated_sound, name="simulated_sound"),
    path("lab/", lab.lab, name="lab"),
    path("lab/mine/", lab.lab_mine, name="lab_mine"),
    path("two/picture/", pages.joint, name="joint"),
    path("two/picture/sheet/", score.joint_sheet, name="joint_sheet"),
    path("two/picture/sound/", score.joint_sound, name="joint_sound"),
    path("two/maps/", pages.maps, name="maps"),
    path("two/maps/open/", pages.lay_open, name="lay_open"),
    path("two/maps/take-back/", pages.take_back, name="take_back"),
    path("hunches/", hunches.hunches, name="hunches"),
    path("hunches/open/", hunches.open_hunch, name="open_hunch"),
]
