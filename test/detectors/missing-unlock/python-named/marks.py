import threading


class Mark:
    guard = threading.Lock()
    marks = {}

    def __new__(cls, name):
        cls.guard.acquire()
        try:
            return cls.marks.setdefault(name, object.__new__(cls))
        finally:
            Mark.guard.release()


class _Knot:
    """Goes by another name outside."""

    guard = threading.Lock()
    knots = {}

    @classmethod
    def tie(cls, name):
        cls.guard.acquire()
        try:
            return cls.knots.setdefault(name, cls())
        finally:
            knot.guard.release()


knot = _Knot


class Seam:
    guard = threading.Lock()


class Seal:
    guard = threading.Lock()
    seals = {}

    @classmethod
    def forget(cls, name):
        cls.guard.acquire()  # want "Locks `Seal.guard`, and nothing unlocks it\.$"
        try:
            return cls.seals.pop(name, None)
        finally:
            Seam.guard.release()


def clear(name):
    Seal.forget(name)
    knot.tie(name)
    return Mark(name)
