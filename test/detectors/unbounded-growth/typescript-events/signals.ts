import { EventEmitter } from "events";
import * as net from "net";

export class Yard extends EventEmitter {
  load(crane: string) {
    this.emit("raised", crane);
  }
}

export class Signals {
  private readonly cranes = new Map<string, number>();
  private readonly lines = new Map<string, number>();
  private readonly makers = new Map<string, number>();
  private readonly callers = new Map<string, number>();
  private initializing = false;

  constructor(
    yard: Yard,
    socket: net.Socket,
  ) {
    // What the program tells itself, and no request has it told.
    yard.on("raised", this.raise.bind(this));
    socket.on("data", this.read.bind(this));
    socket.on("lookup", this.register.bind(this));
    socket.on("timeout", this.greet.bind(this));
  }

  private raise(crane: string) {
    this.cranes.set(crane, 1);
  }

  private read(line: string) {
    this.lines.set(line, 1); // want "`Signals.lines` only ever grows: .* as they like\.$"
  }

  // Only while it is set up.
  private register(maker: string) {
    if (!this.initializing) throw new Error("too late");
    this.makers.set(maker, 1);
  }

  private greet(caller: string) {
    if (!this.lines.size) throw new Error("nobody");
    this.callers.set(caller, 1); // want "`Signals.callers` only ever grows: .* as they like\.$"
  }
}

export const signals = new Signals(new Yard(), new net.Socket());
