import threading


class Bakery:
    """Who gets the lock closes; nobody else ever wants it."""

    def __init__(self, oven):
        self._closed = threading.Lock()
        self.oven = oven

    def close(self):
        if self._closed.acquire(blocking=False):
            self.oven.cool()


class Kitchen:
    """Here somebody else waits for it."""

    def __init__(self, oven):
        self._heat = threading.Lock()
        self.oven = oven

    def warm(self):
        if self._heat.acquire(blocking=False):  # want "_heat"
            self.oven.cool()

    def cook(self, dish):
        with self._heat:
            self.oven.bake(dish)
