import type { Cancellation } from "../../core/base/cancellation";
import { CancelledError } from "../../core/base/cancellation";
import { InputError } from "../../core/base/errors";
import type { Person } from "../../core/model/signOff";
import { runGit } from "../history/git";

const timeout = 10_000;

/**
 * Who git says the user is, from the configuration of the repository and the user's own: whom it would make the author
 * of a commit. `undefined` where git is missing or has not been told; nothing is guessed.
 *
 * @throws CancelledError
 */
export async function gitIdentity(root: string, cancellation: Cancellation): Promise<Person | undefined> {
  const { person } = await readIdentity(root, cancellation);
  return person;
}

/**
 * As `gitIdentity`, for whoever cannot go on without.
 *
 * @throws InputError that says what to set
 * @throws CancelledError
 */
export async function requireIdentity(root: string, cancellation: Cancellation): Promise<Person> {
  const { person, problem } = await readIdentity(root, cancellation);
  if (!person) throw new InputError(problem);
  return person;
}

async function readIdentity(root: string, cancellation: Cancellation): Promise<{ person?: Person; problem: string }> {
  const args = ["config", "-z", "--get-regexp", "^(user|author)\\.(name|email)$"];
  const { end, output } = await runGit(root, args, { cancellation, timeout });
  if (end === "cancelled") throw new CancelledError();
  if (end === "missing") return { problem: "Git is not installed: a sign-off is made under your git name." };
  const values = new Map<string, string>();
  for (const entry of output.toString("utf8").split("\0")) {
    const at = entry.indexOf("\n");
    // Later ones are nearer to the repository, and count.
    if (at > 0) values.set(entry.slice(0, at), clean(entry.slice(at + 1)));
  }
  // Git prefers these for authors.
  const name = values.get("author.name") || values.get("user.name");
  const email = values.get("author.email") || values.get("user.email");
  if (name && email) return { person: { name, email }, problem: "" };
  const missing = [
    ...(name ? [] : ['git config --global user.name "Your Name"']),
    ...(email ? [] : ["git config --global user.email you@example.com"]),
  ];
  return {
    problem: `Git does not know who you are, and a sign-off is made under your git name. Run: ${missing.join(" && ")}`,
  };
}

/** As git itself does when it writes a commit. */
function clean(value: string): string {
  return value.replace(/[<>\n]/g, "").trim();
}
