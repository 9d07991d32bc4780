import threading


class Ward:
    def __init__(self):
        self.m = threading.Lock()
        self.beds = {}

    def clear(self):
        """Must be called with m held."""
        self.beds.clear()

    def clear_safely(self):
        with self.m:
            self.clear()

    def clear_anyhow(self):
        self.clear()  # want "`clear_anyhow` calls `Ward.clear` without holding `Ward.m`"

    def count(self):
        """Do not await this while holding m."""
        with self.m:
            return len(self.beds)
