// The registry comes first: the contributions and pages are made from the detectors it lists.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

async function load() {
  const folder = mkdtempSync(join(root, "node_modules", ".fathom-generate-"));
  try {
    const outfile = join(folder, "generated.mjs");
    await build({
      entryPoints: [join(root, "scripts/generatedFiles.ts")],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const first = await load();
writeFileSync(
  join(root, "server/src/core/detectors/registry.generated.ts"),
  first.registrySource(first.detectorFolders(root)),
);
(await load()).writeGenerated(root);
