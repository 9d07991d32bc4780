import threading


class Gauges:
    def __init__(self):
        self.lock = threading.Lock()
        self.levels = {}

    def put(self, name, level):
        with self.lock:
            self.levels[name] = level

    def doubled(self):
        with self.lock:
            view = self.levels.items()
        return [(name, level * 2) for name, level in view]  # want "`doubled` uses `Gauges.levels` after it has released `Gauges.lock`"

    def copied(self):
        with self.lock:
            view = list(self.levels.items())
        return [(name, level * 2) for name, level in view]
