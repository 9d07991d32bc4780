// The language server as an editor sees it: how long it takes to answer, and how much memory it holds.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Client } from "./client.mjs";
import { EditedDocument, randomFrom, wordOf } from "./edits.mjs";
import { coreShare, cpuOf, median, peakMemory, percentile, residentMemory } from "./measure.mjs";
import { copyTree, lineCount, workFolder } from "./trees.mjs";

const largeFile = 4000;

/** A server that knows nothing yet, and a copy of the tree that it may keep things in. */
async function startServer(original, program) {
  const [folder, home] = ["tree", "home"].map((name) => workFolder(join(`lsp-${original.language}`, name)));
  copyTree(original.folder, folder);
  const env = { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, XDG_CACHE_HOME: join(home, ".cache") };
  const started = performance.now();
  const client = await Client.start({ program, folder, env });
  return { tree: { ...original, folder }, client, secondsSince: () => (performance.now() - started) / 1000 };
}

/** The first scan, then edits in the file whose length comes closest to 4,000 lines, one after the other. */
export async function benchLatency(original, { program, edits, say }) {
  const path = closestTo(largeFile, original);
  const { tree, client, secondsSince } = await startServer(original, program);
  const document = new EditedDocument(tree, path, randomFrom(1));
  try {
    await client.open({ ...document, text: document.text });
    const firstDiagnostics = client.diagnosed(document).then(secondsSince);
    const duringScan = [];
    while (!client.isIndexed) {
      duringScan.push(await hover(client, document));
      await setTimeout(100);
    }
    const scanned = secondsSince();
    const memoryAfterScan = residentMemory(client.pid);
    say(`${tree.title}: scanned in ${scanned.toFixed(1)} s, ${document.path} opened`);
    const shares = [coreShare()];
    const cpuBefore = cpuOf(client.pid);
    const times = { diagnostics: [], hover: [], lens: [] };
    for (let edit = 0; edit < edits; edit++) {
      const change = document.undo.length > 0 ? document.takeBack() : document.typing();
      const start = performance.now();
      await client.change(document, change);
      await client.diagnosed(document);
      times.diagnostics.push(performance.now() - start);
      times.hover.push(await hover(client, document));
      times.lens.push(await client.timeOf("textDocument/codeLens", { textDocument: { uri: document.uri } }));
    }
    const cpuPerEdit = ((cpuOf(client.pid) - cpuBefore) * 1000) / edits;
    shares.push(coreShare());
    say(`${tree.title}: ${edits} edits`);
    return {
      tree,
      shares,
      cpuPerEdit,
      lines: document.lines.length,
      firstDiagnostics: await firstDiagnostics,
      scanned,
      duringScan,
      times,
      memoryAfterScan,
      memory: residentMemory(client.pid),
      peakMemory: peakMemory(client.pid),
    };
  } finally {
    await client.stop();
  }
}

/** Thousands of random edits in files that are opened and closed, and what the server holds meanwhile. */
export async function benchMemory(original, { program, edits, say }) {
  const random = randomFrom(2);
  const openAtOnce = Math.min(20, original.files.length);
  const batch = 20;
  const { tree, client } = await startServer(original, program);
  const documents = [];
  const samples = [];
  const sample = (edit) => samples.push({ edit, memory: residentMemory(client.pid) });
  try {
    await client.indexed();
    for (let edit = 0; edit < edits; ) {
      if (documents.length === openAtOnce) await client.close(documents.shift());
      while (documents.length < openAtOnce) {
        const path = tree.files[Math.floor(random() * tree.files.length)];
        if (documents.some((document) => document.path === path)) continue;
        const document = new EditedDocument(tree, path, random);
        documents.push(document);
        await client.open({ ...document, text: document.text });
      }
      const touched = new Set();
      for (const end = Math.min(edits, edit + batch); edit < end; edit++) {
        const document = documents[Math.floor(random() * documents.length)];
        await client.change(document, randomChange(document, random));
        touched.add(document);
      }
      for (const document of touched) await client.diagnosed(document);
      if (Math.floor((edit * 50) / edits) > samples.length - 1) sample(edit);
      if (edit % 1000 === 0) say(`${tree.title}: ${edit} edits, ${samples.at(-1)?.memory?.toFixed(0)} MB`);
    }
    return { tree, edits, samples };
  } finally {
    await client.stop();
  }
}

/** No document strays further than a few edits from its file. */
function randomChange(document, random) {
  if (document.undo.length > 0 && random() < document.undo.length / 10) return document.takeBack();
  return random() < 0.5 ? document.typing() : document.restructuring();
}

/** How much more is held at the end than after the start, both as the median of a fifth of the samples. */
export function growthOf(samples) {
  const fifth = (index) =>
    median(samples.slice((samples.length * index) / 5, (samples.length * (index + 1)) / 5).map(({ memory }) => memory));
  return fifth(4) / fifth(1);
}

/** Over the name of a function, or over a statement with its calls. */
function hover(client, document) {
  const functions = document.functions();
  const isName = functions.length > 0 && document.random() < 0.5;
  const { line, character } = isName ? document.pick(functions) : wordOf(document).at;
  return client.timeOf("textDocument/hover", { textDocument: { uri: document.uri }, position: { line, character } });
}

function closestTo(lines, { folder, files }) {
  const distance = (path) => Math.abs(lineCount(readFileSync(join(folder, path), "utf8")) - lines);
  return files.map((path) => [path, distance(path)]).reduce((best, next) => (next[1] < best[1] ? next : best))[0];
}

/** Milliseconds, or MB; `of` takes what `benchLatency` gives. */
export const latencyTargets = [
  { name: "edit to diagnostics, p95", of: ({ times }) => percentile(times.diagnostics, 0.95), atMost: 80, unit: "ms" },
  { name: "hover, p95", of: ({ times }) => percentile(times.hover, 0.95), atMost: 20, unit: "ms" },
  {
    name: "hover during the first scan, p95",
    of: ({ duringScan }) => percentile(duringScan, 0.95),
    atMost: 50,
    unit: "ms",
  },
  {
    name: "memory of the server for 400,000 lines",
    of: ({ memoryAfterScan, memory, tree }) => Math.max(memoryAfterScan, memory) / Math.max(1, tree.lines / 400_000),
    atMost: 350,
    unit: "MB",
  },
];

/** The last fifth of the samples against the second. */
export const memoryGrowthAtMost = 1.1;
