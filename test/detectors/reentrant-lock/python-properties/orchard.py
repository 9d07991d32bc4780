import threading


class Orchard:
    def __init__(self):
        self._lock = threading.Lock()
        self._trees = []
        self._age = 0

    @property
    def count(self):
        with self._lock:  # want-step "takes `Orchard\._lock` again"
            return len(self._trees)

    def plant(self, tree):
        with self._lock:
            if self.count < 40:  # want "`plant` holds `Orchard\._lock` and calls `count`, which takes it again"
                self._trees.append(tree)

    # The lock is free when it is read.
    def room(self):
        left = 40 - self.count
        with self._lock:
            return left > len(self._trees)

    # Nothing is asked for: the property is that of the class.
    def describe(self):
        with self._lock:
            return [Orchard.count, self._trees]

    @property
    def age(self):
        return self._age

    @age.setter
    def age(self, years):
        with self._lock:
            self._age = years

    # What is read takes no lock.
    def older(self):
        with self._lock:
            return self.age + 1

    def grow(self):
        with self._lock:
            self.age = 7  # want "`grow` holds `Orchard\._lock` and calls `age`, which takes it again"


class Hedge:
    """A lock that its holder may take again."""

    def __init__(self):
        self._lock = threading.RLock()
        self._bushes = []

    @property
    def count(self):
        with self._lock:
            return len(self._bushes)

    def plant(self, bush):
        with self._lock:
            if self.count < 40:
                self._bushes.append(bush)


class Meadow:
    """A field that has the name of another's property."""

    def __init__(self):
        self._lock = threading.Lock()
        self.count = 0

    def sow(self):
        with self._lock:
            self.count += 1


class Nursery:
    """What is read on the way to what is called, and from a value that is given."""

    def __init__(self):
        self._lock = threading.Lock()
        self._pots = {}

    @property
    def pots(self):
        with self._lock:
            return self._pots

    def names(self):
        with self._lock:
            return sorted(self.pots.keys())  # want "`names` holds `Nursery\._lock` and calls `pots`, which takes it again"


def repot(nursery: Nursery):
    with nursery._lock:
        return len(nursery.pots)  # want "`repot` holds `Nursery\._lock` and calls `pots`, which takes it again"
