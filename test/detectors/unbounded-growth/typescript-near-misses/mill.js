const express = require("express");

const app = express();
const sacks = new Map();

app.post("/sacks", (request, response) => {
  if (sacks.size >= 500) {
    response.status(503).end();
    return;
  }
  sacks.set(request.body.id, request.body);
  response.end();
});
