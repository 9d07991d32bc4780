import threading

from flask import Flask, jsonify

app = Flask(__name__)


class Devices:
    def __init__(self):
        self._lock = threading.Lock()
        self._devices = {}

    def register(self, key, info):
        with self._lock:
            self._devices[key] = info

    def forget(self, key):
        with self._lock:
            self._devices.pop(key, None)

    def all(self):
        with self._lock:
            return self._devices  # want "`all` returns `Devices._devices` itself"

    def known(self):
        with self._lock:
            return self._devices  # want-info "`known` returns `Devices._devices` itself"

    def copied(self):
        with self._lock:
            return dict(self._devices)


devices = Devices()


@app.post("/devices/<key>")
def register(key):
    devices.register(key, {"online": True})
    return "", 204


@app.delete("/devices/<key>")
def forget(key):
    devices.forget(key)
    return "", 204


@app.get("/offline")
def offline():
    return jsonify([k for k, v in devices.all().items() if not v["online"]])


@app.get("/devices/<key>")
def one(key):
    return jsonify(devices.known().get(key))


@app.get("/devices")
def every():
    return jsonify(devices.copied())
