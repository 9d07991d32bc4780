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


def alive():
    return [host for host, n in _peers.items() if n]  # want "`alive` reads `peers._peers` without `peers._lock`"


class Guests:
    """What a view shows changes while it is gone over."""

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
        return [guest.name for guest in self._rooms.values()]  # want "`names` reads `Guests._rooms` without `Guests._lock`"
