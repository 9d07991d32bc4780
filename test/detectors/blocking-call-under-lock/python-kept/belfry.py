import threading


class Tower:
    @property
    def bells(self):
        return ()


class Belfry:
    """Nothing is called where a field is read that has the name of another's property."""

    def __init__(self):
        self._lock = threading.Lock()
        self.bells = []

    def hang(self, ring):
        self.bells.append(ring)

    def count(self):
        with self._lock:
            return len(self.bells)

    def add(self):
        with self._lock:
            return self.bells
