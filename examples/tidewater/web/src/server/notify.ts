export interface Mail {
  to: string;
  subject: string;
  body: string;
}

export interface Notice {
  email: string;
  harbour: string;
  at: number;
  text: string;
  /** Minutes that local time is ahead of UTC. */
  utcOffset: number;
}

export type Sender = (mail: Mail) => Promise<void>;

/** The mail for a tide alert. */
export function tideMail(notice: Notice): Mail {
  const local = new Date(notice.at * 1000 + notice.utcOffset * 60_000);
  const day = local.toISOString().slice(0, 10);
  const time = local.toISOString().slice(11, 16);
  const place = notice.harbour.charAt(0).toUpperCase() + notice.harbour.slice(1);
  const lines = [`${place}, ${day} at ${time}`, "", notice.text, "", "Tidewater"];
  return { to: notice.email, subject: `${place}: ${notice.text}`, body: lines.join("\n") };
}

/** Sends mails one after the other and returns the addresses that failed. */
export async function sendAll(mails: Mail[], send: Sender): Promise<string[]> {
  const failed: string[] = [];
  for (const mail of mails) {
    try {
      await send(mail);
    } catch (error) {
      console.warn("mail failed", mail.to, error);
      failed.push(mail.to);
    }
  }
  return failed;
}
