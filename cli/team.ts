/** `team`: what each is for on an incident and whether it could answer; and, of one incident, the teams that were activated on it. */
import type { Command } from "commander";
import { listTeams } from "../contract/directory.ts";
import {
  type ActivationView,
  listIncidentTeams,
  listTeamReadiness,
  noteTeamExercise,
  type Readiness,
  readTeamReadiness,
  writeTeamMandate,
} from "../contract/teams.ts";
import { languageOfLocale } from "../core/kernel/vocabulary.ts";
import { createMessages } from "../languages/messages.ts";
import { teams } from "../languages/teams.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { readDefinition } from "./definition-file.ts";
import { addExamples } from "./help.ts";
import { theOneMeant } from "./naming.ts";
import { type Cell, printTable, type Style, shownTime, style } from "./text.ts";

export function addTeams(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("team").description(t("team.what"));
  addExamples(noun, console.said, [
    ["team list", t("team.example.list")],
    ["team show CSIRT", t("team.example.show")],
    ['team exercised CSIRT --on 2026-05-12 --what "Table-top"', t("team.example.exercised")],
  ]);
  noun
    .command("list")
    .description(t("team.list"))
    .action(async () => {
      const { data } = await ask(console, listTeamReadiness);
      if (console.json) return console.printJson({ data });
      if (data.length === 0) return console.tell(t("team.none"));
      printTable(
        console,
        [t("column.team"), t("column.state")],
        data.map((one): Cell[] => [one.team.name, readyCell(console, one)]),
      );
    });
  noun
    .command("show")
    .description(t("team.show"))
    .argument("<team>", t("field.team"))
    .action(async (name: string) => {
      const known = await ask(console, readTeamReadiness, { params: { id: await idOf(console, name) } });
      if (console.json) console.printJson(known);
      else printReadiness(console, known);
    });
  addWriting(noun, console);
}

function addWriting(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("mandate")
    .description(t("team.mandate"))
    .argument("<team>", t("field.team"))
    .argument("<file>", t("team.mandate.file"))
    .action(async (name: string, file: string) => {
      const given = await readDefinition(console, file, t("team.mandate.wrong"));
      const charter = ("charter" in given ? given.charter : given) as never;
      const id = await idOf(console, name);
      const known = await ask(console, writeTeamMandate, { params: { id }, body: { charter } });
      if (console.json) console.printJson(known);
      else printReadiness(console, known);
    });
  noun
    .command("exercised")
    .description(t("team.exercised"))
    .argument("<team>", t("field.team"))
    .requiredOption(`--on <${t("value.text")}>`, t("team.exercised.on"))
    .requiredOption(`--what <${t("value.text")}>`, t("team.exercised.what"))
    .action(async (name: string, { on, what }: { readonly on: string; readonly what: string }) => {
      const id = await idOf(console, name);
      const known = await ask(console, noteTeamExercise, { params: { id }, body: { on, what } });
      if (console.json) console.printJson(known);
      else printReadiness(console, known);
    });
}

export function addIncidentTeams(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("teams")
    .description(t("incident.teams"))
    .argument("<incident>", t("incident.id"))
    .action(async (id: string) => {
      const { data } = await ask(console, listIncidentTeams, { params: { id } });
      if (console.json) console.printJson({ data });
      else if (data.length === 0) console.tell(t("incident.teams.none"));
      else for (const one of data) printActivation(console, one);
    });
}

async function idOf(console: Console, text: string): Promise<string> {
  const { data } = await ask(console, listTeams);
  const found = data.find(({ id }) => id === text);
  return (found ?? theOneMeant(console, data, { text, namesOf: ({ name }) => [name] })).id;
}

const wordsOf = ({ locale }: Console) => createMessages(locale, teams).t;

function readyCell(console: Console, { ready, findings }: Readiness): Cell {
  const say = wordsOf(console);
  return ready ? { text: say("ready"), style: "green" } : say("not-ready", { count: findings.length });
}

function printReadiness(console: Console, known: Readiness): void {
  const say = wordsOf(console);
  const { team, charter, findings, exercises } = known;
  const language = languageOfLocale(console.locale);
  console.print(style(console, team.name, "strong"));
  if (charter === null) return console.tell(say("mandate.none"));
  console.print(charter.mandate[language]);
  console.print(
    `${say("mandate.quorum")}  ${say("mandate.quorum.said", { people: charter.people, minutes: charter.minutes })}`,
  );
  if (findings.length === 0) console.print(style(console, say("ready"), "green"));
  for (const one of findings) console.print(`- ${sentence(console, one)}`);
  if (exercises.length === 0) return;
  console.print("");
  printTable(
    console,
    [say("exercise.on"), say("exercise.what"), ""],
    exercises.map(({ on, what, by }) => [on, what, by.name]),
  );
}

function sentence(console: Console, one: Readiness["findings"][number]): string {
  const id = one.kind.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return wordsOf(console)(`finding.${id as "vacancy"}`, {
    role: one.role?.[languageOfLocale(console.locale)] ?? "",
    needed: one.needed,
    able: one.able,
    level: one.level,
    people: one.people.map(({ name }) => name).join(", "),
    schedule: one.schedule?.name ?? "",
    from: one.from && shownTime(console, one.from),
    until: one.until && shownTime(console, one.until),
  });
}

function printActivation(console: Console, one: ActivationView): void {
  const say = wordsOf(console);
  const { quorum, left, missedAt } = one;
  const state = left ? "left" : quorum.met ? "met" : missedAt ? "missed" : "waits";
  const shown: Style | null = state === "met" ? "green" : state === "missed" ? "red" : null;
  const word = say(`status.${state}`);
  const { people, needed } = quorum;
  console.print(
    `${style(console, one.name, "strong")}  ${shown ? style(console, word, shown) : word}  ${say("quorum", { people, needed })}`,
  );
  printTable(
    console,
    [say("mandate.roles"), ""],
    [
      ...one.roles.map(({ id, name }) => [name, holders(one, id) || say("role.nobody")]),
      ...(holders(one, null) ? [[say("members.without"), holders(one, null)]] : []),
    ],
  );
}

const holders = ({ members }: ActivationView, role: string | null): string =>
  members
    .filter((one) => one.role === role)
    .map(({ name }) => name)
    .join(", ");
