/** Wrong usage or unreadable input: the user can put it right. The CLI exits with 2 and prints only the message. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InputError";
  }
}
