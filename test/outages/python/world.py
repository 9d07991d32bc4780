import json
import sqlite3
import threading
import time


class World:
    def __init__(self):
        self.lock = threading.Lock()
        self.db = sqlite3.connect("world.db")
        self.online = {}
        self.modules = {}
        self.intel = {}  # want-step unbounded-growth

    def add_module(self, ship, module):
        with self.lock:  # want-step reentrant-lock "again"
            self.modules.setdefault(ship, []).append(module)

    def start(self):
        with self.lock:  # want-step reentrant-lock
            self.load()  # want reentrant-lock "`start` holds `World\.lock` and calls `load`, which leads to `add_module`, where it is taken again"

    def load(self):
        self.migrate()
        self.repair_wrecks()  # want-step reentrant-lock

    def migrate(self):
        for fitted in self.modules.values():
            # Put in directly: calling add_module would deadlock, because start holds the lock.  # want-step ignored-warning
            fitted.append("anchor")

    def repair_wrecks(self):  # want-step ignored-warning
        for ship in list(self.modules):
            self.add_module(ship, "hull")  # want ignored-warning "calls `World\.add_module` while it holds `World\.lock`, though", want-step reentrant-lock

    def report(self, harbour, price):
        with self.lock:
            self.intel[harbour] = price  # want unbounded-growth "`World\.intel` only ever grows", want-step guarded-value-escapes-lock

    def prices(self):
        with self.lock:
            known = self.intel  # want-step guarded-value-escapes-lock
        return json.dumps(known)  # want guarded-value-escapes-lock "`prices` serialises `World\.intel` after it has released `World\.lock`"

    def run(self):  # want-step io-in-hot-loop
        while True:
            self.count_time()  # want-step io-in-hot-loop
            time.sleep(60)

    def count_time(self):
        for player in self.everybody():  # want-step io-in-hot-loop
            self.add_time(player, 60, persist=True)  # want io-in-hot-loop "every 1 min × each of `self\.everybody\(\)` × 1 UPDATE on `players` \(through `World\.add_time`\).*The `True` given for `persist`"

    def everybody(self):
        with self.lock:
            return list(self.online.values())

    def add_time(self, player, seconds, persist=False):
        player["time"] += seconds
        if persist:
            self.db.execute("UPDATE players SET time_played = ? WHERE id = ?", (player["time"], player["id"]))  # want-step io-in-hot-loop
