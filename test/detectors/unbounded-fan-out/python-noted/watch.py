import asyncio

from fastapi import FastAPI

app = FastAPI()


class Watch:
    def __init__(self):
        self._watching = set()
        self._started = set()

    def add(self, pair):
        self._watching.add(pair)

    async def schedule(self):
        for pair in self._watching:
            # Each is started once.
            if pair not in self._started:
                self._started.add(pair)
                asyncio.create_task(self._follow(pair))  # want-info "What is started is noted: another request finds it there, and starts no more\.$"

    async def repeat(self):
        done = set()
        for pair in self._watching:
            # The next request starts them again.
            if pair not in done:
                done.add(pair)
                asyncio.create_task(self._follow(pair))  # want "starts 1 task for each of `self\._watching`"

    async def _follow(self, pair):
        print(pair)


watch = Watch()


@app.post("/pairs/{pair}")
async def add_pair(pair: str):
    watch.add(pair)
    await watch.schedule()


@app.post("/repeat")
async def repeat():
    await watch.repeat()
