const express = require("express");

const app = express();
const visitors = [];
const routes = [];

async function register(request, response) {
  visitors.push(request.body); // want "`app.visitors` only ever grows: each request to `/register` adds to it"
  response.end();
}

// Called while the program starts.
function registerRoute(path) {
  routes.push(path);
}

app.post("/register", register);
registerRoute("/register");
