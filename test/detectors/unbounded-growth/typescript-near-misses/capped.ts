import express from "express";

const app = express();
const readers: Record<string, string[]> = {};
const waiting: Record<string, string[]> = {};
const seals: Record<string, number> = {};

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

// There are as many as the program knows.
app.post("/seal", (request, response) => {
  const { algorithm } = request.body;
  seals[algorithm] = Date.now();
  response.end();
});
