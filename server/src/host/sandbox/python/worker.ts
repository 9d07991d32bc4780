import { workerData } from "node:worker_threads";
import { serveWork } from "../serveWork";
import { openPythonRunner } from "./pythonRunner";

/** A thread that runs Python; `dist/pyodide/worker.js`. */
void serveWork(() => openPythonRunner(__dirname, (workerData as { hashSeed: number }).hashSeed));
