import sqlite3
import threading

import psycopg2


class Lockers:
    """One has its rows in a file, the other on a server."""

    def __init__(self):
        self.lock = threading.Lock()
        self.local = sqlite3.connect("lockers.db")
        self.remote = psycopg2.connect("host=lockers")
        self.keys = {}

    def key(self, name):
        with self.lock:
            return self.keys.get(name)

    def count(self):
        with self.lock:
            return len(self.keys)

    def note(self, name):
        with self.lock:
            self.keys[name] = 1
            self.local.execute("INSERT INTO lockers (name) VALUES (?)", (name,))  # want-info "`note` holds `Lockers.lock` .* The database is embedded"

    def share(self, name):
        with self.lock:
            self.keys[name] = 2
            self.remote.cursor().execute("INSERT INTO lockers (name) VALUES (%s)", (name,))  # want "`share` holds `Lockers.lock` .* wait as long\.$"
