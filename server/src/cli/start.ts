// Starts the program with what V8 has compiled of it before, which is most of the time a small scan takes.
import module from "node:module";
import { join } from "node:path";
import { codeFolder, userCacheFolder } from "../host/cache/cacheFolder";

/** Node.js has it from 22.1 on. */
const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown };
const folder = userCacheFolder();
if (folder !== undefined && !process.argv.includes("--no-cache")) enableCompileCache?.(join(folder, codeFolder));
require(join(__dirname, "program.js"));
