import { agentOf, isFixCommit } from "../../core/history/commitKind";
import type { TitledCommit } from "../../core/history/lineOrigins";
import { shown } from "./logReader";

/** A commit as `git log` prints it with `commitFormat`. */
export interface PatchedCommit {
  commit: TitledCommit;
  /** It says that it corrects something, or takes something back. */
  isFix: boolean;
  /** What follows the message: the patch, where one was asked for. */
  patch: string;
}

const fields = ["%H", "%as", "%an", "%ae", "%cn", "%ce", "%s", "%b"];

/** The `--format` that `patchedCommitsIn` reads. A NUL cannot stand in a name, a message or a patch of a text. */
export const commitFormat = `--format=${fields.map((field) => `%x00${field}`).join("")}%x00`;

/** Patches whose form no configuration changes. */
export const plainPatches = [
  "-p",
  "-U0",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];

export function patchedCommitsIn(output: string): PatchedCommit[] {
  const parts = output.split("\0");
  const commits: PatchedCommit[] = [];
  for (let i = 1; i + fields.length < parts.length + 1; i += fields.length + 1) {
    const [id, date, authorName, authorEmail, committerName, committerEmail, subject, body, patch] = parts.slice(i);
    if (patch === undefined) break;
    const people = { authorName, authorEmail, committerName, committerEmail } as Record<string, string>;
    const message = `${subject}\n\n${body}`;
    const agent = agentOf({ ...people, message } as Parameters<typeof agentOf>[0]);
    const commit = {
      id: id as string,
      date: date as string,
      author: shown(authorName as string),
      subject: shown(subject as string, 120),
      ...(agent && { agent }),
    };
    commits.push({ commit, isFix: isFixCommit(message), patch });
  }
  return commits;
}
