import { serveWork } from "../serveWork";
import { openPythonRunner } from "./pythonRunner";

/** A thread that runs Python; `dist/pyodide/worker.js`. */
void serveWork(() => openPythonRunner(__dirname));
