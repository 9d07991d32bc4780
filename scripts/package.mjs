// Makes dist/fathom.vsix.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
const output = join("dist", "fathom.vsix");
const { status } = spawnSync(process.execPath, [vsce, "package", "--no-dependencies", "--out", output], {
  cwd: root,
  stdio: "inherit",
});
if (status === 0)
  process.stdout.write(
    `${output} · ${(statSync(join(root, output)).size / 1e6).toFixed(1)} MB · code --install-extension ${output}\n`,
  );
process.exit(status ?? 1);
