import threading


class Hatch:
    """A lock behind functions of its own."""

    def __init__(self):
        self._inner = threading.Lock()
        self._by = None

    def acquire(self, by):
        self._inner.acquire()
        self._by = by

    def release(self):
        self._by = None
        self._inner.release()


class Engine:
    """The same question is asked around much that may raise."""

    def __init__(self, log, config):
        self._hatch = Hatch()
        self.log = log
        self.config = config
        self.state = "cold"

    def start(self, is_open=False, is_forced=False, is_timed=False):
        if not is_open:
            self._hatch.acquire("start")
        try:
            if not is_forced and not self.may_start():
                self.log.error("may not start: %s", self.state)
                self.wanted = True
                return self.failed("unexpected")
            self.wanted = False
            self.turn_over()
            self.log.info("turned over")
            self.show(self.is_running(), "start")
            self.state = "warm"
            if is_timed or self.config.flag("clock", "on_start"):
                self.set_clock()
        finally:
            if not is_open:
                self._hatch.release()
        self.log.info("started")
        return True

    def may_start(self):
        return self.config.flag("engine", "may_start")

    def failed(self, why):
        return {"why": why}

    def turn_over(self):
        self.config.turn()

    def show(self, is_running, by):
        self.log.info(is_running, by)

    def is_running(self):
        return self.config.runs()

    def set_clock(self):
        self.config.clock()


class Boiler:
    """Here another question is asked."""

    def __init__(self, log):
        self._hatch = Hatch()
        self.log = log
        self.state = "cold"

    def start(self, is_open=False, is_hot=False):
        if not is_open:
            self._hatch.acquire("start")
        try:
            if self.state == "hot":
                self.log.error("is hot")
                return False  # want "Returns here with `Hatch\._inner` still locked"
            self.state = "hot"
        finally:
            if not is_hot:
                self._hatch.release()
        return True
