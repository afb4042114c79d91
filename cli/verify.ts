/** `verify FILE`: whether an exported record is whole, without any desk. */
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { type ExportedRecord, type Verdict, verifyEntries, verifyRecord } from "../core/kernel/record.ts";
import { list } from "../languages/format.ts";
import { createMessages } from "../languages/messages.ts";
import { restriction } from "../languages/restriction.ts";
import { type Console, fromHere } from "./console.ts";
import { Ended, exits } from "./exits.ts";
import { addExamples } from "./help.ts";

export function addVerify(program: Command, console: Console): void {
  const { t } = console.said;
  const command = program
    .command("verify")
    .description(t("verify.what"))
    .argument("<file>", t("verify.file"))
    .action(async (file: string) => {
      const record = readRecord(console, await readText(console, file));
      report(console, record, judge(record));
    });
  addExamples(command, console.said, [
    ["verify inc-123.json", t("verify.example.file")],
    ["incident export INC-123 | tocsin verify -", t("verify.example.pipe")],
    ["verify inc-123.json --json", t("verify.example.json")],
  ]);
}

async function readText(console: Console, file: string): Promise<string> {
  if (file === "-") return console.world.readInput();
  try {
    return await readFile(fromHere(console.world, file), "utf8");
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === "ENOENT";
    const code = absent ? "file-not-found" : "file-unreadable";
    throw new Ended(absent ? exits.notFound : exits.failure, code, console.said.t(`verify.${code}`, { file }));
  }
}

/** What claims to be a record, before anything in it is believed. */
type Claimed = Readonly<Record<keyof ExportedRecord, unknown>> & { readonly entries: readonly unknown[] };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readRecord({ said }: Console, text: string): Claimed {
  let claimed: unknown;
  try {
    claimed = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new Ended(exits.failure, "not-json", said.t("verify.not-json", { cause: String(cause) }));
  }
  if (!isObject(claimed) || claimed.format !== "tocsin-record" || !Array.isArray(claimed.entries))
    throw new Ended(exits.failure, "not-a-record", said.t("verify.not-a-record"));
  if (membersIn(text) !== membersOf(claimed))
    throw new Ended(exits.problemsFound, "name-repeated", said.t("verify.name-repeated"));
  if (claimed.version !== 1)
    throw new Ended(
      exits.failure,
      "unknown-version",
      said.t("verify.unknown-version", { version: String(claimed.version) }),
    );
  return claimed as Claimed;
}

/** A name that stands twice in one object is read one way here and another way elsewhere, and leaves no trace once parsed:
 *  the members that the text has are counted against those that were read. */
const membersIn = (text: string): number => text.replace(/"(?:[^"\\]|\\.)*"/g, "").split(":").length - 1;

/** Without recursion: a file may be nested deeper than a program may call itself. */
function membersOf(value: unknown): number {
  let members = 0;
  const waiting = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one !== "object" || one === null) continue;
    const inside = Object.values(one);
    if (!Array.isArray(one)) members += inside.length;
    for (const value of inside) waiting.push(value);
  }
  return members;
}

type NotWhole = Extract<Verdict, { whole: false }>;

/** An entry that is none, or a header that lacks what closes the chain, is an alteration like any other. */
export function judge(claimed: Claimed): Verdict {
  const { entries } = claimed;
  const none = entries.findIndex((entry) => !isObject(entry));
  const sound = none < 0 ? entries : entries.slice(0, none);
  const heads = Array.isArray(claimed.heads) && claimed.heads.every(isObject) ? claimed.heads : null;
  const count = Number.isSafeInteger(claimed.count) ? claimed.count : -1;
  const record = { ...claimed, entries: sound } as unknown as ExportedRecord;
  /* First the entries alone: whatever is said around them, the first bad one is the one to name. */
  const chain = verifyEntries(record);
  if (chain) return chain;
  if (none >= 0) return { whole: false, seq: none + 1, because: "shape" };
  const after = (because: NotWhole["because"]): NotWhole => ({ whole: false, seq: entries.length + 1, because });
  if (count === -1) return after("count");
  if (heads === null) return after("noted-head");
  return verifyRecord(record);
}

function report(console: Console, record: Claimed, verdict: Verdict): void {
  const { t } = console.said;
  const number = typeof record.number === "string" ? record.number.replace(/[^\w-]/g, "").slice(0, 40) : "";
  console.exit = verdict.whole ? exits.ok : exits.problemsFound;
  if (console.json) return console.printJson({ ...verdict, number: record.number, head: record.head });
  if (!verdict.whole) {
    const because = t(`verify.because.${verdict.because}`);
    return console.print(
      verdict.seq === 0 ? t("verify.altered.around", { because }) : t("verify.altered", { seq: verdict.seq, because }),
    );
  }
  console.print(t("verify.whole", { number, entries: verdict.entries, head: String(record.head) }));
  if (verdict.purged.length > 0)
    console.print(t("verify.purged", { count: verdict.purged.length, entries: verdict.purged.join(", ") }));
  if (verdict.withheld.length > 0) {
    const of = { count: verdict.withheld.length, entries: verdict.withheld.join(", ") };
    console.print(createMessages(console.locale, restriction).t("verify.withheld", of));
  }
  const unproved = verdict.unproved.map((what) => t(`verify.unproved.${what}`));
  console.print(t("verify.unproved", { what: list(unproved, console.said.locale) }));
}
