"""Routes of the diary."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.diary import views

app_name = "diary"
urlpatterns = [
    path("checkin/", views.checkin, name="checkin"),
    path("checkin/<str:day>/<int:slot>/", views.checkin_one, name="checkin_one"),
    path("checkin/<str:day>/<int:slot>/more/", views.checkin_more, name="checkin_more"),
    path("checkin/<str:day>/<int:slot>/saved/", views.checkin_saved, name="checkin_saved"),
    path("days/", views.days, name="days"),
    path("days/<str:day>/", views.day, name="day"),
]
