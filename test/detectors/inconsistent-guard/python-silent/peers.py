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
