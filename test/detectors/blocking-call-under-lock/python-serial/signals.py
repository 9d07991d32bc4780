import threading

import requests

_send_lock = threading.Lock()
_count_lock = threading.Lock()
_sent = 0


def send(signal):
    # Serialise the requests, so that the lights change in the order of the keeper's decisions.
    with _send_lock:
        requests.post("http://lights.example.com", data=signal)  # want-info "`send` holds `signals._send_lock` .* A comment says that the lock lets one at a time through on purpose\.$"


def is_sending():
    with _send_lock:
        return _sent > 0


def count(signal):
    with _count_lock:
        requests.post("http://counts.example.com", data=signal)  # want "`count` holds `signals._count_lock` while it goes to the network"


def counted():
    with _count_lock:
        return _sent
