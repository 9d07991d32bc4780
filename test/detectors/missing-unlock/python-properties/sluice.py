import threading

import requests


class Weir:
    @property
    def level(self):
        return 3


class Sluice:
    """A read of a field, or of what only gives one, leaves no lock held."""

    def __init__(self, other: Weir):
        self._lock = threading.Lock()
        self._height = 0
        self.level = 1
        self.other = other

    @property
    def height(self):
        return self._height

    @property
    def forecast(self):
        return requests.get("https://weir.example.com").json()

    def own(self):
        self._lock.acquire()
        seen = self.level
        self._lock.release()
        return seen

    def given(self):
        self._lock.acquire()
        seen = self.height + self.other.level
        self._lock.release()
        return seen

    def asked(self):
        self._lock.acquire()  # want "`Sluice\._lock`"
        seen = self.forecast
        self._lock.release()
        return seen
