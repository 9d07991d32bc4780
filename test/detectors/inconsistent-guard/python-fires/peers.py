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
