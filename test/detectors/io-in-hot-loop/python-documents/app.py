import motor.motor_asyncio
from fastapi import FastAPI
from pymongo import MongoClient

db = motor.motor_asyncio.AsyncIOMotorClient()["harbour"]
sync = MongoClient().harbour
app = FastAPI()


@app.get("/ships/{quay}")
async def ships(quay: str):
    out = []
    async for ship in db.ships.find({"quay": quay}):
        out.append(await db.visits.count_documents({"ship": ship["_id"]}))  # want "each request to `/ships/\{quay\}` × each of `db.ships.find\(.*\)` × 1 database read"
    return out


@app.get("/boats/{quay}")
def boats(quay: str):
    out = []
    for boat in sync.boats.find({"quay": quay}):
        out.append(sync.visits.count_documents({"boat": boat["_id"]}))  # want "each request to `/boats/\{quay\}` × each of `sync.boats.find\(.*\)` × 1 database read"
    return out


@app.get("/ships/{quay}/joined")
async def joined(quay: str):
    out = []
    async for ship in db.ships.aggregate([{"$match": {"quay": quay}}, {"$lookup": {"from": "visits"}}]):
        out.append(len(ship["visits"]))
    return out


@app.get("/names/{quay}")
async def names(quay: str):
    return [ship["name"] async for ship in db.ships.find({"quay": quay})]
