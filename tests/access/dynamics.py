"""Who gets what answer from the routes of the dynamics app."""

from access import Row

ROWS = {
    "dynamics:plane": Row(anonymous="sign-in", owner=200, stranger=200),
    "dynamics:simulated": Row(anonymous=200, owner=200, stranger=200),
}
