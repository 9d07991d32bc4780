import threading


class Dispensary:
    def __init__(self):
        self._bell = threading.Lock()
        self._window = threading.Lock()
        self._waiting = []

    def ring(self, patient):
        with self._bell:
            self._queue(patient)

    def _queue(self, patient):
        self._waiting.append(patient)
        # Whoever rings holds the bell: it is served from there.
        if self._bell.acquire(False):
            self._bell.release()
            return self._serve()
        return None

    def knock(self, patient):
        with self._bell:
            self._hand_over(patient)  # want "holds `Dispensary\._bell` and calls `_hand_over`, which leads to `_serve`"

    def _hand_over(self, patient):
        self._waiting.append(patient)
        # Another lock is tried.
        if self._window.acquire(False):
            self._window.release()
            return self._serve()
        return None

    def _serve(self):
        with self._bell:
            return self._waiting.pop()
