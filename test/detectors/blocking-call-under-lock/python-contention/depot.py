import threading

import requests


class Depot:
    def __init__(self):
        self._lock = threading.Lock()
        self._carts: dict[str, "Cart"] = {}

    def count(self):
        with self._lock:
            return len(self._carts)

    def fetch(self, name):
        with self._lock:
            requests.get("https://carts.example.com/" + name)  # want "`fetch` holds `Depot._lock` .* 1 other function that needs the lock, `count`, waits as long\.$"
            self._carts[name] = Cart()


class Cart:
    def __init__(self):
        self._lock = threading.Lock()
        self._load = []

    def load(self):
        with self._lock:
            return len(self._load)

    def weigh(self):
        with self._lock:
            requests.get("https://scales.example.com")  # want-info "`weigh` holds `Cart._lock` .* only those who use the same one wait\.$"


class Porters:
    def __init__(self):
        self._lock = threading.Lock()
        self._names = {}

    def each(self, do):
        with self._lock:
            for name in self._names:
                do(name)

    def call(self, name):
        with self._lock:
            requests.get("https://porters.example.com/" + name)  # want-info "`call` holds `Porters._lock` .* Nobody is seen to come often for what is in memory alone\.$"
