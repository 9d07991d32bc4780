import sqlite3
import threading
import time

from flask import Flask, request

app = Flask(__name__)


class World:
    def __init__(self):
        self.lock = threading.Lock()
        self.db = sqlite3.connect("world.db")
        self.online = {}
        self.modules = {}

    def add_module(self, ship, module):
        with self.lock:  # want-step reentrant-lock
            self.modules.setdefault(ship, []).append(module)

    def start(self):
        with self.lock:  # want-step reentrant-lock
            self.load()  # want reentrant-lock

    def load(self):
        for ship in list(self.modules):
            self.add_module(ship, "hull")

    def run(self):
        while True:
            self.count_time()
            time.sleep(60)

    def count_time(self):
        for player in self.everybody():
            self.add_time(player, 60, persist=True)  # want io-in-hot-loop "UPDATE on `players`"

    def everybody(self):
        with self.lock:
            return list(self.online.values())

    def add_time(self, player, seconds, persist=False):
        player["time"] += seconds
        if persist:
            self.db.execute("UPDATE players SET time_played = ? WHERE id = ?", (player["time"], player["id"]))  # want-step io-in-hot-loop


world = World()
threading.Thread(target=world.run).start()


@app.route("/distress", methods=["POST"])
def distress():
    rows = world.db.execute("SELECT id FROM pilots WHERE harbour = ?", (request.form["harbour"],))
    for pilot in rows.fetchall():
        world.db.execute("INSERT INTO missions (pilot, ship) VALUES (?, ?)", (pilot[0], request.form["ship"]))  # want unbounded-fan-out, want io-in-hot-loop
    return "sent"
