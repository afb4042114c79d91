/** `oncall replay`: what the last days would have been with a changed schedule or policy, or a service moved to another policy,
 *  before it is saved. */
import type { Command } from "commander";
import type { z } from "zod";
import { listPeople } from "../contract/directory.ts";
import { replayDaysMax, replayPages, type replayPart } from "../contract/reach.ts";
import { addParts, countOf, emptyPart, quantile, type Sums } from "../core/drills/replay-parts.ts";
import { differenceKinds } from "../core/kernel/vocabulary.ts";
import { duration } from "../languages/format.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { readDefinition } from "./definition-file.ts";
import { Ended, exits } from "./exits.ts";
import { wholeNumber } from "./fields.ts";
import { addExamples } from "./help.ts";
import { printFacts, printTable, shownTime } from "./text.ts";

type Difference = z.infer<typeof replayPart>["differences"][number];
type Given = {
  readonly policy?: string;
  readonly schedule?: string;
  readonly service?: string;
  readonly days: number;
};
type Found = Sums<Difference> & { readonly incidents: number };

export function addReplay(noun: Command, console: Console): void {
  const { said } = console;
  const { t, find } = said;
  const file = find("value.file") ?? "";
  const command = noun
    .command("replay")
    .description(t("oncall.replay.what"))
    .option(`--policy <${file}>`, t("oncall.replay.policy"))
    .option(`--schedule <${file}>`, t("oncall.replay.schedule"))
    .option(`--service <${file}>`, t("oncall.replay.service"))
    .option("--days <n>", t("oncall.replay.days"), wholeNumber(1, replayDaysMax, said), replayDaysMax);
  addExamples(command, said, [
    ["oncall replay --policy night.json", t("oncall.example.replay")],
    ["oncall replay --schedule rota.json --days 30 --json", t("oncall.example.replay-strict")],
  ]);
  command.action(async ({ policy, schedule, service, days }: Given) => {
    if (policy === undefined && schedule === undefined && service === undefined)
      throw new Ended(exits.usage, "nothing-changed", t("oncall.replay.nothing"));
    const change = {
      ...(policy !== undefined && { policy: await read(console, policy, ["id", "steps", "repeat", "default"]) }),
      ...(schedule !== undefined && { schedule: await read(console, schedule, ["id", "layers", "declaredGaps"]) }),
      ...(service !== undefined && { service: await read(console, service, ["id", "policy"]) }),
    };
    const found = await replay(console, { days, change });
    if (countOf(found.differences, "nobody") > 0) console.exit = exits.problemsFound;
    if (console.json) return console.printJson(found);
    await print(console, found);
  });
}

/** As the API answers with it, changed by hand: what a replay has no use for is left out. */
async function read(console: Console, file: string, names: readonly string[]): Promise<object> {
  const value = await readDefinition(console, file, console.said.t("oncall.replay.not-a-definition", { file }));
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

async function replay(console: Console, body: { readonly days: number; readonly change: object }): Promise<Found> {
  const { world, said } = console;
  let sums: Sums<Difference> = emptyPart;
  let seen = 0;
  for (let cursor: string | null = null; ; ) {
    const part: z.infer<typeof replayPart> = await ask(console, replayPages, {
      body: { ...body, ...(cursor !== null && { cursor }) },
    });
    sums = addParts<Difference>(part, sums);
    seen += part.seen;
    cursor = part.next;
    if (cursor === null) return { incidents: seen, ...sums };
    if (world.terminal.err) console.tell(said.t("oncall.replay.progress", { seen, all: part.incidents }));
  }
}

async function print(console: Console, found: Found): Promise<void> {
  const { t } = console.said;
  printFacts(console, [
    [t("oncall.replay.incidents"), String(found.incidents)],
    ...factsOfPages(console, found, t("oncall.replay.delay")),
  ]);
  await printPages(console, found.differences);
}

/** `delay`: how the delays are called. */
export function factsOfPages(
  console: Console,
  { pages, differences, delays, unanswered }: Sums<Pick<Difference, "kind">>,
  delay: string,
): (readonly [string, string])[] {
  const { t } = console.said;
  const length = (ms: number | null): string => (ms === null ? "–" : duration(ms, console.locale));
  const both = (before: string | number, after: string | number): string => `${before} → ${after}`;
  const delayOf = (share: number): string =>
    both(length(quantile(delays.before, share)), length(quantile(delays.after, share)));
  return [
    [t("oncall.replay.pages"), both(pages.before, pages.after)],
    ...differenceKinds.map((kind) => [t(`oncall.replay.${kind}`), String(countOf(differences, kind))] as const),
    [delay, `${delayOf(0.5)}; ${delayOf(0.9)}`],
    [t("oncall.replay.unanswered"), both(unanswered.before, unanswered.after)],
  ];
}

type Listed = Pick<Difference, "kind" | "startedAt" | "before" | "after"> & {
  readonly incident: Difference["incident"] | null;
};

/** The list behind the numbers: newest first. */
export async function printPages(console: Console, differences: readonly Listed[]): Promise<void> {
  const { t } = console.said;
  if (differences.length === 0) return;
  const people = await ask(console, listPeople);
  const nameOf = (call: Difference["before"]): string =>
    call ? (people.data.find((one) => one.id === call.person)?.name ?? call.person) : "–";
  console.print("");
  printTable(
    console,
    [t("column.number"), t("column.at"), t("column.becomes"), t("column.before"), t("column.after")],
    differences.map(({ kind, incident, startedAt, before, after }) => [
      incident?.number ?? "–",
      shownTime(console, before?.at ?? after?.at ?? startedAt),
      { text: t(`oncall.replay.${kind}`), style: kind === "nobody" ? "red" : null },
      nameOf(before),
      nameOf(after),
    ]),
  );
}
