// Everything that must hold: static checks, then every test. The last line counts them.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, "node_modules", ".bin", name);
let passed = 0;
let failed = 0;

function check(title, command, args) {
  process.stdout.write(`\n${title}\n`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status === 0) passed++;
  else {
    failed++;
    process.stdout.write(`FAILED: ${title}\n`);
  }
  return status === 0;
}

check("Types", bin("tsc"), ["-p", "."]);
check("Types of webviews", bin("tsc"), ["-p", "media"]);
check("Lint and format", bin("biome"), ["ci", "."]);
check("Boundaries", bin("depcruise"), ["--config", ".dependency-cruiser.cjs", "server/src", "client/src", "media"]);
check("Dead code", bin("knip"), []);
if (check("Build", process.execPath, ["scripts/build.mjs"])) {
  const report = join(root, ".cache", "test-report.json");
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  process.stdout.write("\nTests\n");
  spawnSync(
    bin("vitest"),
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    },
  );
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    passed += numPassedTests;
    // A skipped test proves nothing, and a file that did not load ran none of its tests: both count against us.
    const brokenFiles = testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    ).length;
    failed += numFailedTests + brokenFiles + Math.max(0, numTotalTests - numPassedTests - numFailedTests);
  } else {
    failed++;
    process.stdout.write("FAILED: the tests did not run to their end\n");
  }
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
