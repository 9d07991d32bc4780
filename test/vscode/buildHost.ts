import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../../scripts/lib/vscodeServer.mjs";

/** Compiles the suite which runs inside the extension host. Resolves to the file whose `run()` VS Code calls. */
export async function buildHost(): Promise<string> {
  const outfile = join(ROOT, "dist/test/vscode/host.js");
  await build({
    entryPoints: [join(ROOT, "test/vscode/host/index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    // Mocha finds its reporters by path, so it is left where it is installed.
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
  return outfile;
}
