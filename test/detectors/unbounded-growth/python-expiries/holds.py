import json
import time

import psycopg
from django.db import models
from flask import Flask, request

app = Flask(__name__)
conn = psycopg.connect("")


class Hold(models.Model):
    body = models.JSONField()


class Lease(models.Model):
    expires_at = models.DateTimeField()


class Call(models.Model):
    lease = models.ForeignKey(Lease, on_delete=models.CASCADE)


@app.post("/holds")
def hold():
    body = json.dumps({"ship": request.json["ship"], "valid_until": time.time() + 60})
    conn.execute("INSERT INTO holds (body) VALUES (%s)", (body,))  # want "The expiry `valid_until` of a row of `holds` is kept inside a document"
    return ""


@app.post("/stays")
def stay():
    Hold.objects.create(body={"expires_at": time.time() + 60})  # want "The expiry `expires_at` of a row of `Hold` is kept inside a document"
    return json.dumps({"expires_at": 1})


# In a map that is put together before, and given to a column by its name.
@app.post("/visits")
def visit():
    body = {"ship": request.json["ship"]}
    body["expires_at"] = time.time() + 60
    Hold.objects.create(body=body)  # want "The expiry `expires_at` of a row of `Hold` is kept inside a document"
    return ""


@app.post("/rests")
def rest():
    body = {"ship": request.json["ship"], "since": time.time()}
    Hold.objects.create(body=body)
    return ""


# A row that has a column for it, given to another.
def call(lease: Lease):
    Call.objects.create(lease=lease)


@app.post("/calls")
def calls():
    call(Lease.objects.create(expires_at=time.time() + 60))
    return ""
