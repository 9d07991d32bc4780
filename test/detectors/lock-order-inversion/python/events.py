import threading


class Gauge:
    def __init__(self, least=0):
        self._least = least
        self._guard = threading.Lock()
        self._level = 0

    def hold(self):
        self._guard.acquire()

    def free(self):
        self._guard.release()

    def fill(self):
        with self._guard:
            self._level += 1


# Two gauges are two locks.
class Sluice:
    def __init__(self):
        self._upper = Gauge(least=2)
        self._lower = Gauge()
        self._gate = threading.Lock()

    def open(self):
        self._upper.hold()
        with self._gate:
            pass
        self._upper.free()

    def drain(self):
        with self._gate:
            self._lower.fill()


# Which gauge it is was somebody else's choice.
class Weir:
    def __init__(self, upper: Gauge, lower: Gauge):
        self._upper = upper
        self._lower = lower
        self._gate = threading.Lock()

    def open(self):
        self._upper.hold()
        with self._gate:
            pass
        self._upper.free()

    def drain(self):
        with self._gate:
            self._lower.fill()  # want "takes `Gauge\._guard` while it holds `Weir\._gate`"


# One gauge is one lock.
class Lock:
    def __init__(self):
        self._upper = Gauge()
        self._gate = threading.Lock()

    def open(self):
        self._upper.hold()
        with self._gate:
            pass
        self._upper.free()

    def drain(self):
        with self._gate:
            self._upper.fill()  # want "takes `Gauge\._guard` while it holds `Lock\._gate`"
