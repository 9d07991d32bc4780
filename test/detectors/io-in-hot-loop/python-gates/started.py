import asyncio

import asyncpg


# What has been started is noted, in the loop as well.
class Tugs:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool
        self.ships: dict[str, int] = {}
        self.tows: dict[str, asyncio.Task] = {}
        self.moored: set[str] = set()

    def hail(self, ship: str) -> None:
        self.ships[ship] = 0

    async def run(self) -> None:
        while True:
            await asyncio.sleep(5)
            for ship in self.ships:
                if ship in self.tows:
                    continue
                self.tows[ship] = asyncio.create_task(self.tow(ship))
            for ship in self.ships:
                if ship in self.moored:
                    continue
                await self.tow(ship)  # want "every 5 s × each of `self.ships` × 1 UPDATE on `ships` \(through `Tugs.tow`\)\.$"

    async def tow(self, ship: str) -> None:
        await self.pool.execute("UPDATE ships SET towed = true WHERE name = $1", ship)
