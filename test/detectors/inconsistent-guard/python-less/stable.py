import threading


class Stable:
    def __init__(self):
        self._lock = threading.Lock()
        self._horses: dict[str, int] = {}

    def lead_in(self, name):
        with self._lock:
            if name not in self._horses:
                self._horses[name] = 0

    def feed(self, name):
        with self._lock:
            self._horses[name] += 1

    def lead_out(self, name):
        self._horses.pop(name, None)  # want-info "`lead_out` changes `Stable._horses` .* The step by itself is atomic\."

    def swap(self, a, b):
        for name in [a, b]:
            with self._lock:
                self._horses[name] = 0
