import { execFileSync } from "node:child_process";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { tempTree, write } from "../host/tempTree";

export interface Identity {
  name: string;
  email: string;
}

export const mia: Identity = { name: "Mia Lund", email: "mia@harbour.example" };
export const ola: Identity = { name: "Ola Berg", email: "ola@harbour.example" };

/** A git repository in a temporary folder whose commits have fixed identities and dates, one day apart. */
export class Repository {
  private day = 0;

  private constructor(readonly root: string) {}

  static create(): Repository {
    const repository = new Repository(tempTree());
    repository.git("init", "--quiet", "--initial-branch=main");
    return repository;
  }

  git(...args: string[]): string {
    return this.gitAs(mia, ...args);
  }

  /** Writes files and commits them. @returns the commit's id */
  commit(message: string, files: Record<string, string>, author: Identity = mia): string {
    write(this.root, files);
    this.gitAs(author, "add", "--all");
    return this.commitStaged(message, author);
  }

  commitStaged(message: string, author: Identity = mia): string {
    this.day++;
    this.gitAs(
      author,
      "commit",
      "--quiet",
      "--allow-empty",
      "--allow-empty-message",
      "--cleanup=verbatim",
      "-m",
      message,
    );
    return this.head();
  }

  merge(branch: string, ...args: string[]): string {
    this.day++;
    this.gitAs(mia, "merge", "--quiet", "--no-ff", "--no-edit", ...args, branch);
    return this.head();
  }

  move(from: string, to: string): void {
    renameSync(join(this.root, from), join(this.root, to));
  }

  write(files: Record<string, string>): void {
    write(this.root, files);
  }

  head(): string {
    return this.git("rev-parse", "HEAD").trim();
  }

  private gitAs({ name, email }: Identity, ...args: string[]): string {
    const date = new Date(Date.UTC(2026, 0, 1 + this.day, 12)).toISOString();
    return execFileSync("git", args, {
      cwd: this.root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: this.root,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: name,
        GIT_AUTHOR_EMAIL: email,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: name,
        GIT_COMMITTER_EMAIL: email,
        GIT_COMMITTER_DATE: date,
      },
    });
  }
}
