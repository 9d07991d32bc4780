import threading

import requests


class Catalogue:
    def __init__(self):
        self._lock = threading.Lock()
        self._entries = None
        self.readers = 0

    def entries(self):
        if self._entries is None:
            with self._lock:
                if self._entries is None:
                    self._entries = load()  # want-info "`entries` holds `Catalogue._lock` .* It is done once, by whoever comes first: afterwards `_entries` is set\.$"
        return self._entries

    def enter(self):
        with self._lock:
            self.readers += 1


class Rooms:
    def __init__(self):
        self._lock = threading.Lock()
        self._plan = None
        self.open = 0

    def plan(self):
        with self._lock:
            if self._plan is not None:
                return self._plan
            self._plan = requests.get("https://rooms.example.com")  # want-info "`plan` holds `Rooms._lock` .* afterwards `_plan` is set\.$"
            return self._plan

    def enter(self):
        with self._lock:
            self.open += 1


class Weather:
    def __init__(self):
        self._lock = threading.Lock()
        self._report = None

    def report(self):
        with self._lock:
            if self._report is None:
                self._report = load()  # want "`report` holds `Weather._lock` .* waits? as long\.$"
            return self._report

    def forget(self):
        with self._lock:
            self._report = None

    def is_known(self):
        with self._lock:
            return self._report is not None


class Books:
    def __init__(self):
        self._lock = threading.Lock()
        self._books = {}

    def book(self, name):
        with self._lock:
            if name not in self._books:
                self._books[name] = load()  # want "`book` holds `Books._lock` .* waits? as long\.$"
            return self._books[name]

    def count(self):
        with self._lock:
            return len(self._books)


def load():
    return requests.get("https://archive.example.com").json()
