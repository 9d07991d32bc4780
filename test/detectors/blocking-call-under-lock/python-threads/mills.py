import threading


class Mill:
    def __init__(self):
        self.full = threading.Condition()
        self.flour = None
        self.grinder = threading.Thread(target=self.grind)
        self.grinder.start()

    def grind(self):
        while True:
            with self.full:
                self.flour = None

    # Anybody may come here.
    def refill(self, flour):
        with self.full:
            self.halt()  # want "`refill` holds `Mill.full` while it waits"
            self.flour = flour

    def halt(self):
        if self.grinder is not None and threading.get_ident() != self.grinder.ident:
            self.grinder.join(timeout=5.0)

    def is_empty(self):
        with self.full:
            return self.flour is None

    def take(self):
        with self.full:
            return self.flour
