const express = require("express");

const app = express();
const sacks = new Map();

app.post("/sacks", (request, response) => {
  sacks.set(request.body.id, request.body); // want "sacks` only ever grows: each request to `/sacks`"
  response.end();
});
