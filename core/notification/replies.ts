/** What somebody writes back to a call: `A 412` takes it, `N 412` says not me, `NOTE 412 …` keeps a word of theirs, `?` asks
 *  how. Both languages are understood whatever the person's own: at three in the morning nobody is corrected. */

export type Reply = {
  readonly act: "accept" | "decline" | "note" | "free" | "help";
  /** `412`, or `EX-3` for an exercise; null when none was said. */
  readonly number: string | null;
  /** What follows: the reason, or the note. `free`: the whole, which begins with no such word. */
  readonly text: string;
};

type Act = Exclude<Reply["act"], "free">;
const words: Readonly<Record<string, Act>> = {
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
/** What those who carry messages act upon themselves, and what only asks: no words for a record. */
const noNote =
  /^(?:stop|stopall|unsubscribe|cancel|end|quit|start|unstop|yes|info|help|aide|arret|arrêt|annuler|fin|\W*|\p{L}{1,2}\W*)$/iu;
const someWord = /\p{L}{3}/u;
const notMe = /^(?:not me|pas moi)(?!\p{L})/iu;
export const replyTextMax = 500;

export function readReply(text: string): Reply {
  const found = form.exec(text.trim().normalize("NFC").replace(notMe, "n"));
  const act = words[found?.[1]?.toLowerCase() ?? ""];
  if (!found || act === undefined) return unled(text);
  const [, , prefix, figures, rest = ""] = found;
  const number = figures === undefined ? null : prefix?.toLowerCase() === "ex" ? `EX-${figures}` : figures;
  const said = rest.trim().slice(0, replyTextMax);
  /* A sentence that only begins like one of these words is no act: "no idea who that is" without a number is. */
  if (act === "accept" && number === null && said !== "") return unled(text);
  if (act === "note" && said === "") return { act: "help", number: null, text: "" };
  return { act, number, text: said };
}

/** What begins with no word of ours: a note where it says something, else a question of how. */
function unled(text: string): Reply {
  const own = text.trim().slice(0, replyTextMax);
  return someWord.test(own) && !noNote.test(own)
    ? { act: "free", number: null, text: own }
    : { act: "help", number: null, text: "" };
}

export type KeyPress = "accept" | "decline" | "repeat" | "note" | "unknown";

/** The keys of a telephone: 1 takes it, 2 says not me, 3 says it again, 4 speaks a note. */
export function readKey(digits: string): KeyPress {
  const keys: Readonly<Record<string, KeyPress>> = { "1": "accept", "2": "decline", "3": "repeat", "4": "note" };
  return keys[digits.trim().slice(0, 1)] ?? "unknown";
}
