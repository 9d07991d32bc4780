/** The repository. */
export const ROOT: string;

export interface Program {
  /** As a person calls it, for messages. */
  readonly name: string;
  /** When set, the only place looked at. */
  readonly environmentVariable: string;
  /** Names on the path, or absolute paths, in order of preference. */
  readonly candidates: readonly string[];
  readonly debianPackage: string;
}

export interface VsCodeServerOptions {
  /** Where extensions were installed by `installExtension`; by default none are. */
  readonly extensionsDir?: string;
  /** Whether the workbench asks for trust, and so starts in restricted mode. Off by default. */
  readonly workspaceTrust?: boolean;
  /** Added to this process's environment for the server and its extension hosts. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface WorkbenchPayload {
  /** Absolute path of an extension loaded for development. */
  readonly extension?: string;
  /** Absolute path of a module with `run()`, executed in the extension host. */
  readonly tests?: string;
}

export interface VsCodeServer {
  readonly port: number;
  /** The address of a workbench with `folder` (an absolute path) open. */
  url(folder: string, payload?: WorkbenchPayload): string;
  /** Ends the server with its extension hosts, and deletes its data. */
  stop(): Promise<void>;
}

/** Installs the server into `.cache/vscode-server` unless a complete one is there. Resolves to its entry script. */
export function ensureVsCodeServer(): Promise<string>;

/** Resolves to Chromium's path. Installs it where that can be done; otherwise rejects, saying how to. */
export function ensureChromium(): Promise<string>;

/** Resolves to Neovim's path. Installs it where that can be done; otherwise rejects, saying how to. */
export function ensureNeovim(): Promise<string>;

/** Resolves to tmux's path. Installs it where that can be done; otherwise rejects, saying how to. */
export function ensureTmux(): Promise<string>;

export function ensureProgram(program: Program): Promise<string>;

/** Resolves to a Node which can run the server. */
export function findNode(): Promise<string>;

export function findOnPath(name: string): Promise<string | undefined>;

/** A server on a free port of 127.0.0.1 with a fresh data directory. It ends with this process. */
export function startVsCodeServer(options?: VsCodeServerOptions): Promise<VsCodeServer>;

/** Installs a VSIX as a user does. Resolves to what the installer printed. */
export function installExtension(vsix: string, extensionsDir: string): Promise<string>;
