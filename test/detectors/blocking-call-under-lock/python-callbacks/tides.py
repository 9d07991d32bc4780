import threading


class Gauge:
    """Calls those who watch it while it holds its lock."""

    def __init__(self):
        self._lock = threading.Lock()
        self._watchers = []
        self._level = 0

    def watch(self, watcher):
        with self._lock:
            self._watchers.append(watcher)

    def rise(self, by):
        with self._lock:
            self._level += by
            for watcher in self._watchers:
                watcher(self._level)  # want "holds `Gauge._lock` while it calls what others have put into `Gauge._watchers`"


class Basin:
    """Those who listen are objects."""

    def __init__(self):
        self._lock = threading.RLock()
        self._listeners = []
        self._level = 0

    def add_listener(self, listener):
        with self._lock:
            self._listeners.append(listener)

    def rise(self, by):
        with self._lock:
            self._level += by
            self._tell()  # want "others have put into `Basin._listeners` through `_tell`.* What `add_listener` is handed takes as long as it likes"

    def _tell(self):
        for listener in self._listeners:
            listener.level_changed(self._level)

    def level(self):
        with self._lock:
            return self._level


class Lock:
    """Calls them once it has given the lock back."""

    def __init__(self):
        self._lock = threading.Lock()
        self._watchers = []
        self._level = 0

    def watch(self, watcher):
        with self._lock:
            self._watchers.append(watcher)

    def rise(self, by):
        with self._lock:
            self._level += by
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher(by)


class Fleet:
    """What it keeps are boats, and no listeners."""

    def __init__(self):
        self._lock = threading.Lock()
        self._boats = []

    def add(self, boat):
        with self._lock:
            self._boats.append(boat)

    def swing(self):
        with self._lock:
            for boat in self._boats:
                boat.turn()
