import rateLimit from "express-rate-limit";
import express from "express";
import { app } from "./lately";

const server = express();
server.use(rateLimit({ windowMs: 60_000, limit: 100 }));
server.use(app);
