// Holds Fathom's call resolution against judges nobody here wrote. `npm run judge -- go python` runs some of them.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withBundle } from "./bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const languages = ["go", "python", "typescript", "java"];
const words = process.argv.slice(2);
const wanted = words.filter((word) => languages.includes(word));
const folders = words.filter((word) => !languages.includes(word));

await withBundle([join(here, "resolveCalls.ts")], async (folder) => {
  const { resolveCalls } = createRequire(import.meta.url)(join(folder, "resolveCalls.cjs"));
  for (const language of wanted.length > 0 ? wanted : languages) {
    const { judge } = await import(pathToFileURL(join(here, language, "judge.mjs")).href);
    const { title, text } = await judge({ resolveCalls, folders });
    process.stdout.write(`\n## ${title}\n\n${text}\n`);
  }
});
