import json
import threading

_lock = threading.Lock()
_rates = {}
_config = {}


def put(name, rate):
    with _lock:
        _rates[name] = rate


def load(config):
    global _config
    with _lock:
        _config = config


def dump():
    with _lock:
        rates = dict(_rates)
    return json.dumps(rates)


# A number, and not what it is kept in.
def rate(name):
    with _lock:
        return _rates[name]


def config():
    with _lock:
        config = _config
    return json.dumps(config)


def local():
    with _lock:
        _rates = {}
        rates = _rates
    return json.dumps(rates)
