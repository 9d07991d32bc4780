from flask import Flask, request
from kafka import KafkaProducer

app = Flask(__name__)
producer = KafkaProducer()


# Those who are named are others, and anybody may name any number of them.
@app.post("/horns/blow")
def blow():
    user_ids = request.get_json()["user_ids"]
    for user_id in user_ids:
        producer.send("notices", user_id)  # want "sends 1 message .* no cap and no expiry\.$"


@app.post("/horns/measure")
def measure():
    for horn_id in request.get_json()["horn_ids"]:
        producer.send("measurements", horn_id)  # want-info "The request names them: there are no more than somebody writes down\.$"


@app.post("/horns/whisper")
def whisper():
    for user_id in request.get_json()["user_ids"][:10]:
        producer.send("notices", user_id)
