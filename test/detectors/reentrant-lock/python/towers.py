import threading


class Tower:
    def __init__(self):
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._own = threading.Condition()

    def ring(self):
        with self._idle:
            self.still()  # want "`still`"

    def still(self):
        with self._lock:
            self._idle.notify_all()

    def swing(self):
        with self._own:
            self.still()
