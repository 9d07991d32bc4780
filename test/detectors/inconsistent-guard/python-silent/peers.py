import threading

_lock = threading.Lock()
_peers = {}


def learn(host):
    with _lock:
        _peers[host] = 1


def forget(host):
    with _lock:
        _peers.pop(host, None)


def known(host):
    with _lock:
        return host in _peers


# The items are taken in one step.
def listed():
    return list(_peers.items())


class Visitors:
    """A copy is made in one step."""

    def __init__(self):
        self._lock = threading.Lock()
        self._rooms = {}

    def arrive(self, room, guest):
        with self._lock:
            self._rooms[room] = guest

    def leave(self, room):
        with self._lock:
            self._rooms.pop(room, None)

    def names(self):
        return [guest.name for guest in list(self._rooms.values())]
