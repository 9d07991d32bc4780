import threading

ledger_lock = threading.Lock()


class Ledger:
    def __init__(self, connection):
        self.connection = connection
        self.shared = True
        self.keeps = False

    def run(self, statement):
        if self.shared and not self.keeps:
            ledger_lock.acquire()
        try:
            self.keeps = statement.endswith("FOR UPDATE")
            return self.connection.execute(statement)
        finally:
            if self.shared and not self.keeps:
                ledger_lock.release()

    def commit(self):
        self.connection.commit()
        if self.shared and self.keeps:
            ledger_lock.release()
            self.keeps = False


journal_lock = threading.Lock()


class Journal:
    def __init__(self, connection):
        self.connection = connection
        self.open = False

    def run(self, statement):
        with journal_lock:
            return self.connection.execute(statement)

    def commit(self):
        self.connection.commit()
        if self.open:
            journal_lock.release()  # want "which nobody has locked"
