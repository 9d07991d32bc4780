import asyncio
import time

import asyncpg
import redis


class Keeper:
    def __init__(self, pool: asyncpg.Pool, store: redis.Redis) -> None:
        self.pool = pool
        self.store = store
        self.lamps: dict[str, int] = {}
        self.trimmed = 0.0

    def hang(self, lamp: str) -> None:
        self.lamps[lamp] = 0

    @property
    def should_trim(self) -> bool:
        return time.time() - self.trimmed > 600

    async def tick(self) -> None:
        if self.should_trim:
            await self.trim()
        for lamp in self.lamps:
            await self.pool.execute("UPDATE lamps SET lit = true WHERE name = $1", lamp)  # want "every 5 s × each of `self.lamps` × 1 UPDATE on `lamps`\.$"
        self.forget()

    async def trim(self) -> None:
        for lamp in self.lamps:
            await self.pool.execute("UPDATE lamps SET trimmed = now() WHERE name = $1", lamp)  # want-info "Not every tick gets there: it is done only when it is time for it again\.$"

    # All of it is sent at once.
    def forget(self) -> None:
        with self.store.pipeline() as pipe:
            for lamp in self.lamps:
                self.drop(lamp, pipeline=pipe)
            pipe.execute()

    def drop(self, lamp: str, pipeline=None) -> None:
        store = pipeline or self.store
        store.delete(lamp)


async def main() -> None:
    keeper = Keeper(await asyncpg.create_pool(), redis.Redis())
    while True:
        await asyncio.sleep(5)
        await keeper.tick()
