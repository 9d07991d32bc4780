import contextlib
import functools
import threading


def tended(work):
    @functools.wraps(work)
    def inner(self, *given):
        with self.gate:
            return work(self, *given)

    return inner


class Greenhouse:
    def __init__(self):
        self.gate = threading.Lock()
        self.beds = {}

    @tended
    def sow(self, bed):
        self.rake(bed)  # want "`sow` holds `Greenhouse.gate` and calls `rake`, which takes it again"

    @tended
    def rake(self, bed):
        self.beds.pop(bed, None)

    def dig(self, bed):
        self.rake(bed)

    @contextlib.contextmanager
    def opened(self):
        with self.gate:
            yield self.beds

    def water(self, bed):
        with self.opened():
            self.rake(bed)  # want "`water` holds `Greenhouse.gate` and calls `rake`, which takes it again"
        self.rake(bed)
