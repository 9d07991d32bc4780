import threading
import time


class Lamps:
    def __init__(self):
        self._guard = threading.Lock()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=print)
        self._lit = {}

    def replace(self):
        with self._guard:
            self._ending.set()
            self._stop.set()
            self._thread.join()  # want-info "`replace` holds `Lamps._guard` .* told to end just before\.$"
            self._lit.clear()

    def wait(self):
        with self._guard:
            time.sleep(60)  # want "`wait` holds `Lamps._guard` .* waits? as long\.$"
            self._lit.clear()

    def flicker(self):
        with self._guard:
            time.sleep(0.005)
            self._lit.clear()

    def is_lit(self, lamp):
        with self._guard:
            return lamp in self._lit

    def count(self):
        with self._guard:
            return len(self._lit)
