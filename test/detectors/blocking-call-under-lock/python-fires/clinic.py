import asyncio
import sqlite3
import subprocess
import threading
import time

import requests
from flask import Flask

app = Flask(__name__)


class Clinic:
    def __init__(self, db: sqlite3.Connection):
        self._lock = threading.Lock()
        self._rooms = {}
        self.db = db

    def free_rooms(self):
        with self._lock:
            return len(self._rooms)

    def is_free(self, room: str):
        with self._lock:
            return room not in self._rooms

    def admit(self, patient: str):
        with self._lock:  # want-step "takes `Clinic._lock`"
            self._rooms[patient] = True
            self.db.execute("INSERT INTO stays (patient) VALUES (?)", (patient,))  # want "`admit` holds `Clinic._lock` while it goes to the database \(`insert stays`\)"

    def discharge(self, patient: str):
        self._lock.acquire()
        try:
            del self._rooms[patient]
            self._tell_insurer(patient)  # want "`discharge` holds `Clinic._lock` while it goes to the network .* through `_tell_insurer`"
        finally:
            self._lock.release()

    def _tell_insurer(self, patient: str):
        requests.post("https://insurer.example.com", json={"patient": patient})  # want-step "goes to the network"

    def print_list(self):
        with self._lock:
            subprocess.run(["lp", "list.txt"])  # want "`print_list` holds `Clinic._lock` while it starts a process"

    def wait_for_room(self):
        with self._lock:
            while not self._rooms:
                time.sleep(1)  # want "`wait_for_room` holds `Clinic._lock` while it sleeps"


class Reception:
    """One lock for everybody who asks."""

    def __init__(self):
        self.lock = asyncio.Lock()
        self.queue = []

    async def length(self):
        async with self.lock:
            return len(self.queue)

    async def call_next(self):
        async with self.lock:
            await asyncio.sleep(5)  # want "`call_next` holds `Reception.lock` while it sleeps"
