from fastapi import FastAPI, Request

app = FastAPI()
heard = set()
moored = set()
told = set()


@app.post("/horn")
async def horn(request: Request):
    signal = request.headers["x-signal"]
    if signal in heard:
        return {"again": True}
    heard.add(signal)  # want "heard` only ever grows: each request to `/horn` may add an element"
    return {"again": False}


@app.post("/moor")
async def moor(ship: str):
    if ship in moored:
        return {"again": True}
    moored.add(ship)
    return {"again": False}


@app.post("/cast-off")
async def cast_off(ship: str):
    moored.discard(ship)


@app.post("/lamp")
async def lamp():
    if "lamp" in told:
        return
    told.add("lamp")
