import { serveWork } from "../serveWork";
import { openJavascriptRunner } from "./javascriptRunner";

/** A thread that runs JavaScript and TypeScript; `dist/quickjs/worker.js`. */
void serveWork(() => openJavascriptRunner(__dirname));
