"""Routes of reminders and of the calendar. The addresses name no topic."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.reminders.views import devices, open_to_links, own

app_name = "reminders"
urlpatterns = [
    path("reminders/", own.reminders, name="page"),
    path("reminders/calendar/", own.renew, name="renew_feed"),
    path("reminders/calendar/end/", own.end, name="end_feed"),
    path("reminders/devices/", devices.add, name="add_device"),
    path("reminders/devices/renew/", devices.renew, name="renew_device"),
    path("reminders/devices/<uuid:device_id>/end/", devices.end, name="end_device"),
    path("reminders/notes.ics", own.file, name="file"),
    path("reminders/stop/<str:token>/", open_to_links.stop, name="stop"),
    path("calendar/<str:token>.ics", open_to_links.feed, name="feed"),
]
