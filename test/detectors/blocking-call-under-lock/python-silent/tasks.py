import asyncio

import httpx
from fastapi import FastAPI

app = FastAPI()
lock = asyncio.Lock()
guests = {}
client = httpx.AsyncClient()


@app.post("/guests/{name}")
async def arrive(name: str):
    async with lock:
        asyncio.create_task(client.post("http://desk.local", json={"name": name}))
        guests[name] = True


@app.get("/guests/{name}")
async def find(name: str):
    async with lock:
        return guests.get(name)


@app.delete("/guests/{name}")
async def leave(name: str):
    async with lock:
        guests.pop(name, None)
