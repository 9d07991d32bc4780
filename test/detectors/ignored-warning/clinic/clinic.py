import threading

from flask import Flask

app = Flask(__name__)


class Ward:
    def __init__(self):
        self._lock = threading.Lock()
        self.beds = {}
        self._admit("nobody")

    def _admit(self, name):
        """Put somebody to bed. The caller must hold self._lock."""
        self.beds[name] = True

    def admit(self, name):
        with self._lock:
            self._admit(name)

    def admit_quickly(self, name):
        self._admit(name)  # want "`admit_quickly` calls `Ward._admit` without holding `Ward._lock`, though a comment warns"

    def admit_late(self, name):
        with self._lock:
            count = len(self.beds)
        if count < 10:
            self._admit(name)  # want "without holding"

    def notify(self):
        """Tell the family. Must not be called while holding the lock."""

    def discharge(self, name):
        with self._lock:
            del self.beds[name]
            self.notify()  # want "`discharge` calls `Ward.notify` while it holds `Ward._lock`"

    def transfer(self, name, other):
        with self._lock:
            del self.beds[name]
        self.notify()
        other.admit(name)

    def restock(self):
        with self._lock:
            # calling admit here would deadlock
            self.beds["spare"] = False

    def empty(self):
        with self._lock:
            self.admit("spare")  # want "while it holds `Ward._lock`, though a comment warns"


class Counter:
    def __init__(self):
        self.n = 0

    def tick(self):
        """Not thread-safe."""
        self.n += 1


visits = Counter()
own_lock = threading.Lock()


@app.route("/visit")
def visit():
    visits.tick()  # want "handles requests and calls `Counter.tick` on an object they all share"
    return "ok"


@app.route("/visit-safely")
def visit_safely():
    with own_lock:
        visits.tick()
    own = Counter()
    own.tick()
    return "ok"
