TABLE = {}
QUIET = {}


def order(name):
    def register(fn):
        async def checked(ship, words):
            if not words:
                return None
            return await fn(ship, words)

        TABLE[name] = checked
        return checked

    return register


def quietly(fn):
    QUIET[fn.__name__] = fn
    return fn


class Deck:
    def __init__(self):
        self.cries = []
        self.whispers = []
        self.marks = []
        self.signs = {"mark": self.mark}

    def mark(self, text):
        self.marks.append(text)  # want "`Deck.marks` only ever grows"


deck = Deck()


@order("cry")
async def cry(ship, words):
    deck.cries.append(words)  # want "`Deck.cries` only ever grows"


@quietly
def whisper(words):
    deck.whispers.append(words)
