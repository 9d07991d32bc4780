import functools
import threading

shared = threading.Lock()


def latched(name):
    def decorate(work):
        @functools.wraps(work)
        def inner(self, *given):
            with getattr(self, name):
                return work(self, *given)

        return inner

    return decorate


def barred(work):
    def inner(self, *given):
        with self.bar:
            return work(self, *given)

    return inner


def together(work):
    def inner(*given):
        with shared:
            return work(*given)

    return inner


# What it takes, it has given back before.
def counted(work):
    def inner(self, *given):
        with self.bar:
            self.calls += 1
        return work(self, *given)

    return inner
