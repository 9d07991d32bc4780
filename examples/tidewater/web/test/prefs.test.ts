import { describe, expect, it, vi } from "vitest";
import { berthLines, feetAndInches, formatHeight } from "../src/client/board.js";
import { broadcast } from "../src/server/alertStream.js";
import { sendAll, tideMail } from "../src/server/notify.js";
import { decodePrefs, defaultPrefs, encodePrefs, updatePrefs } from "../src/shared/prefs.js";

describe("prefs", () => {
  it("survives a round trip", () => {
    const prefs = { harbours: ["polwherry"], kinds: ["surge"], units: "imperial" as const, email: "a@b.example" };
    expect(decodePrefs(encodePrefs(prefs))).toEqual(prefs);
  });

  it("falls back to the defaults", () => {
    expect(decodePrefs("not json")).toEqual(defaultPrefs);
    expect(decodePrefs("null")).toEqual(defaultPrefs);
  });

  it("changes one field", () => {
    expect(decodePrefs(updatePrefs("{}", { units: "imperial" })).units).toBe("imperial");
  });
});

describe("format", () => {
  it("converts metres", () => {
    expect(feetAndInches(1.5)).toBe("4 ft 11 in");
    expect(formatHeight(4.25, "metric")).toBe("4.3 m");
  });

  it("lists berths", () => {
    berthLines([{ id: "A1", length_cm: 1200 }]);
  });
});

describe("mail", () => {
  it("uses local time", () => {
    const mail = tideMail({ email: "a@b.example", harbour: "sennack", at: 0, text: "High water 5.2 m", utcOffset: 60 });
    expect(mail.body.split("\n")[0]).toBe("Sennack, 1970-01-01 at 01:00");
  });

  it("reports the addresses that failed", async () => {
    const send = vi.fn().mockRejectedValueOnce(new Error("full")).mockResolvedValue(undefined);
    const mails = ["a@b.example", "c@d.example"].map((to) => ({ to, subject: "", body: "" }));
    expect(await sendAll(mails, send)).toEqual(["a@b.example"]);
  });

  it("broadcasts", () => {
    broadcast({ id: "1", kind: "surge", harbour: "polwherry", text: "Surge" });
  });
});
