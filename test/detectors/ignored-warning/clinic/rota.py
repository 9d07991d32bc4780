import threading


class Rota:
    def __init__(self):
        self._lock = threading.Lock()
        self._other = threading.Lock()
        self.shifts = []

    def _add(self, shift):
        # self._lock must be held
        self.shifts.append(shift)

    def add(self, shift):
        with self._lock:
            self._add(shift)

    def _add_all(self, shifts):
        for shift in shifts:
            self._add(shift)

    def add_all(self, shifts):
        with self._lock:
            self._add_all(shifts)

    def publish(self):
        """Must not be called with self._lock held."""

    def close(self):
        with self._other:
            self.publish()
        self.publish()

    def close_later(self):
        with self._lock:
            threading.Thread(target=self.publish).start()
