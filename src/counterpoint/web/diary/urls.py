"""Routes of the diary."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.diary.views import album, evenings, look, own, pace, pages

app_name = "diary"
urlpatterns = [
    path("checkin/", pages.checkin, name="checkin"),
    path("checkin/<str:day>/<int:slot>/", pages.checkin_one, name="checkin_one"),
    path("checkin/<str:day>/<int:slot>/more/", pages.checkin_more, name="checkin_more"),
    path("checkin/<str:day>/<int:slot>/saved/", pages.checkin_saved, name="checkin_saved"),
    path("evenings/", evenings.evenings, name="evenings"),
    path("evenings/arrive/", evenings.arrive, name="arrive"),
    path("offline/evening/", evenings.offline_evening, name="offline_evening"),
    path("own/", own.own_questions, name="own"),
    path("own/<uuid:question_id>/end/", own.end_own, name="end_own"),
    path("pace/", pace.pace, name="pace"),
    path("pace/lighter/", pace.lighter, name="lighter"),
    path("pace/tonight/", pace.tonight, name="tonight"),
    path("album/", album.album, name="album"),
    path("album/<int:number>/", album.album, name="album_corner"),
    path("look/", look.look, name="look"),
    path("look/kept/", look.look_kept, name="look_kept"),
    path("look/past/", look.past_looks, name="past_looks"),
    path("days/", pages.days, name="days"),
    path("days/<str:day>/", pages.day, name="day"),
]
