// Loaded before a measured program: on its way out it writes down what it used, on every platform alike.
const { writeFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

// Worker threads load this too, and what they use is in the figures of the process.
if (isMainThread) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(process.env.FATHOM_BENCH_USAGE, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, maxRSS }));
  });
}
