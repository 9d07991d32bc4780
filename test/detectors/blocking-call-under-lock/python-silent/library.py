import sqlite3
import threading
import time

import requests


class Library:
    def __init__(self, db: sqlite3.Connection):
        self._lock = threading.Lock()
        self._returned = threading.Condition(self._lock)
        self._desks = threading.Semaphore(4)
        self._loans = {}
        self.db = db

    def count(self):
        with self._lock:
            return len(self._loans)

    # Copied under the lock, sent without it.
    def publish(self):
        with self._lock:
            loans = dict(self._loans)
        requests.post("https://catalogue.example.com", json=loans)

    # A condition gives its lock back while it waits.
    def take(self):
        with self._returned:
            while not self._loans:
                self._returned.wait()

    # Only started under the lock.
    def remind(self):
        with self._lock:
            threading.Thread(target=self._send).start()

    def _send(self):
        requests.get("https://mail.example.com")

    # Several may hold a semaphore.
    def read(self):
        with self._desks:
            time.sleep(10)

    # Given back before.
    def lend(self, book: str):
        self._lock.acquire()
        self._loans[book] = True
        self._lock.release()
        self.db.execute("INSERT INTO loans (book) VALUES (?)", (book,))
