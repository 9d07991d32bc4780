import threading


class Ledger:
    def __init__(self, till: "Till"):
        self.lock = threading.Lock()
        self.till = till
        self.bills = []

    def enter(self, bill):
        if not bill.is_paid():
            with self.lock:
                self.bills.append(bill)

    def close(self):
        with self.lock:
            self.till.empty()


class Till:
    def __init__(self, ledger: Ledger):
        self.lock = threading.Lock()
        self.ledger = ledger
        self.coins = 0

    def empty(self):
        with self.lock:
            self.coins = 0

    def pay(self, bill):
        with self.lock:
            self.ledger.enter(bill)  # want-info "`pay` takes `Ledger\.lock` while it holds `Till\.lock`.* depends on what kind of object it is given"
