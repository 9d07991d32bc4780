import motor.motor_asyncio
from django.db import models
from django.views import View
from fastapi import FastAPI

db = motor.motor_asyncio.AsyncIOMotorClient()["harbour"]
app = FastAPI()


@app.get("/ships")
async def ships():
    return await db.ships.find().to_list(length=1000)


@app.post("/ships")
async def add(name: str):
    await db.ships.insert_one({"name": name})


class Order(models.Model):
    name = models.TextField()


class Orders(View):
    def get(self, request):
        return list(Order.objects.all().values("id", "name"))  # want "reads every row there is for each call of `Orders.get`"

    def head(self, request):
        return list(Order.objects.all().values("id", "name").filter(name="open"))

    def post(self, request, name):
        Order(name=name).save()
