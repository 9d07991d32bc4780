import redis
from fastapi import FastAPI

app = FastAPI()
store = redis.Redis()

# All of it is sent at once.
@app.post("/names/forget")
def forget():
    pipeline = store.pipeline()
    for name in store.scan_iter(match="name-*"):
        pipeline.delete(name)
    pipeline.execute()
