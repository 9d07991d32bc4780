import json
import time

import psycopg
from django.db import models
from flask import Flask, request

app = Flask(__name__)
conn = psycopg.connect("")


class Hold(models.Model):
    body = models.JSONField()


@app.post("/holds")
def hold():
    body = json.dumps({"ship": request.json["ship"], "valid_until": time.time() + 60})
    conn.execute("INSERT INTO holds (body) VALUES (%s)", (body,))  # want "The expiry `valid_until` of a row of `holds` is kept inside a document"
    return ""


@app.post("/stays")
def stay():
    Hold.objects.create(body={"expires_at": time.time() + 60})  # want "The expiry `expires_at` of a row of `Hold` is kept inside a document"
    return json.dumps({"expires_at": 1})
