import asyncio

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Order(BaseModel):
    args: dict


async def row(boat: int):
    for _ in range(600):
        await asyncio.sleep(0.1)


@app.post("/launch")
async def launch(order: Order):
    args = order.args
    for boat in range(int(args["boats"])):
        asyncio.create_task(row(boat))  # want "^Each request to `/launch` starts 1 task as many times as `args\[\"boats\"\]` says\. None of four"


# No more than three.
@app.post("/few")
async def few(order: Order):
    args = order.args
    for boat in range(min(int(args["boats"]), 3)):
        asyncio.create_task(row(boat))


# As many as somebody has set up.
@app.post("/all")
async def everybody():
    for boat in range(int(settings["boats"])):
        asyncio.create_task(row(boat))


settings = {"boats": "4"}
