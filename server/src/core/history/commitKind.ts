/** What a commit says of itself. Any text of a stranger's: nothing in it is more than data. */
export interface CommitText {
  authorName: string;
  authorEmail: string;
  committerName: string;
  committerEmail: string;
  /** Subject, body and trailers. */
  message: string;
}

export interface Agent {
  /** As people know it. */
  name: string;
  /** The whole address, or the GitHub login of `<login>@users.noreply.github.com` with or without a number. */
  addresses: readonly string[];
  /** Names an agent signs with when the address is not a person's. */
  names?: RegExp;
  /** Lines it leaves in a message. */
  lines?: RegExp;
}

/**
 * Addresses and lines the tools write themselves. A vendor's domain alone proves nothing, people work there; a bare
 * first name neither: Claude, Devin and Jules are people too.
 */
const agents: readonly Agent[] = [
  {
    name: "Claude",
    addresses: ["noreply@anthropic.com", "claude[bot]", "claude"],
    names: /^claude([ -](code|opus|sonnet|haiku)\b.*|\[bot\])$/i,
    lines: /generated with \[?claude code\b|^claude-session:/i,
  },
  {
    name: "Copilot",
    addresses: ["copilot", "copilot[bot]", "copilot-swe-agent[bot]", "copilot@github.com"],
    names: /^(github )?copilot(\[bot\]|-swe-agent(\[bot\])?)?$/i,
    lines: /^(copilot-session|agent-logs-url):/i,
  },
  {
    name: "Cursor",
    addresses: ["cursoragent@cursor.com", "agent@cursor.com", "cursoragent", "cursor[bot]", "cursoragent[bot]"],
    names: /^cursor( agent|agent|\[bot\])?$/i,
    lines: /^made[- ]with:? \[?cursor\b/i,
  },
  {
    name: "Codex",
    addresses: ["noreply@openai.com", "codex@openai.com", "codex", "codex[bot]", "chatgpt-codex-connector[bot]"],
    names: /^(openai[ -])?codex( cli)?(\[bot\])?$/i,
    lines: /generated with \[?(openai )?codex\b/i,
  },
  {
    name: "Aider",
    addresses: ["noreply@aider.chat", "aider@aider.chat"],
    names: /^aider( \(.*\))?$/i,
    lines: /^aider-model:/i,
  },
  {
    name: "Gemini",
    addresses: [
      "gemini-code-assist[bot]",
      "gemini-cli[bot]",
      "gemini-cli@google.com",
      "gemini-cli-agent@google.com",
      "gemini-cli-robot@google.com",
    ],
    names: /^(google )?gemini([ -](cli|code[ -]assist|\d).*)?(\[bot\])?$/i,
    lines: /generated with \[?gemini cli\b/i,
  },
  { name: "Jules", addresses: ["google-labs-jules[bot]", "google-labs-jules"], names: /^google-labs-jules/i },
  {
    name: "Devin",
    addresses: ["devin-ai-integration[bot]"],
    names: /^devin ai$|^devin-ai-integration/i,
  },
  {
    name: "Amp",
    addresses: ["amp@ampcode.com", "noreply@ampcode.com"],
    lines: /^amp-thread(-id)?:|generated with \[?amp\]?\b/i,
  },
  {
    name: "opencode",
    addresses: ["noreply@opencode.ai", "opencode-agent[bot]", "opencode@sst.dev"],
    names: /^opencode(-agent)?(\[bot\])?$/i,
    lines: /generated with \[?opencode\b/i,
  },
  { name: "OpenHands", addresses: ["openhands@all-hands.dev"], names: /^openhands(-agent)?$/i },
  { name: "Crush", addresses: ["crush@charm.land"], lines: /generated with \[?crush\b|^assisted-by:.*\bcrush\b/i },
  { name: "Cline", addresses: ["noreply@cline.bot", "cline[bot]"] },
  { name: "Windsurf", addresses: ["cascade@windsurf.ai", "windsurf[bot]"], names: /^windsurf( cascade)?$/i },
  { name: "Kiro", addresses: ["noreply@kiro.dev", "kiro-agent", "amazon-q-developer[bot]"], names: /^kiro agent$/i },
  { name: "Lovable", addresses: ["lovable-dev[bot]", "gpt-engineer-app[bot]"] },
  { name: "Sweep", addresses: ["sweep-ai[bot]"] },
];

const agentByAddress = new Map(agents.flatMap((agent) => agent.addresses.map((address) => [address, agent.name])));

/** The agent that wrote the commit or is named in it as a co-author; `undefined` when it names none. */
export function agentOf({ authorName, authorEmail, committerName, committerEmail, message }: CommitText) {
  return (
    agentOfPerson(authorName, authorEmail) ??
    agentOfPerson(committerName, committerEmail) ??
    coAuthorsOf(message).reduce<string | undefined>(
      (found, { name, email }) => found ?? agentOfPerson(name, email),
      undefined,
    ) ??
    agentOfLines(message)
  );
}

/** The agent with one of the tools' ids, as git-ai notes name them: `claude`, `github-copilot`, `cursor` ... */
export function agentOfTool(tool: string): string {
  const words = tool.toLowerCase().replace(/[^a-z]+/g, " ");
  return agents.find(({ name }) => words.includes(name.toLowerCase()))?.name ?? (tool.slice(0, 40) || "an agent");
}

/** A program that is no coding agent: it updates, releases, translates. */
export function isBot({ authorName, authorEmail }: CommitText): boolean {
  if (agentOfPerson(authorName, authorEmail)) return false;
  return (
    /\[bot\](@|$)/i.test(`${authorName}`) ||
    /\[bot\]@/i.test(authorEmail) ||
    /^(dependabot|renovate|renovate-bot|greenkeeper|snyk-bot|pre-commit-ci|github[- ]actions?|semantic-release-bot|weblate|crowdin(-bot)?|allcontributors|imgbot|mergify|pyup-bot)\b/i.test(
      authorName,
    ) ||
    /^(bot@renovateapp\.com|support@dependabot\.com|actions@github\.com|action@github\.com)$/i.test(authorEmail)
  );
}

function agentOfPerson(name: string, email: string): string | undefined {
  const address = email.trim().toLowerCase();
  const login = /^(?:\d+\+)?([^@]+)@users\.noreply\.github\.com$/.exec(address)?.[1];
  const known = agentByAddress.get(login ?? address);
  // Agents of others sign with the address of the model's vendor; their name says who they are.
  const named = agents.find(({ names }) => names?.test(name.trim()));
  if (known) return named?.name ?? known;
  if (/\(aider\)\s*$/i.test(name)) return "Aider";
  return named && isOfProgram(address) ? named.name : undefined;
}

/** An agent's name with a person's address may be a person of that name. */
function isOfProgram(address: string): boolean {
  return address === "" || /no-?reply|\bbot\b|robot|\[bot\]|agent|@example\.|localhost|\.local$/.test(address);
}

function coAuthorsOf(message: string): { name: string; email: string }[] {
  return [...message.matchAll(/^[ \t*>-]*co-?authored-by:[ \t]*([^<\n]*)(?:<([^>\n]*)>)?/gim)].map((match) => ({
    name: (match[1] ?? "").trim(),
    email: (match[2] ?? "").trim(),
  }));
}

function agentOfLines(message: string): string | undefined {
  for (const line of message.split("\n")) {
    const text = line.trim().replace(/^[^\p{L}\p{N}[]+/u, "");
    if (text.length === 0 || text.length > 300) continue;
    const agent = agents.find(({ lines }) => lines?.test(text));
    if (agent) return agent.name;
  }
  return undefined;
}

/** Commits about what surrounds the code, or about its looks: they correct nothing it does. */
const cosmetic =
  /\b(typos?|spell(ing)?|misspell\w*|grammar|wording|lint(er|ing|s)?|eslint|pylint|flake8|ruff|mypy|pyright|tsc|golangci(-lint)?|biome|prettier|gofmt|black|isort|format(ting|ter)?|whitespaces?|white space|indent(ation|ing)?|trailing|line endings?|style|styling|semicolons?|imports? (order|sorting)|unused|comments?|docs?|docstrings?|documentation|readme|changelog|licen[cs]e|copyright|badges?|(broken )?links?|tests?|specs?|e2e|snapshots?|fixtures?|mocks?|flak(e|y|iness)|ci|workflows?|pipelines?|github actions?|build|builds|release notes?|version( number)?s?|merge conflicts?|conflicts?|type (hints?|annotations?|errors?)|typing|typings|warnings?|deprecat\w+)\b/i;

const cosmeticScope =
  /^(docs?|readme|changelog|tests?|testing|e2e|ci|cd|build|lint|style|format|deps?(-dev)?|release|examples?|website|i18n|types?|typing|workflows?)$/i;

/**
 * Whether a commit says that it corrects what the code does: by the conventional type, in words that open the
 * subject, by an issue it fixes, or by taking a commit back. Corrections of looks, tests, docs and builds are none.
 */
export function isFixCommit(message: string): boolean {
  const subject = subjectOf(message).replace(/^(?:\[[^\]]{1,30}\]|\p{So}|\uFE0F|:\w+:|\s)+/u, "");
  if (/^(fixup|squash|amend)!/i.test(subject)) return isFixCommit(subject.replace(/^\w+!\s*/, ""));
  if (/^revert\b/i.test(subject)) return !/^revert\s+["“']?revert\b/i.test(subject) && !isAboutLooks(subject.slice(6));
  const conventional = /^([A-Za-z]+)\s*(?:\(([^)]*)\))?\s*!?:\s*(.*)$/.exec(subject);
  if (conventional) {
    const [, type = "", scope = "", text = ""] = conventional;
    if (/^(fix|fixes|fixed|bugfix|hotfix|bug)$/i.test(type))
      return !cosmeticScope.test(scope.trim()) && !isAboutLooks(text);
    if (conventionalTypes.test(type)) return false;
    // `parser: fix a crash`, as kernels and Go projects write.
    return startsWithFix(text) && !cosmeticScope.test(type) && !isAboutLooks(text);
  }
  const text = subject.replace(/^[\w./-]+(?:,\s*[\w./-]+)*:\s+/, "");
  if (startsWithFix(text)) return !isAboutLooks(text);
  return fixesIssue(message) && !isAboutLooks(subject);
}

const conventionalTypes =
  /^(feat|feature|features|add|docs?|doc|style|refactor|refact|perf|test|tests|build|ci|chore|release|merge|wip|deps|bump|improvement|enhancement)$/i;

function startsWithFix(text: string): boolean {
  return /^(fix|fixes|fixed|fixing|bug[- ]?fix(es|ed)?|hot[- ]?fix(es|ed)?|quick ?fix|bug\b|correct(s|ed)?\b|repair(s|ed)?\b|resolve[sd]? (a |an |the )?(\w+ ){0,3}(bug|crash|panic|error|issue|deadlock|race|leak|regression))(?![\w-])/i.test(
    text,
  );
}

/** A word of looks alone is not enough: `fix crash in the test runner` names a fault too. */
function isAboutLooks(text: string): boolean {
  return cosmetic.test(text) && !fault.test(text);
}

const fault =
  /\b(crash(es|ing|ed)?|panics?|dead ?locks?|races?|leaks?|hangs?|nil|null|undefined|overflow|infinite|regressions?|exceptions?|corrupt\w*|wrong(ly)?|incorrect(ly)?|data loss|security|vulnerab\w*|injection|timeouts?|stuck|off[- ]by[- ]one|broken (when|if|on|for))\b/i;

function fixesIssue(message: string): boolean {
  return (
    /\bfix(es|ed)? #\d+/i.test(subjectOf(message)) ||
    message
      .split("\n", maxLines)
      .some((line) => /^\W{0,3}fix(es|ed)?[ :]{1,2}(#|gh-|https?:\/\/\S{1,200}\/issues\/)\d/i.test(line))
  );
}

/** Longer ones are no subjects, and patterns take their time with them. */
const maxSubject = 300;
const maxLines = 1000;

function subjectOf(message: string): string {
  const start = message.search(/\S/);
  return start < 0 ? "" : (message.slice(start, start + maxSubject).split("\n", 1)[0] as string).trim();
}
