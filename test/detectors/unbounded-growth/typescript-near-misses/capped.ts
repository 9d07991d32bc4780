import express from "express";

const app = express();
const readers: Record<string, string[]> = {};
const waiting: Record<string, string[]> = {};

app.post("/desk", (request, response) => {
  const { room, name } = request.body;
  if (readers[room].length >= 20) return;
  readers[room] = [...readers[room], name];
  waiting[room] = [...waiting[room], name];
  response.end();
});

app.delete("/desk", (request, response) => {
  const { room, name } = request.body;
  waiting[room] = waiting[room].filter((other) => other !== name);
  response.end();
});
