import threading


class Kept:
    def __init__(self):
        self._latch = threading.Lock()

    def __enter__(self):
        self._take()
        return self

    def __exit__(self, *given):
        self._give()

    def _take(self):
        self._latch.acquire()

    def _give(self):
        self._latch.release()


class Cellar(Kept):
    def __init__(self):
        super().__init__()
        self.barrels = {}

    def tap(self, name):
        with self:
            return self.level(name)  # want "`tap` holds `Kept._latch` and calls `level`, which takes it again"

    def level(self, name):
        with self:
            return self.barrels.get(name)

    def both(self, one, other):
        with self:
            known = one in self.barrels
        return known and self.level(other)


# It is entered, and takes nothing.
class Visit:
    def __enter__(self):
        return self

    def __exit__(self, *given):
        pass

    def look(self):
        with self:
            return self.rest()

    def rest(self):
        with self:
            return 1


# Nothing but a lock, which is that of whoever has it.
class Timed:
    def __init__(self):
        self._inner = threading.Lock()

    def acquire(self):
        self._inner.acquire()

    def release(self):
        self._inner.release()

    def __enter__(self):
        self.acquire()

    def __exit__(self, *given):
        self.release()


class Press:
    def __init__(self):
        self.handle = Timed()
        self.lid = Timed()

    def squeeze(self):
        with self.handle:
            self.empty()  # want "`squeeze` holds `Press.handle` and calls `empty`, which takes it again"
            self.open()

    def empty(self):
        with self.handle:
            return 0

    def open(self):
        with self.lid:
            return 1
