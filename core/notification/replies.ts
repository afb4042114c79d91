/** What somebody writes back to a call: `A 412` takes it, `N 412` says not me, `NOTE 412 …` keeps a word of theirs, `?` asks
 *  how. Both languages are understood whatever the person's own: at three in the morning nobody is corrected. */

export type Reply = {
  readonly act: "accept" | "decline" | "note" | "help";
  /** `412`, or `EX-3` for an exercise; null when none was said. */
  readonly number: string | null;
  /** What follows: the reason, or the note. */
  readonly text: string;
};

const words: Readonly<Record<string, Reply["act"]>> = {
  a: "accept",
  ack: "accept",
  accept: "accept",
  accepte: "accept",
  accepté: "accept",
  acceptée: "accept",
  oui: "accept",
  yes: "accept",
  n: "decline",
  no: "decline",
  non: "decline",
  note: "note",
};

const form = /^(\p{L}+)[\s:,.]*(?:#?\s*(?:(inc|ex)(?:-\d{4})?-)?0*(\d{1,6})(?!\d))?[\s:,.-]*([\s\S]*)$/iu;
const notMe = /^(?:not me|pas moi)(?!\p{L})/iu;
export const replyTextMax = 500;

export function readReply(text: string): Reply {
  const found = form.exec(text.trim().normalize("NFC").replace(notMe, "n"));
  const act = words[found?.[1]?.toLowerCase() ?? ""];
  if (!found || act === undefined) return { act: "help", number: null, text: "" };
  const [, , prefix, figures, rest = ""] = found;
  const number = figures === undefined ? null : prefix?.toLowerCase() === "ex" ? `EX-${figures}` : figures;
  const said = rest.trim().slice(0, replyTextMax);
  /* A sentence that only begins like one of these words is no act: "no idea who that is" without a number is. */
  if (act === "accept" && number === null && said !== "") return { act: "help", number: null, text: "" };
  if (act === "note" && said === "") return { act: "help", number: null, text: "" };
  return { act, number, text: said };
}

export type KeyPress = "accept" | "decline" | "repeat" | "unknown";

/** The keys of a telephone: 1 takes it, 2 says not me, 3 says it again. */
export function readKey(digits: string): KeyPress {
  const keys: Readonly<Record<string, KeyPress>> = { "1": "accept", "2": "decline", "3": "repeat" };
  return keys[digits.trim().slice(0, 1)] ?? "unknown";
}
