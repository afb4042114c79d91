/** `oncall …`: who is on call now, the proof that somebody would be reached in the weeks to come, and what a change would
 *  have done. */
import type { Command } from "commander";
import type { z } from "zod";
import { listFunctions, listPeople, listServices, listTeams } from "../contract/directory.ts";
import { readOnCall } from "../contract/oncall.ts";
import { proofWeeksMax, proveReach, type reachProof } from "../contract/reach.ts";
import { channelKinds } from "../core/directory/types.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { exits } from "./exits.ts";
import { repeatedChoice, wholeNumber } from "./fields.ts";
import { addExamples } from "./help.ts";
import { addReplay } from "./replay.ts";
import { printTable, shownTime } from "./text.ts";

type Proof = z.infer<typeof reachProof>;
type Given = { readonly weeks: number; readonly within: number; readonly channel?: Proof["channels"] & object };

export function addOnCall(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("oncall").description(t("oncall.what"));
  addExamples(noun, console.said, [
    ["oncall now", t("oncall.example.now")],
    ["oncall prove", t("oncall.example.prove")],
    ["oncall prove --weeks 4 --within 5 --json", t("oncall.example.strict")],
  ]);
  addNow(noun, console);
  addProve(noun, console);
  addReplay(noun, console);
}

function addNow(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("now")
    .description(t("oncall.now.what"))
    .action(async () => {
      const found = await ask(console, readOnCall);
      if (console.json) return console.printJson(found);
      if (found.data.length === 0) return console.tell(t("oncall.now.none"));
      const people = await ask(console, listPeople);
      const nameOf = (id: string | null | undefined): string =>
        people.data.find((one) => one.id === id)?.name ?? t("oncall.nobody");
      printTable(
        console,
        [t("column.schedule"), t("column.person"), t("column.until"), t("column.next")],
        found.data.map(({ schedule, now, next }) => [
          schedule.name,
          now ? nameOf(now.person) : { text: t("oncall.nobody"), style: "red" },
          shownTime(console, now?.until),
          next ? nameOf(next.person) : "",
        ]),
      );
    });
}

function addProve(noun: Command, console: Console): void {
  const { said } = console;
  const { t } = said;
  const command = noun
    .command("prove")
    .description(t("oncall.prove.what"))
    .option("--weeks <n>", t("oncall.prove.weeks"), wholeNumber(1, proofWeeksMax, said), 13)
    .option("--within <minutes>", t("oncall.prove.within"), wholeNumber(0, 240, said), 15)
    .option("--channel <kind>", t("oncall.prove.channel"), repeatedChoice([...channelKinds], said));
  addExamples(command, said, [
    ["oncall prove", t("oncall.example.prove")],
    ["oncall prove --within 5 --json", t("oncall.example.strict")],
    ["oncall prove --channel ntfy", t("oncall.example.channel")],
  ]);
  command.action(async ({ weeks, within, channel }: Given) => {
    const body = { weeks, withinMinutes: within, ...(channel && { channels: channel }) };
    const proof = await ask(console, proveReach, { body });
    const holed = proof.subjects.filter(({ holes }) => holes.length > 0);
    if (holed.length + proof.deaf.length > 0) console.exit = exits.problemsFound;
    if (console.json) return console.printJson(proof);
    if (holed.length === 0)
      console.tell(t("oncall.prove.whole", { until: shownTime(console, proof.until), minutes: within }));
    else await printHoles(console, holed);
    if (proof.deaf.length > 0) await printDeaf(console, proof.deaf);
  });
}

type Because = Proof["deaf"][number]["because"];

const because = ({ said: { find } }: Console, reasons: Because): string =>
  reasons.map(({ step, target, reason }) => `${target || step + 1}: ${find(`reach.${reason}`) ?? reason}`).join("; ");

/** Whom an escalation may ask in vain. */
async function printDeaf(console: Console, deaf: Proof["deaf"]): Promise<void> {
  const { t } = console.said;
  const lists = { team: listTeams, function: listFunctions, owner: listServices, person: listPeople };
  console.tell(t("oncall.prove.deaf"));
  const rows = deaf.map(async ({ kind, id, because: reasons }) => {
    const found = (await ask(console, lists[kind])).data.find((one) => one.id === id);
    return [{ text: nameHere(console, found), style: "red" as const }, because(console, reasons)];
  });
  printTable(console, [t("column.name"), t("column.because")], await Promise.all(rows));
}

type Named = { readonly name: string } | { readonly nameFr: string; readonly nameEn: string };

function nameHere({ locale }: Console, found: Named | undefined): string {
  if (!found) return "";
  return "name" in found ? found.name : locale.startsWith("fr") ? found.nameFr : found.nameEn;
}

async function printHoles(console: Console, subjects: Proof["subjects"]): Promise<void> {
  const { t } = console.said;
  const services = await ask(console, listServices);
  const serviceOf = (id: string | null): string =>
    nameHere(
      console,
      services.data.find((one) => one.id === id),
    );
  const nameOf = ({ through, service, policy: { name } }: Proof["subjects"][number]): string => {
    if (through === "last-resort") return t("oncall.last-resort");
    if (through === "service") return serviceOf(service) || t("oncall.no-service");
    return service === null
      ? t("oncall.escalation", { name })
      : t("oncall.escalation.service", { name, service: serviceOf(service) });
  };
  const sortOf = (sort: Proof["subjects"][number]["sort"]): string =>
    sort ? ` (${[...sort.priorities.map((one) => `P${one}`), ...sort.categories].join(", ")})` : "";
  printTable(
    console,
    [t("column.service"), t("column.urgency"), t("column.from"), t("column.until"), t("column.because")],
    subjects.flatMap((subject) =>
      subject.holes.map((hole) => [
        { text: `${nameOf(subject)}${sortOf(subject.sort)}`, style: "red" },
        t(`urgency.${subject.urgency}`),
        shownTime(console, hole.from),
        shownTime(console, hole.until),
        because(console, hole.because),
      ]),
    ),
  );
}
