import asyncio

import asyncpg
import requests


class Lamps:
    def __init__(self, pool: asyncpg.Pool, pause: float) -> None:
        self.pool = pool
        self.pause = pause
        self.lamps: dict[str, int] = {}

    def hang(self, lamp: str) -> None:
        self.lamps[lamp] = 0

    async def light(self) -> None:
        while True:
            await asyncio.sleep(self.pause)
            for lamp in self.lamps:
                requests.post("http://lamps/on", json={"lamp": lamp})  # want-info "Whether another service takes many at once is not known\.$"

    async def note(self) -> None:
        while True:
            await asyncio.sleep(self.pause)
            for lamp in self.lamps:
                await self.pool.execute("UPDATE lamps SET lit = true WHERE name = $1", lamp)  # want "1 UPDATE on `lamps`\.$"
