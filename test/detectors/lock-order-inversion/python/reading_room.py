import threading


class Room:
    def __init__(self):
        self.lock = threading.RLock()
        self.seats = threading.Lock()
        self.lamps = threading.Lock()

    # Always in one order.
    def enter(self):
        with self.seats:
            with self.lamps:
                return True

    def leave(self):
        with self.seats:
            self.dim()

    def dim(self):
        with self.lamps:
            return True

    # Given back first.
    def clean(self):
        with self.lamps:
            pass
        with self.seats:
            pass

    # It is only tried.
    def check(self):
        with self.lamps:
            if self.seats.acquire(timeout=1):
                self.seats.release()


class Gated:
    def __init__(self):
        self.all = threading.Lock()
        self.left = threading.Lock()
        self.right = threading.Lock()

    # A third lock is held both times.
    def first(self):
        with self.all:
            with self.left:
                with self.right:
                    return True

    def second(self):
        with self.all:
            with self.right:
                with self.left:
                    return True


class Book:
    def __init__(self, number):
        self.lock = threading.Lock()
        self.number = number

    # Compared first.
    def swap(self, other: "Book"):
        if self.number < other.number:
            with self.lock, other.lock:
                return True
        with other.lock, self.lock:
            return False


# The first is held already, by the same thread.
class Ledger:
    def __init__(self):
        self.outer = threading.RLock()
        self.inner = threading.RLock()

    def write(self):
        with self.outer:
            with self.inner:
                self.note()

    def note(self):
        with self.outer:
            return True
