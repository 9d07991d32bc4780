import threading


class Sieve:
    def __init__(self):
        self.ready = threading.Condition()
        self.grain = None
        self.shaker = threading.Thread(target=self.shake)
        self.shaker.start()

    # The thread does not wait for itself.
    def shake(self):
        while True:
            with self.ready:
                if self.grain == "stone":
                    self.close()
                    break
                self.grain = None

    def close(self):
        if self.shaker is not None and threading.get_ident() != self.shaker.ident:
            self.shaker.join(timeout=5.0)

    def put(self, grain):
        with self.ready:
            self.grain = grain

    def is_empty(self):
        with self.ready:
            return self.grain is None

    def take(self):
        with self.ready:
            return self.grain
