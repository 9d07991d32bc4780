import {
  type CommitRef,
  type FileHistory,
  type FunctionHistory,
  functionKeys,
  recentDays,
  type WorkspaceHistory,
} from "../model/functionHistory";
import type { Presence } from "../model/presence";
import type { FileChange, HistoryLog, LoggedCommit } from "./historyLog";
import { type Hunks, LineMap, type LineRange, lineCount, sharedLines, unionOf } from "./lineMap";

/** A file of the working tree whose past is asked for. */
export interface TrackedFile {
  /** Path in the workspace. */
  path: string;
  /** Path in the newest commit, `undefined` for a file that is not in it. */
  committedPath: string | undefined;
  /** What the working tree has changed since the newest commit. */
  uncommitted: Hunks;
  functions: readonly TrackedFunction[];
}

/** Lines are 1-based, the last one included. */
export interface TrackedFunction {
  symbol: string;
  startLine: number;
  endLine: number;
}

/**
 * Follows every function from the working tree back through the log: each commit's hunks say where its lines stood
 * before. A merge sends a file on to the parent it agrees with, and where it agrees with none, each line to a parent
 * that has it; so commits on branches are told from one another, and a line is counted once. Linear in the log.
 *
 * @param pause awaited every few commits, so that a caller with other work gets to it
 */
export async function trackHistory(
  log: HistoryLog,
  files: readonly TrackedFile[],
  pause: () => Promise<void> = async () => undefined,
): Promise<WorkspaceHistory> {
  const tracker = new Tracker(log);
  const targets = files.map((file) => tracker.add(file));
  await tracker.run(pause);
  const recentSince = (log.commits[0]?.time ?? 0) - recentDays * 86_400;
  return {
    head: log.head,
    commits: log.commits.length,
    ...(log.truncated && { truncated: log.truncated }),
    presence: presenceIn(log),
    files: new Map(files.map((file, i) => [file.path, historyOf(targets[i] as FileTarget, file, recentSince)])),
  };
}

function presenceIn({ commits, truncated }: HistoryLog): Presence {
  const lastSeen = new Map<string, number>();
  let newest = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (const { author, email, time } of commits) {
    newest = Math.max(newest, time);
    oldest = Math.min(oldest, time);
    for (const name of [email, author.toLowerCase()]) lastSeen.set(name, Math.max(time, lastSeen.get(name) ?? 0));
  }
  return { newest, oldest, isWhole: truncated === undefined, lastSeen };
}

/** What is known so far of one function of the working tree. */
interface FunctionTarget {
  touches: LoggedCommit[];
  /** Present lines by the commit they come from. */
  lines: Map<LoggedCommit, { all: number; byAgent: number }>;
  uncommitted: number;
  isComplete: boolean;
}

interface FileTarget {
  touches: LoggedCommit[];
  functions: (FunctionTarget | undefined)[];
}

/** Where a function stands in one older version. */
interface Track {
  target: FunctionTarget;
  range: LineRange;
  /** Its present lines that were already there. */
  present: LineRange[];
}

/** A file of one older version that present files come from. */
interface FileState {
  targets: FileTarget[];
  tracks: Track[];
}

type Version = Map<string, FileState>;

const commitsBetweenPauses = 50;

class Tracker {
  /** Versions still to be looked at, by commit. */
  private readonly pending = new Map<string, Version>();
  private readonly start: Version = new Map();

  constructor(private readonly log: HistoryLog) {
    this.pending.set(log.head, this.start);
  }

  add({ committedPath, uncommitted, functions }: TrackedFile): FileTarget {
    const map = new LineMap(uncommitted);
    const tracks: Track[] = [];
    const targets = functions.map(({ startLine, endLine }): FunctionTarget => {
      const target: FunctionTarget = { touches: [], lines: new Map(), uncommitted: 0, isComplete: true };
      const whole = { start: startLine, end: endLine + 1 };
      const { kept, added } = map.split([whole]);
      const range = committedPath === undefined ? undefined : map.rangeBefore(whole);
      target.uncommitted = committedPath === undefined ? lineCount([whole]) : lineCount(added);
      if (range) {
        tracks.push({ target, range, present: kept });
        target.isComplete = false;
      }
      return target;
    });
    const file: FileTarget = { touches: [], functions: targets };
    if (committedPath !== undefined) addState(this.start, committedPath, { targets: [file], tracks });
    return file;
  }

  async run(pause: () => Promise<void>): Promise<void> {
    for (const [i, commit] of this.log.commits.entries()) {
      if (i % commitsBetweenPauses === 0) await pause();
      const version = this.pending.get(commit.id);
      if (!version) continue;
      this.pending.delete(commit.id);
      if (commit.parents.length > 1) this.merge(commit, version);
      else this.step(commit, version);
      const [first] = commit.parents;
      if (first !== undefined) this.pass(first, version);
    }
  }

  private step(commit: LoggedCommit, version: Version): void {
    for (const change of commit.changes) {
      const state = version.get(change.path);
      if (!state) continue;
      const before = change.parents[0];
      for (const target of state.targets) target.touches.push(commit);
      state.tracks = change.isOpaque ? [] : stepBack(commit, change, state.tracks);
      if (before?.path === change.path) continue;
      version.delete(change.path);
      if (before?.path) addState(version, before.path, state);
    }
  }

  private merge(commit: LoggedCommit, version: Version): void {
    const conflicts = new Map(commit.changes.map((change) => [change.path, change]));
    for (const path of commit.mergedPaths ?? []) {
      const state = version.get(path);
      if (!state) continue;
      version.delete(path);
      const change = conflicts.get(path);
      // Of several further parents nobody has said which one it is.
      if (!change && commit.parents.length === 2) {
        this.pass(commit.parents[1] as string, new Map([[path, state]]));
      } else if (change && !change.isOpaque) this.splitByParent(commit, change, state, version);
    }
  }

  private splitByParent(commit: LoggedCommit, change: FileChange, state: FileState, version: Version): void {
    let rest = state.tracks.map((track) => track.present);
    let ranges = state.tracks.map((): LineRange | undefined => undefined);
    for (const [i, { path, hunks }] of change.parents.entries()) {
      if (path === null) continue;
      const map = new LineMap(hunks);
      const tracks: Track[] = [];
      ranges = state.tracks.map(({ target, range }, k) => {
        const { kept, added } = map.split(rest[k] as LineRange[]);
        const before = map.rangeBefore(range);
        rest[k] = before ? added : (rest[k] as LineRange[]);
        if (before) tracks.push({ target, range: before, present: kept });
        return ranges[k] ?? before;
      });
      const next = { targets: state.targets, tracks };
      if (i === 0) addState(version, path, next);
      else this.pass(commit.parents[i] as string, new Map([[path, next]]));
    }
    rest = rest.map(unionOf);
    state.tracks.forEach(({ target }, k) => {
      const own = rest[k] as LineRange[];
      if (own.length > 0) attribute(target, commit, own, change);
      if (!ranges[k]) target.isComplete = true;
    });
  }

  private pass(commit: string, version: Version): void {
    const known = this.pending.get(commit);
    if (!known) {
      this.pending.set(commit, version);
      return;
    }
    const [small, large] = known.size < version.size ? [known, version] : [version, known];
    for (const [path, state] of small) addState(large, path, state);
    this.pending.set(commit, large);
  }
}

function stepBack(commit: LoggedCommit, change: FileChange, tracks: Track[]): Track[] {
  const { path, hunks } = change.parents[0] as FileChange["parents"][number];
  if (hunks.length === 0 && path !== null) return tracks;
  const map = new LineMap(hunks);
  return tracks.filter((track) => {
    if (!map.touches(track.range)) {
      track.range = map.rangeBefore(track.range) as LineRange;
      track.present = map.split(track.present).kept;
      return true;
    }
    const { kept, added } = map.split(track.present);
    const before = path === null ? undefined : map.rangeBefore(track.range);
    // Lines beside the ones that begin here cannot be older than the function.
    attribute(track.target, commit, before ? added : track.present, change);
    if (!before) {
      track.target.isComplete = true;
      return false;
    }
    track.range = before;
    track.present = kept;
    return true;
  });
}

function attribute(target: FunctionTarget, commit: LoggedCommit, lines: LineRange[], change: FileChange): void {
  // A function can reach a commit on two ways that a merge opened.
  if (target.touches.at(-1) !== commit) target.touches.push(commit);
  const count = lineCount(lines);
  if (count === 0) return;
  const known = target.lines.get(commit) ?? { all: 0, byAgent: 0 };
  known.all += count;
  known.byAgent += change.agentLines ? sharedLines(lines, change.agentLines) : commit.agent ? count : 0;
  target.lines.set(commit, known);
}

function addState(version: Version, path: string, state: FileState): void {
  const known = version.get(path);
  if (!known) {
    version.set(path, state);
    return;
  }
  const tracks = new Map(known.tracks.map((track) => [track.target, track]));
  for (const track of state.tracks) {
    const twin = tracks.get(track.target);
    if (!twin) tracks.set(track.target, track);
    else {
      const range = {
        start: Math.min(twin.range.start, track.range.start),
        end: Math.max(twin.range.end, track.range.end),
      };
      const present = unionOf([...twin.present, ...track.present]);
      tracks.set(track.target, { target: track.target, range, present });
    }
  }
  version.set(path, { targets: [...new Set([...known.targets, ...state.targets])], tracks: [...tracks.values()] });
}

function historyOf(target: FileTarget, file: TrackedFile, recentSince: number): FileHistory {
  const keys = functionKeys(file.functions.map(({ symbol }) => symbol));
  const touches = [...new Set(target.touches)];
  const fixes = touches.filter(({ isFix }) => isFix);
  const functions: Record<string, FunctionHistory> = Object.create(null);
  keys.forEach((key, i) => {
    functions[key] = functionHistoryOf(target.functions[i] as FunctionTarget);
  });
  return {
    functions,
    commits: touches.length,
    fixes: fixes.length,
    recentFixes: fixes.filter(({ time }) => time >= recentSince).length,
    ...(fixes[0] && { lastFix: refOf(fixes[0]) }),
  };
}

function functionHistoryOf({ touches, lines, uncommitted, isComplete }: FunctionTarget): FunctionHistory {
  const human = touches.find(({ agent, isBot }) => !agent && !isBot);
  const fixes = touches.filter(({ isFix }) => isFix);
  let origin: FunctionHistory["origin"];
  let committed = 0;
  let byAgent = 0;
  const agents = new Map<string, number>();
  for (const [commit, count] of lines) {
    committed += count.all;
    byAgent += count.byAgent;
    if (commit.agent && count.byAgent > 0) agents.set(commit.agent, (agents.get(commit.agent) ?? 0) + count.byAgent);
    if (!origin || count.all > origin.lines)
      origin = { commit: refOf(commit), lines: count.all, commitLines: commit.added };
  }
  return {
    commits: touches.length,
    authors: new Set(touches.flatMap(({ email, agent }) => (agent ? [email, agent] : [email]))).size,
    ...(touches[0] && { last: refOf(touches[0]) }),
    ...(human && { lastHuman: refOf(human) }),
    fixes: fixes.length,
    ...(fixes[0] && { lastFix: refOf(fixes[0]) }),
    ...(origin && { origin }),
    agents: [...agents].sort((a, b) => b[1] - a[1]).map(([agent]) => agent),
    aiShare: committed === 0 ? 0 : byAgent / committed,
    uncommittedLines: uncommitted,
    isComplete,
  };
}

function refOf({ id, date, author, agent }: LoggedCommit): CommitRef {
  return { id, date, author, ...(agent && { agent }) };
}
