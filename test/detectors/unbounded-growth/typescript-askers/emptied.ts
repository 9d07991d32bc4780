import express from "express";

const app = express();
const tastes = new Map<string, object>();
const prices = new Map<string, object>();
let stalls: string[] = [];

// Nobody empties what is new: it is there to be called again.
function loadStalls(names: string[]) {
  stalls = names;
  tastes.clear();
}

app.get("/tastes/:fruit", (req, res) => {
  tastes.set(req.params.fruit, { stalls });
  res.end();
});

app.get("/prices/:fruit", (req, res) => {
  prices.set(req.params.fruit, { stalls }); // want "whoever asks can add as many as they like"
  res.end();
});

function main() {
  loadStalls(["north", "south"]);
}

main();
