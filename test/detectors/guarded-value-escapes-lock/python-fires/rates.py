import json
import threading

from flask import Flask

app = Flask(__name__)
_lock = threading.Lock()
_rates = {}
_rows: dict[str, list[int]] = {}


def put(name, rate):
    with _lock:
        _rates[name] = rate
        _rows.setdefault(name, []).append(rate)


def dump():
    with _lock:
        rates = _rates
    return json.dumps(rates)  # want "`dump` serialises `rates._rates` after it has released"


@app.get("/rates")
def shown():
    with _lock:
        rates = _rates
    return rates  # want "`shown` returns `rates._rates` itself, .*under that lock\.$"


def rows(name):
    with _lock:
        return _rows[name]  # want-info "`rows` returns `rates._rows` itself"
