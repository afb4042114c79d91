/** `assistance …`: ask a function for help, see what awaits one, take it, give it back, hand it on, end it. */
import type { Command } from "commander";
import {
  type AssistanceView,
  acceptAssistance,
  askForAssistance,
  confirmAssistance,
  declineAssistance,
  endAssistance,
  exportAssistance,
  listAssistance,
  readAssistance,
  reopenAssistance,
  routeAssistance,
  withdrawAssistance,
} from "../contract/assistance.ts";
import { listFunctions, listTeams } from "../contract/directory.ts";
import type { Endpoint } from "../contract/endpoint.ts";
import { assistance } from "../languages/assistance.ts";
import { list } from "../languages/format.ts";
import { createMessages } from "../languages/messages.ts";
import { ask, askText } from "./api.ts";
import type { Console } from "./console.ts";
import { nameToIds } from "./directory.ts";
import { addFields, fieldsOf, type Given, valuesOf } from "./fields.ts";
import { addExamples } from "./help.ts";
import { theOneMeant } from "./naming.ts";
import { plain, printFacts, printTable, shownTime, style } from "./text.ts";

const saidIn = ({ locale }: Console) => createMessages(locale, assistance);

export function addAssistance(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("assistance").description(t("assistance.what"));
  addExamples(noun, console.said, [
    ["assistance list", t("assistance.example.list")],
    ['assistance ask "…" --kind facilities --urgent', t("assistance.example.ask")],
    ['assistance decline DA-12 --reason "…"', t("assistance.example.decline")],
  ]);
  addReading(noun, console);
  addExport(noun, console);
  addAsking(noun, console);
  addPlain(noun, console, "accept", acceptAssistance);
  addPlain(noun, console, "decline", declineAssistance);
  addRouting(noun, console);
  addPlain(noun, console, "end", endAssistance);
  addPlain(noun, console, "confirm", confirmAssistance);
  addPlain(noun, console, "reopen", reopenAssistance);
  addPlain(noun, console, "withdraw", withdrawAssistance);
}

function addReading(noun: Command, console: Console): void {
  const { said } = console;
  const fields = fieldsOf(listAssistance.query);
  const listing = noun.command("list").description(said.t("assistance.list.what"));
  addFields(listing, fields, said);
  listing.action(async (given: Given) => {
    const page = await ask(console, listAssistance, { query: valuesOf(fields, given, "query") });
    if (console.json) return console.printJson(page);
    if (page.data.length === 0) return console.tell(said.t("assistance.none"));
    const { t } = said;
    printTable(
      console,
      [t("column.number"), t("column.state"), t("column.with"), t("column.until"), t("column.title")],
      page.data.map((one) => [
        one.number,
        statusOf(console, one),
        one.to?.name ?? "",
        { text: shownTime(console, one.answerBy), style: one.late ? "red" : null },
        one.title,
      ]),
    );
    if (page.nextCursor !== null) console.tell(t("list.more", { cursor: page.nextCursor }));
  });
  noun
    .command("show")
    .description(said.t("assistance.show.what"))
    .argument("<request>", said.t("assistance.id"))
    .action(async (id: string) => {
      const request = await ask(console, readAssistance, { params: { id } });
      if (console.json) console.printJson(request);
      else printRequest(console, request);
    });
}

function addExport(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("export")
    .description(t("assistance.export.what"))
    .argument("<request>", t("assistance.id"))
    .action(async (id: string) => {
      const text = await askText(console, exportAssistance, { params: { id } });
      console.world.write(text.endsWith("\n") ? text : `${text}\n`);
    });
}

const statusOf = (console: Console, { status, holder }: AssistanceView): string =>
  saidIn(console).t(`status.${status}`, { name: holder?.name });

function printRequest(console: Console, one: AssistanceView): void {
  const { t } = saidIn(console);
  const leg = one.path.findLast(({ left }) => left === null);
  const by = leg?.because.by.map(({ what, name }) => t(`by.${what}`, { name })) ?? [];
  const because =
    leg && t(`because.${leg.because.code}`, { rule: leg.because.rule, by: list(by, console.locale) || leg.by });
  console.print(style(console, `${one.number}  ${plain(one.title)}`, "strong"));
  printFacts(console, [
    [console.said.t("column.state"), statusOf(console, one)],
    [t("fact.to"), one.to?.name ?? null],
    [console.said.t("column.because"), because ?? null],
    [t("fact.asker"), one.asker.name],
    [t("fact.kind"), one.kind.name],
    [t("fact.answer-by"), shownTime(console, one.answerBy)],
    [t("fact.incident"), one.incident?.number ?? null],
    [t("outcome"), one.outcome?.text ?? null],
  ]);
  if (one.details) console.print(`\n${one.details.split("\n").map(plain).join("\n")}`);
}

function addAsking(noun: Command, console: Console): void {
  const { said } = console;
  const fields = fieldsOf(askForAssistance.body).filter(({ name }) => name !== "title" && name !== "to");
  const command = noun
    .command("ask")
    .description(said.t("assistance.ask.what"))
    .argument(`<${said.t("value.title")}>`, said.t("assistance.title"))
    .option("--to <name>", said.t("assistance.to"));
  addFields(command, fields, said);
  command.action(async (title: string, given: Given & { readonly to?: string }) => {
    const body = { title, ...valuesOf(fields, given), ...(given.to && { to: await partyNamed(console, given.to) }) };
    await nameToIds(console, fields, body);
    const made = await ask(console, askForAssistance, { body });
    if (console.json) return console.printJson(made);
    console.print(made.number);
    const { t } = saidIn(console);
    const { number, to } = made;
    console.tell(to === null ? t("help.sent.nobody", { number }) : t("help.sent", { number, to: to.name }));
  });
}

/** A function by either name, or a team. */
async function partyNamed(console: Console, text: string) {
  const [functions, teams] = [await ask(console, listFunctions), await ask(console, listTeams)];
  const all = [
    ...functions.data.map(({ id, nameFr, nameEn }) => ({ id, kind: "function" as const, names: [nameFr, nameEn] })),
    ...teams.data.map(({ id, name }) => ({ id, kind: "team" as const, names: [name] })),
  ];
  const { kind, id } = theOneMeant(console, all, { text, namesOf: ({ names }) => names });
  return { kind, id };
}

function addRouting(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("route")
    .description(t("assistance.route.what"))
    .argument("<request>", t("assistance.id"))
    .requiredOption("--to <name>", t("assistance.to"))
    .requiredOption(`--reason <${t("value.text")}>`, t("field.reason"))
    .action(async (id: string, { to, reason }: { readonly to: string; readonly reason: string }) => {
      const body = { reason, to: await partyNamed(console, to) };
      done(console, await ask(console, routeAssistance, { params: { id }, body }));
    });
}

type Verb = "accept" | "decline" | "end" | "confirm" | "reopen" | "withdraw";

function addPlain(noun: Command, console: Console, verb: Verb, endpoint: Endpoint): void {
  const { t } = console.said;
  const fields = endpoint.body ? fieldsOf(endpoint.body) : [];
  const command = noun
    .command(verb)
    .description(t(`assistance.${verb}.what`))
    .argument("<request>", t("assistance.id"));
  addFields(command, fields, console.said);
  command.action(async (id: string, given: Given) => {
    const asked = { params: { id }, body: valuesOf(fields, given) };
    done(console, (await ask(console, endpoint, asked)) as AssistanceView);
  });
}

function done(console: Console, after: AssistanceView): void {
  if (console.json) return console.printJson(after);
  const parts = [after.number, statusOf(console, after), after.to?.name ?? ""];
  console.print(parts.filter((one) => one !== "").join("  "));
}
