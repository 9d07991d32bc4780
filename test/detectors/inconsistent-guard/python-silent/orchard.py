import threading


class Orchard:
    def __init__(self, rows):
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self.rows = rows
        self._trees: dict[str, int] = {}
        self._picked = 0
        self._load()

    def _load(self):
        self._trees["first"] = 1
        self._picked = 0

    def plant(self, name):
        with self._lock:
            self._trees[name] = self.rows
            self._count()

    def fell(self, name):
        with self._lock:
            self._trees.pop(name)
            self._count()

    def _count(self):
        self._picked += 1

    def has(self, name):
        return name in self._trees

    def picked(self):
        return self._picked

    def _drop_locked(self):
        self._trees.clear()

    def stop(self):
        self._stop.set()

    def __str__(self):
        return ", ".join(name for name in self._trees)

    def wipe(self):
        """The caller holds the lock."""
        self._picked = 0
