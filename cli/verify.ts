/** `verify FILE`: whether an exported record is whole, without any desk. */
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { type ExportedRecord, type Verdict, verifyRecord } from "../core/kernel/record.ts";
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
  if (claimed.version !== 1)
    throw new Ended(
      exits.failure,
      "unknown-version",
      said.t("verify.unknown-version", { version: String(claimed.version) }),
    );
  return claimed as Claimed;
}

type NotWhole = Extract<Verdict, { whole: false }>;

/** An entry that is none, or a header that lacks what closes the chain, is an alteration like any other. */
export function judge(claimed: Claimed): Verdict {
  const { entries } = claimed;
  const none = entries.findIndex((entry) => !isObject(entry));
  const sound = none < 0 ? entries : entries.slice(0, none);
  const heads = Array.isArray(claimed.heads) && claimed.heads.every(isObject) ? claimed.heads : null;
  const count = Number.isSafeInteger(claimed.count) ? claimed.count : -1;
  const record = { ...claimed, entries: sound, heads: heads ?? [] } as unknown as ExportedRecord;
  const chain = verifyRecord({ ...record, count: sound.length, head: headOf(sound), heads: [] });
  if (!chain.whole) return chain;
  if (none >= 0) return { whole: false, seq: none + 1, because: "shape" };
  const after = (because: NotWhole["because"]): NotWhole => ({ whole: false, seq: entries.length + 1, because });
  if (count === -1) return after("count");
  if (heads === null) return after("noted-head");
  return verifyRecord(record);
}

/** The chain alone is judged first: whatever the header says, the first bad entry is the one to name. */
function headOf(entries: readonly unknown[]): string {
  const last = entries.at(-1) as { readonly hash?: unknown } | undefined;
  return last === undefined ? "0".repeat(64) : String(last.hash);
}

function report(console: Console, record: Claimed, verdict: Verdict): void {
  const { t } = console.said;
  const number = typeof record.number === "string" ? record.number.replace(/[^\w-]/g, "").slice(0, 40) : "";
  console.exit = verdict.whole ? exits.ok : exits.problemsFound;
  if (console.json) return console.printJson({ ...verdict, number: record.number, head: record.head });
  if (!verdict.whole)
    return console.print(t("verify.altered", { seq: verdict.seq, because: t(`verify.because.${verdict.because}`) }));
  console.print(t("verify.whole", { number, entries: verdict.entries, head: String(record.head) }));
  if (verdict.purged.length > 0)
    console.print(t("verify.purged", { count: verdict.purged.length, entries: verdict.purged.join(", ") }));
}
