// The code the bench runs on: public packages, fetched with apt-get and npm into a folder of their own, never committed.
// `node test/bench/trees.mjs [go|python|typescript|java …]` fetches ahead of time what the bench would fetch itself.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Outside of any repository, whose ignore rules would hold for the trees too. */
const store = process.env.FATHOM_BENCH_STORE ?? join(tmpdir(), "fathom-bench");

const astGrepVersion = "0.51.1";

/** Chosen for being services, databases and editors that people maintain by hand, of about 400,000 lines together. */
export const languages = {
  go: {
    title: "Go",
    extensions: [".go"],
    debian: {
      docker: "golang-github-docker-docker-dev",
      etcd: "golang-etcd-server-dev",
      "containers/storage": "golang-github-containers-storage-dev",
    },
  },
  python: {
    title: "Python",
    extensions: [".py"],
    debian: { django: "python3-django", sqlalchemy: "python3-sqlalchemy", glance: "python3-glance" },
  },
  typescript: {
    title: "TypeScript",
    extensions: [".ts", ".tsx"],
    npm: ["maplibre-gl@6.17.0", "tldraw@5.4.2", "matrix-js-sdk@43.0.0", "mongodb@7.8.0"],
  },
  java: {
    title: "Java",
    extensions: [".java"],
    debian: { openjdk: "openjdk-17-source" },
    // All of it is millions of lines.
    within: /\/java\.(base\/java\/(io|net|util|lang)|net\.http|sql|logging|naming)\//,
  },
};

/** Public packages come without instructions for agents, and hovers look them up. */
const instructions = `# Rules

- Never call \`panic\` outside of tests.
- Do not hold a lock while you call \`execute\`, \`Query\` or \`fetch\`.
- Call \`Close\` or \`close\` in the function that opened the file.
- Use \`logger\` instead of \`print\`, \`fmt.Println\` and \`console.log\`.
- Every \`setTimeout\` and \`setInterval\` is cleared when its owner goes away.
- \`commit()\` is called once, by the handler of the request.
`;

/** Beside the sources: what detectors and rules read. */
const manifests = new Set(["package.json", "go.mod", "pyproject.toml", "CLAUDE.md", "AGENTS.md"]);
const skippedFolders = new Set([".git", "node_modules", "testdata", "vendor"]);
const generatedPath = /\.(pb|pb\.gw|gen)\.go$|zz_generated|\.d\.ts$|\.g\.ts$|\.gen\.ts$|_pb2\.py$/;
const generatedHead = /code generated|@generated|auto-?generated|generated (by|code)|do not edit/i;
const maxFileBytes = 1_000_000;

export class MissingTree extends Error {}

/**
 * A folder with nothing but hand-written sources of one language, so that every program does the same work.
 * @param {keyof typeof languages} language
 * @param {string} [folder] take the sources from here instead of fetching them
 * @returns {{ language: string, title: string, folder: string, source: string, files: string[], lines: number }}
 */
export function prepareTree(language, folder) {
  const target = join(store, "trees", language);
  const description = `${target}.json`;
  const origin = folder ?? JSON.stringify([languages[language], instructions]);
  const known = existsSync(description) ? JSON.parse(readFileSync(description, "utf8")) : undefined;
  // A folder of one's own may have changed since.
  if (known?.origin === origin && !folder) return known;
  if (folder && !existsSync(folder)) throw new MissingTree(`There is no ${folder}.`);
  rmSync(description, { force: true });
  rmSync(target, { recursive: true, force: true });
  const parts = folder
    ? [{ name: basename(folder), folder }]
    : [
        ...Object.entries(languages[language].debian ?? {}).map(fetchDebian),
        ...(languages[language].npm ?? []).map(fetchNpm),
      ];
  const files = [];
  let lines = 0;
  for (const part of parts) {
    for (const { path, text } of sourcesOf(part.folder, languages[language])) {
      const to = join(part.name.replace(/[ @/]+/g, "-"), path);
      mkdirSync(dirname(join(target, to)), { recursive: true });
      writeFileSync(join(target, to), text);
      if (manifests.has(basename(path))) continue;
      files.push(to);
      lines += lineCount(text);
    }
  }
  if (files.length === 0) throw new MissingTree(`There are no ${languages[language].title} sources in ${origin}.`);
  if (!existsSync(join(target, "CLAUDE.md"))) writeFileSync(join(target, "CLAUDE.md"), instructions);
  const tree = {
    origin,
    language,
    title: languages[language].title,
    folder: target,
    source: parts.map(({ name }) => name).join(", "),
    files,
    lines,
  };
  writeFileSync(description, JSON.stringify(tree));
  return tree;
}

export function lineCount(text) {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

function* sourcesOf(folder, { extensions, within }) {
  for (const path of filesBelow(folder, "")) {
    if (within && !within.test(`/${path}`)) continue;
    const isManifest = manifests.has(basename(path));
    if (!isManifest && (!extensions.includes(extname(path)) || generatedPath.test(path))) continue;
    const text = readFileSync(join(folder, path), "utf8");
    if (isManifest || (text.length <= maxFileBytes && !generatedHead.test(text.slice(0, 1000)))) yield { path, text };
  }
}

/** Links are not followed, which `readdir` by itself does or does not do by the version of Node. */
function* filesBelow(root, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) yield* filesBelow(root, path);
    else if (entry.isFile()) yield path;
  }
}

function fetchDebian([title, name]) {
  const folder = join(store, "debian", name);
  if (!existsSync(folder)) {
    const download = emptyFolder(`${folder}.download`);
    try {
      run("apt-get", ["download", "-qq", "-o", "APT::Sandbox::User=root", name], download);
      const archive = readdirSync(download).find((file) => file.endsWith(".deb"));
      run("dpkg-deb", ["-x", archive, "content"], download);
    } catch (error) {
      throw new MissingTree(
        `The Debian package ${name} could not be fetched (${error.message}). On Debian run "apt-get update" as root ` +
          `first; elsewhere name a folder with such sources, for example --tree go=FOLDER.`,
      );
    }
    const zip = readdirSync(download, { recursive: true }).find((path) => path.endsWith("src.zip"));
    if (zip) {
      run("unzip", ["-q", zip, "-d", "content/unzipped"], download);
      rmSync(join(download, zip));
    }
    renameSync(download, folder);
  }
  const archive = readdirSync(folder).find((file) => file.endsWith(".deb"));
  const version = /_(?:\d+%3a)?([\d.]+)/.exec(archive)?.[1];
  return { name: `${title} ${version}`, folder: join(folder, "content") };
}

/** @param {string} spec `name@version` */
function fetchNpm(spec) {
  const folder = join(store, "npm", spec.replace(/\//g, "+"));
  if (!existsSync(folder)) {
    const download = emptyFolder(`${folder}.download`);
    try {
      run("npm", ["pack", spec, "--silent"], download);
      run("tar", ["-xzf", readdirSync(download)[0]], download);
    } catch (error) {
      throw new MissingTree(`The npm package ${spec} could not be fetched (${error.message}).`);
    }
    renameSync(download, folder);
  }
  return { name: spec.replace(/(?!^)@/, " "), folder: join(folder, "package") };
}

/**
 * The program itself, without the script of Node that other platforms start it through.
 * Not one of our dependencies: it weighs 50 MB and only the bench needs it.
 * @returns {string} its path
 */
export function astGrep() {
  const folder = join(store, `ast-grep-${astGrepVersion}`);
  if (!existsSync(folder)) {
    const download = emptyFolder(`${folder}.download`);
    writeFileSync(join(download, "package.json"), "{}");
    const flags = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
    run("npm", ["install", ...flags, `@ast-grep/cli@${astGrepVersion}`], download);
    renameSync(download, folder);
  }
  const scope = join(folder, "node_modules", "@ast-grep");
  const platform = readdirSync(scope).find((name) => name.startsWith("cli-"));
  if (!platform) throw new MissingTree("@ast-grep/cli has no program for this platform.");
  return join(scope, platform, process.platform === "win32" ? "ast-grep.exe" : "ast-grep");
}

/** A folder to work in, beside the trees: same file system, no repository around it. */
export function workFolder(name) {
  return emptyFolder(join(store, `work-${process.pid}`, name));
}

export function removeWork() {
  rmSync(join(store, `work-${process.pid}`), { recursive: true, force: true });
}

export function copyTree(from, to) {
  cpSync(from, to, { recursive: true });
}

function emptyFolder(path) {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

function run(command, args, cwd) {
  const { status, error, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (error || status !== 0) throw new Error(error?.message ?? (stderr.trim().split("\n")[0] || `${command} failed`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  try {
    for (const language of wanted.length > 0 ? wanted : ["go", "python", "typescript"]) {
      const { title, source, files, lines } = prepareTree(language);
      process.stdout.write(`${title}: ${source}; ${files.length} files, ${lines} lines\n`);
    }
    astGrep();
    process.stdout.write(`ast-grep ${astGrepVersion}\nAll of it is in ${store}.\n`);
  } catch (error) {
    if (!(error instanceof MissingTree)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
