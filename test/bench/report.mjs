// Results as Markdown tables.
import { readFileSync, writeFileSync } from "node:fs";
import { growthOf, latencyTargets, memoryGrowthAtMost } from "./lsp.mjs";
import { median, percentile } from "./measure.mjs";
import { pattern, ratioOf, scanTargets } from "./scan.mjs";

const scanRows = {
  astGrep: `ast-grep, \`${pattern}\``,
  parse: "web-tree-sitter, parsing alone",
  cold: "scan --no-cache",
  fill: "scan, no cache yet",
  warm: "scan, cache filled",
  changed: "scan, one file of 1,000 changed",
  twice: "scan --no-cache, twice the tree",
  empty: "scan of an empty folder",
};

export function scanReport(results) {
  const titles = results.map(({ tree }) => tree.title);
  const cell = ({ wall, cpu, memory }) =>
    [`${wall.toFixed(2)} s`, ...(cpu ? [`${cpu.toFixed(2)} s`] : []), ...(memory ? [megabytes(memory)] : [])].join(
      ", ",
    );
  const medians = (usages) => ({
    wall: median(usages.map(({ wall }) => wall)),
    cpu: median(usages.map(({ cpu }) => cpu)),
    memory: median(usages.map(({ memory }) => memory)),
  });
  return [
    treesText(results),
    table(
      ["Ratio, median of the rounds", "Target", ...titles],
      scanTargets.map(({ name, of, atMost, aim }) => [
        name,
        `${atMost}${aim ? `, aiming at ${aim}` : ""}`,
        ...results.map(({ usages }) => judged(ratioOf(usages, of), atMost, (value) => value.toFixed(2))),
      ]),
    ),
    table(
      ["Wall time, CPU, peak memory", ...titles],
      [
        ...Object.entries(scanRows).map(([name, title]) => [
          title,
          ...results.map(({ usages }) => cell(medians(usages[name]))),
        ]),
        ["size of the cache", ...results.map(({ cacheSize }) => (cacheSize ? `${cacheSize.toFixed(1)} MB` : "none"))],
      ],
    ),
    // Parsing alone is one thread that waits for nobody.
    ...busyText(results.flatMap(({ usages }) => usages.parse.map(({ wall, cpu }) => cpu / wall))),
    ...results.flatMap(({ tree, problems }) => problems.map((problem) => `**${tree.title}: ${problem}.**`)),
  ].join("\n\n");
}

/** @param {number[]} shares of a core that one thread got while the bench ran */
function busyText(shares) {
  const share = median(shares);
  if (share > 0.85) return [];
  return [
    `The machine was busy with other work: one thread got ${(100 * share).toFixed(0)}% of a core. Wall times, and ratios of them, are rough.`,
  ];
}

export function latencyReport(results) {
  const spread = (values) => [0.5, 0.95, 1].map((share) => `${percentile(values, share).toFixed(0)} ms`).join(", ");
  const row = (name, of) => [name, ...results.map(of)];
  return [
    treesText(results),
    table(
      ["", "Target", ...results.map(({ tree }) => tree.title)],
      latencyTargets.map(({ name, of, atMost, unit }) => [
        name,
        `${atMost} ${unit}`,
        ...results.map((result) => judged(of(result), atMost, (value) => `${value.toFixed(0)} ${unit}`)),
      ]),
    ),
    table(
      ["p50, p95, most", ...results.map(({ tree }) => tree.title)],
      [
        row("lines of the file", ({ lines }) => String(lines)),
        row("edit to diagnostics", ({ times }) => spread(times.diagnostics)),
        row("hover", ({ times }) => spread(times.hover)),
        row("code lens", ({ times }) => spread(times.lens)),
        row("CPU of the server for an edit, a hover and the lenses", ({ cpuPerEdit }) =>
          Number.isNaN(cpuPerEdit) ? "–" : `${cpuPerEdit.toFixed(0)} ms`,
        ),
        row("hover during the first scan", ({ duringScan }) => (duringScan.length > 0 ? spread(duringScan) : "–")),
        row("start to first diagnostics", ({ firstDiagnostics }) => `${firstDiagnostics.toFixed(2)} s`),
        row("start to all files known", ({ scanned }) => `${scanned.toFixed(1)} s`),
        row("memory after the scan", ({ memoryAfterScan }) => megabytes(memoryAfterScan)),
        row("memory after the edits", ({ memory }) => megabytes(memory)),
        row("memory, the most ever", ({ peakMemory }) => megabytes(peakMemory)),
      ],
    ),
    ...busyText(results.flatMap(({ shares }) => shares)),
  ].join("\n\n");
}

export function memoryReport(results) {
  const steps = 10;
  const shown = Array.from({ length: steps }, (_, index) => index + 1);
  const at = (samples, step) => samples[Math.ceil((samples.length * step) / steps) - 1];
  return table(
    ["Edits", ...shown.map((step) => String(at(results[0].samples, step).edit)), "Growth", "Target"],
    results.map(({ tree, samples }) => [
      tree.title,
      ...shown.map((step) => megabytes(at(samples, step).memory)),
      judged(growthOf(samples), memoryGrowthAtMost, (value) => value.toFixed(2)),
      String(memoryGrowthAtMost),
    ]),
  );
}

function megabytes(value) {
  return value === undefined ? "–" : `${value.toFixed(0)} MB`;
}

function treesText(results) {
  return results
    .map(
      ({ tree: { title, source, files, lines } }) =>
        `- ${title}: ${source}; ${files.length.toLocaleString("en")} files, ${lines.toLocaleString("en")} lines`,
    )
    .join("\n");
}

function judged(value, atMost, show) {
  if (value === undefined || Number.isNaN(value)) return "–";
  return value <= atMost ? show(value) : `**${show(value)}, missed**`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

/** Replaces what stands between the markers of that name. */
export function writeReport(file, name, text) {
  const markers = new RegExp(`(<!-- bench ${name} -->\n)[^]*?(<!-- end of bench ${name} -->)`);
  const before = readFileSync(file, "utf8");
  if (!markers.test(before)) throw new Error(`${file} has no markers for ${name}`);
  writeFileSync(
    file,
    before.replace(markers, (_, start, end) => `${start}\n${text}\n\n${end}`),
  );
}
