const express = require("express");
const rateLimit = require("express-rate-limit");
const wells = require("./wells");

const app = express();
app.use(rateLimit({ windowMs: 60_000, limit: 100 }));
app.use("/", wells);
