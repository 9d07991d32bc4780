import threading

from latches import barred, counted, latched, together


class Granary:
    def __init__(self):
        self.bolt = threading.Lock()
        self.bar = threading.Lock()
        self.calls = 0
        self.sacks = {}

    @latched("bolt")
    def fill(self, sack):
        self.sacks[sack] = True
        self.look(sack)  # want "`fill` holds `Granary.bolt` and calls `look`, which takes it again"

    def look(self, sack):
        with self.bolt:
            return sack in self.sacks

    @barred
    def sweep(self):
        self.air()  # want "`sweep` holds `Granary.bar` and calls `air`, which takes it again"
        self.look("")

    @barred
    def air(self):
        return 1

    @counted
    def weigh(self):
        self.air()

    @together
    def share(self):
        return self.count()  # want "`share` holds `latches.shared` and calls `count`, which takes it again"

    @together
    def count(self):
        return 1
