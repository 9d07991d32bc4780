import threading


class Stall:
    def __init__(self):
        self._lock = threading.Lock()
        self._hay = 0

    def __setstate__(self, state):
        self._lock = threading.Lock()
        self._hay = state["hay"]

    def fill(self):
        with self._lock:
            self._hay += 1

    def feed(self):
        with self._lock:
            self._hay -= 1

    def clear(self):
        with self._lock:
            self._hay = 0
