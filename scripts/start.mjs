// `npm start -- FOLDER`: from a fresh clone to findings in the terminal.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// npm runs scripts in the package's folder; INIT_CWD is where the user is.
const here = process.env.INIT_CWD ?? process.cwd();
const [asked, ...options] = process.argv.slice(2);
const folder = asked && !asked.startsWith("-") ? resolve(here, asked) : join(root, "examples", "tidewater");

if (!existsSync(folder)) {
  process.stderr.write(`There is no ${folder}.\n`);
  process.exit(2);
}
installDependencies();
if (!existsSync(join(root, "dist", "cli.js")) || isStale()) {
  process.stderr.write("Building …\n");
  const { status } = spawnSync(process.execPath, [join(root, "scripts", "build.mjs")], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(1);
}
const target = relative(root, folder);
const extra = asked?.startsWith("-") ? [asked, ...options] : options;
const { status } = spawnSync(
  process.execPath,
  [join(root, "dist", "cli.js"), "scan", target.startsWith("..") || target === "" ? folder : target, ...extra],
  { cwd: root, stdio: "inherit" },
);
process.stderr.write(
  "\nIn VS Code: npm run vscode -- FOLDER · every command: node dist/cli.js --help · more: README.md\n",
);
process.exit(status ?? 1);

/** A build made before the newest commit or edit of a source file. */
function isStale() {
  const built = statSync(join(root, "dist", "cli.js")).mtimeMs;
  const { stdout } = spawnSync("git", ["ls-files", "-z", "server/src", "package-lock.json"], {
    cwd: root,
    encoding: "utf8",
  });
  return (stdout ?? "")
    .split("\0")
    .some((file) => file && existsSync(join(root, file)) && statSync(join(root, file)).mtimeMs > built);
}
