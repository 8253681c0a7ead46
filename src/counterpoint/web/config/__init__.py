"""The site as a whole: settings, routes, the door for WSGI servers."""
