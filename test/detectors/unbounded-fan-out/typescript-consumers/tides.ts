import { Kafka } from "kafkajs";
import { Pool } from "pg";

const pool = new Pool();
const kafka = new Kafka({ brokers: ["k:9092"] });
const producer = kafka.producer();

export async function run() {
  const consumer = kafka.consumer({ groupId: "tides" });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const tide = JSON.parse(message.value!.toString());
      const { rows: subscribers } = await pool.query("SELECT id FROM subscribers WHERE port = $1", [tide.port]);
      for (const subscriber of subscribers) {
        await producer.send({ topic: "warnings", messages: [{ key: subscriber.id, value: tide.level }] }); // want-info "Only a note: Who causes the event, and what limits that, is not seen\.$"
      }
      await producer.send({ topic: "levels", messages: [{ value: tide.level }] });
    },
  });
}

run();
