import express from "express";

class Stall {
  readonly sung: string[] = [];
}

class Box {
  readonly calls: string[] = [];
}

const app = express();
const stalls = new Map<string, Stall>([["north", new Stall()]]);
const boxes = new Map<string, Box>();

app.post("/sing", (request, response) => {
  stalls.get("north")?.sung.push(request.body.song); // want "`Stall.sung` only ever grows: each request to `/sing` adds to it"
  response.end();
});

// A box goes, and what it has with it.
app.post("/call", (request, response) => {
  boxes.get(request.body.box)?.calls.push(request.body.call);
  response.end();
});

app.post("/leave", (request, response) => {
  boxes.delete(request.body.box);
  response.end();
});
