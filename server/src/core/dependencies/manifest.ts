import { parse } from "smol-toml";

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
  for (const key of ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"])
    yield* Object.keys(tableOf(tableOf(content)[key]));
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

function* pyproject(text: string): Iterable<string> {
  let content: unknown;
  try {
    content = parse(text);
  } catch {
    return;
  }
  const { project, tool, "dependency-groups": groups } = tableOf(content);
  const { poetry, uv } = tableOf(tool);
  const declared = tableOf(poetry);
  const requirementLists = [
    tableOf(project).dependencies,
    tableOf(uv)["dev-dependencies"],
    ...Object.values(tableOf(tableOf(project)["optional-dependencies"])),
    ...Object.values(tableOf(groups)),
  ];
  for (const requirement of requirementLists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const name = typeof requirement === "string" ? pythonName(requirement) : undefined;
    if (name) yield name;
  }
  const byName = [
    declared.dependencies,
    declared["dev-dependencies"],
    ...Object.values(tableOf(declared.group)).map((group) => tableOf(group).dependencies),
  ];
  for (const name of byName.flatMap((table) => Object.keys(tableOf(table)))) {
    if (name !== "python") yield normalized(name);
  }
}

function tableOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
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
