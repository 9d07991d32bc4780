/** Where a project declares what it needs from outside. */
export interface Manifest {
  /** Names of one registry are the same in every manifest of it. */
  registry: "npm" | "go" | "python" | "maven";
  /** Names as the registry has them, each once. */
  dependencies: ReadonlySet<string>;
}

interface Format {
  registry: Manifest["registry"];
  file: RegExp;
  read(text: string): Iterable<string>;
}

const formats: readonly Format[] = [
  { registry: "npm", file: /(?:^|\/)package\.json$/, read: packageJson },
  { registry: "go", file: /(?:^|\/)go\.mod$/, read: goMod },
  { registry: "python", file: /(?:^|\/)pyproject\.toml$/, read: pyproject },
  { registry: "python", file: /(?:^|\/)(?:requirements[\w.-]*|requirements\/[\w.-]+)\.txt$/, read: requirements },
  { registry: "maven", file: /(?:^|\/)pom\.xml$/, read: pom },
  { registry: "maven", file: /(?:^|\/)build\.gradle(?:\.kts)?$/, read: gradle },
];

/** What others wrote, or what tests are made of, is nobody's decision here. */
const leftOut = /(?:^|\/)(?:node_modules|vendor|testdata|fixtures?|examples?)\//;

export function isManifest(path: string): boolean {
  return !leftOut.test(path) && formats.some(({ file }) => file.test(path));
}

/** What a manifest declares directly; nothing for a text that cannot be read. Linear in the text. */
export function readManifest(path: string, text: string): Manifest | undefined {
  const format = leftOut.test(path) ? undefined : formats.find(({ file }) => file.test(path));
  return format && { registry: format.registry, dependencies: new Set(format.read(text)) };
}

function* packageJson(text: string): Iterable<string> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return;
  }
  if (typeof content !== "object" || content === null) return;
  for (const key of ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]) {
    const listed = (content as Record<string, unknown>)[key];
    if (typeof listed === "object" && listed !== null && !Array.isArray(listed)) yield* Object.keys(listed);
  }
}

function* goMod(text: string): Iterable<string> {
  let isInside = false;
  for (const line of text.split("\n")) {
    if (isInside && /^\s*\)/.test(line)) isInside = false;
    else if (/^\s*require\s*\(/.test(line)) isInside = true;
    else if (!line.includes("// indirect")) {
      const module = (isInside ? /^\s*([^\s/]\S*)\s+v\S/ : /^\s*require\s+(\S+)\s+v\S/).exec(line)?.[1];
      if (module) yield module;
    }
  }
}

function* requirements(text: string): Iterable<string> {
  for (const line of text.split("\n")) {
    const name = pythonName(line.trim());
    if (name) yield name;
  }
}

/** The tables that list dependencies by name, and those that hold arrays of them. */
const namesIn = /^tool\.poetry\.(?:dev-dependencies|dependencies|group\.[\w-]+\.dependencies)$/;
const arraysIn = /^(?:project\.optional-dependencies|dependency-groups)$/;

const quotedText = /"([^"]*)"|'([^']*)'/g;

function* pyproject(text: string): Iterable<string> {
  let table = "";
  let isInArray = false;
  for (const line of text.split("\n")) {
    if (line.trimStart().startsWith("#")) continue;
    const head: string | undefined = isInArray ? undefined : /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1];
    if (head !== undefined) {
      table = head.trim();
      continue;
    }
    const key: string | undefined = isInArray ? undefined : /^\s*["']?([\w.-]+)["']?\s*=/.exec(line)?.[1];
    if (key !== undefined && namesIn.test(table) && key !== "python") yield normalized(key);
    if (!isInArray && !(key !== undefined && isList(table, key))) continue;
    for (const [, double, single] of line.matchAll(quotedText)) {
      const name = pythonName(double ?? single ?? "");
      if (name) yield name;
    }
    // Brackets inside texts are extras: `celery[redis]`.
    const bare: string = line.replace(quotedText, "");
    isInArray = (isInArray || bare.includes("[")) && !bare.includes("]");
  }
}

function isList(table: string, key: string): boolean {
  if (table === "project") return key === "dependencies";
  return arraysIn.test(table) || (table === "tool.uv" && key === "dev-dependencies");
}

function pythonName(requirement: string): string | undefined {
  const name = /^([A-Za-z0-9][\w.-]*)\s*(?:$|[[=<>~!;@#( ,])/.exec(requirement)?.[1];
  return name === undefined ? undefined : normalized(name);
}

/** As the Python registry compares names. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

function* pom(text: string): Iterable<string> {
  for (const part of text.split("<dependency>").slice(1)) {
    const end = part.indexOf("</dependency>");
    const block = end < 0 ? part.slice(0, 2000) : part.slice(0, end);
    const group = /<groupId>\s*([^<\s]+)\s*</.exec(block)?.[1];
    const artifact = /<artifactId>\s*([^<\s]+)\s*</.exec(block)?.[1];
    if (group && artifact) yield `${group}:${artifact}`;
  }
}

function* gradle(text: string): Iterable<string> {
  const declared =
    /^\s*(?:\w*[iI]mplementation|api|compileOnly|runtimeOnly|annotationProcessor|kapt|ksp|classpath)\b[\s(]*["']([\w.-]+:[\w.-]+)[:"']/;
  for (const line of text.split("\n")) {
    const name = declared.exec(line)?.[1];
    if (name) yield name;
  }
}
