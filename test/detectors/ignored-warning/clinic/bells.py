import threading


class Bells:
    def __init__(self):
        self._lock = threading.Lock()
        self.rung = []

    # Tells all of them, and takes the lock itself: calling it with self._lock held hangs for ever.
    def tell_all(self):
        with self._lock:
            print(self.rung)

    # This one needs no lock, and nobody waits for ever.
    def count(self):
        return len(self.rung)

    def ring(self, bell):
        with self._lock:
            self.rung.append(bell)
            self.count()
            self.tell_all()  # want "`ring` calls `Bells.tell_all` while it holds `Bells._lock`, though a comment warns"
