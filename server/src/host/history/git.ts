import { spawn } from "node:child_process";
import { devNull } from "node:os";
import { parse as parsePath, resolve as resolvePath } from "node:path";
import type { Cancellation } from "../../core/base/cancellation";

export interface GitOptions {
  cancellation: Cancellation;
  /** Milliseconds after which git is ended. */
  timeout: number;
  input?: string;
  /** Output beyond this is not taken and ends git. */
  maxBytes?: number;
  onOutput?(chunk: Buffer): void;
}

export type GitEnd = "done" | "failed" | "missing" | "time" | "size" | "cancelled";

export interface GitResult {
  end: GitEnd;
  /** What it wrote, unless `onOutput` took it. */
  output: Buffer;
  /** Why it failed, in git's words: one line, empty when it said nothing. Names of the repository may stand in it. */
  complaint: string;
}

/**
 * Runs git on a repository nobody vouches for. Its configuration must not start a program: no pager, hooks, monitor,
 * external diff, text conversion, signature check or transport; contents that are not here are not fetched.
 */
export function runGit(root: string, args: readonly string[], options: GitOptions): Promise<GitResult> {
  const { cancellation, timeout, input, maxBytes = Number.POSITIVE_INFINITY, onOutput } = options;
  if (cancellation.isCancellationRequested) {
    return Promise.resolve({ end: "cancelled", output: Buffer.alloc(0), complaint: "" });
  }
  return new Promise((resolve) => {
    // Windows looks for programs in the current directory first: that must not be the repository. A home need not exist.
    const child = spawn("git", ["-C", resolvePath(root), ...safely, ...args], {
      cwd: parsePath(process.execPath).root,
      env: environment(),
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let complaints = "";
    let size = 0;
    let reason: GitEnd | undefined;
    const stop = (why: GitEnd) => {
      reason ??= why;
      child.kill("SIGKILL");
    };
    const timer = setTimeout(() => stop("time"), timeout);
    const poll = setInterval(() => cancellation.isCancellationRequested && stop("cancelled"), 50);
    const finish = (end: GitEnd) => {
      clearTimeout(timer);
      clearInterval(poll);
      resolve({ end: reason ?? end, output: Buffer.concat(chunks), complaint: complaintIn(complaints) });
    };
    child.stdout.on("data", (chunk: Buffer) => {
      if (reason) return;
      size += chunk.length;
      if (size > maxBytes) stop("size");
      else if (onOutput) onOutput(chunk);
      else chunks.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (complaints.length < maxComplaints) complaints += chunk.toString("utf8");
    });
    child.on("error", (error: NodeJS.ErrnoException) => finish(error.code === "ENOENT" ? "missing" : "failed"));
    child.on("close", (code) => finish(code === 0 ? "done" : "failed"));
    // Git may end before it has read everything.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
  });
}

const maxComplaints = 10_000;

function complaintIn(text: string): string {
  const line = /^(?:fatal|error): (.+)$/m.exec(text)?.[1] ?? "";
  const plain = line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  return plain.length > 200 ? `${plain.slice(0, 199)}…` : plain;
}

const safely = [
  "--no-pager",
  "--no-optional-locks",
  "--no-replace-objects",
  ...[
    "core.quotePath=false",
    "core.fsmonitor=false",
    `core.hooksPath=${devNull}`,
    "core.bigFileThreshold=1m",
    "log.showSignature=false",
    "diff.noprefix=false",
    "diff.mnemonicPrefix=false",
    "diff.relative=false",
    "diff.renameLimit=1000",
    "i18n.logOutputEncoding=UTF-8",
    "protocol.allow=never",
  ].flatMap((setting) => ["-c", setting]),
];

/** Where git itself is and what the user, not the repository, has set. */
const kept = /^GIT_(EXEC_PATH|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM))$/i;

/** A hook's `GIT_DIR` would lead to another repository than the one asked for. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name) || kept.test(name));
  return {
    ...Object.fromEntries(own),
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_OPTIONAL_LOCKS: "0",
    LC_ALL: "C",
  };
}
