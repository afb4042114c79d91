/** `supplier …`: whom services hang on outside the house, and what they are asked on an incident. */
import { Command } from "commander";
import type { z } from "zod";
import {
  addSupplier,
  callOnSupplier,
  callSupplierContact,
  changeSupplier,
  closeEngagement,
  type Engagements,
  listEngagements,
  listSupplierEngagements,
  listSuppliers,
  readSupplier,
  recordSupplierAnswer,
  recordSupplierTicket,
  type SupplierView,
} from "../contract/suppliers.ts";
import type { SupplierTelling } from "../core/kernel/supplier-words.ts";
import { minuteMs } from "../core/kernel/time.ts";
import { duration } from "../languages/format.ts";
import { createMessages } from "../languages/messages.ts";
import { suppliers } from "../languages/suppliers.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { readDefinition } from "./definition-file.ts";
import { Ended, exits } from "./exits.ts";
import { addFields, type Field, fieldsOf, type Given, valuesOf } from "./fields.ts";
import { addExamples } from "./help.ts";
import { plain, printFacts, printTable, shownTime } from "./text.ts";

const saidIn = ({ locale }: Console) => createMessages(locale, suppliers);

export function addSuppliers(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("supplier").description(t("supplier.what"));
  addExamples(noun, console.said, [
    ["supplier list", t("supplier.example.list")],
    ['supplier call INC-123 Nordlys "…"', t("supplier.example.call")],
    ["supplier answer INC-123 1 --became acknowledged --ticket NL-42", t("supplier.example.answer")],
  ]);
  addKeeping(noun, console);
  addEngaging(noun, console);
}

function addKeeping(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("list")
    .description(t("supplier.list.what"))
    .action(async () => {
      const all = await ask(console, listSuppliers);
      if (console.json) return console.printJson(all);
      const said = saidIn(console);
      printTable(
        console,
        [said.t("one"), said.t("kind"), said.t("contract"), said.t("column.first")],
        all.data.map(({ name, kind, contract, contacts, retired }) => [
          plain(retired ? `${name} (${said.t("retired")})` : name),
          said.t(`kind.${kind}`),
          plain(contract ?? ""),
          plain(contacts[0]?.name ?? ""),
        ]),
      );
    });
  noun
    .command("show")
    .description(t("supplier.show.what"))
    .argument("<supplier>", t("supplier.supplier"))
    .action(async (name: string) => {
      const { id } = await find(console, name);
      const params = { id };
      show(
        console,
        await ask(console, readSupplier, { params }),
        await ask(console, listSupplierEngagements, { params }),
      );
    });
  noun
    .command("add")
    .description(t("supplier.add.what"))
    .argument("<file>", t("supplier.file"))
    .action(async (file: string) => {
      const body = (await readDefinition(console, file, t("supplier.wrong"))) as z.input<typeof addSupplier.body>;
      kept(console, await ask(console, addSupplier, { body }));
    });
  noun
    .command("change")
    .description(t("supplier.change.what"))
    .argument("<supplier>", t("supplier.supplier"))
    .argument("<file>", t("supplier.file"))
    .action(async (name: string, file: string) => {
      const { id } = await find(console, name);
      const body = (await readDefinition(console, file, t("supplier.wrong"))) as z.input<typeof changeSupplier.body>;
      kept(console, await ask(console, changeSupplier, { params: { id }, body }));
    });
}

/** By its name or its id. */
async function find(console: Console, name: string): Promise<SupplierView> {
  const { data } = await ask(console, listSuppliers);
  const found = data.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new Ended(exits.notFound, "supplier-unknown", console.said.t("supplier.unknown", { name }));
  return found;
}

function kept(console: Console, supplier: SupplierView): void {
  if (console.json) console.printJson(supplier);
  else console.print(supplier.id);
}

type Report = z.infer<typeof listSupplierEngagements.output>;

function show(console: Console, supplier: SupplierView, report: Report): void {
  if (console.json) return console.printJson({ ...supplier, counts: report.counts, engagements: report.data });
  const { t } = saidIn(console);
  const { name, kind, contract, targets, contacts } = supplier;
  const { counts } = report;
  printFacts(console, [
    [t("one"), plain(name)],
    [t("kind"), t(`kind.${kind}`)],
    [t("contract"), contract && plain(contract)],
    ...targets.map(({ clock, minutes, inHours: hours }): [string, string] => [
      t("targets"),
      t("target.said", { clock, length: duration(minutes * minuteMs, console.locale), hours }),
    ]),
    ...contacts.map(({ name: who, role, email, phone }, index): [string, string] => [
      t("contact", { number: index + 1 }),
      plain([who, role, email, phone].filter(Boolean).join(", ")),
    ]),
    ...(["respond", "restore"] as const).map((clock): [string, string] => [
      t(`clock.${clock}`),
      [t("count.kept", { met: counts[clock].met }), t("count.missed", { missed: counts[clock].missed })].join(", "),
    ]),
  ]);
}

function addEngaging(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("on")
    .description(t("supplier.on.what"))
    .argument("<incident>", t("contributor.incident"))
    .action(async (id: string) => print(console, await ask(console, listEngagements, { params: { id } })));
  const calling = fieldsOf(callOnSupplier.body).filter(({ name }) => name === "how" || name === "context");
  acting(noun, console, "call", calling)
    .argument("<supplier>", t("supplier.supplier"))
    .argument(`<${t("value.text")}>`, t("supplier.text"))
    .action(async (id: string, name: string, text: string, given: Given) => {
      const { id: supplier } = await find(console, name);
      const body = { supplier, text, ...valuesOf(calling, given) };
      print(console, await ask(console, callOnSupplier, { params: { id }, body }));
    });
  numbered(noun, console, "answer", recordSupplierAnswer.body, (id, engagement, values) =>
    ask(console, recordSupplierAnswer, { params: { id }, body: { became: becameIn(values), ...values, engagement } }),
  );
  numbered(noun, console, "ticket", recordSupplierTicket.body, (id, engagement, values) =>
    ask(console, recordSupplierTicket, { params: { id }, body: { ticket: "", ...values, engagement } }),
  );
  numbered(noun, console, "next", callSupplierContact.body, (id, engagement, values) =>
    ask(console, callSupplierContact, { params: { id }, body: { ...values, engagement } }),
  );
  numbered(noun, console, "close", closeEngagement.body, (id, engagement, values) =>
    ask(console, closeEngagement, { params: { id }, body: { ...values, engagement } }),
  );
}

const becameIn = ({ became }: Record<string, unknown>): SupplierTelling => became as SupplierTelling;

type Verb = "call" | "answer" | "ticket" | "next" | "close";

/** Its options have words of their own, which are found by this name. */
function acting(noun: Command, { said }: Console, verb: Verb, fields: readonly Field[]): Command {
  const command = new Command(`supplier-${verb}`)
    .description(said.t(`supplier.${verb}.what`))
    .argument("<incident>", said.t("contributor.incident"));
  addFields(command, fields, said);
  noun.addCommand(command.name(verb));
  return command;
}

function numbered(
  noun: Command,
  console: Console,
  verb: Exclude<Verb, "call">,
  body: z.ZodType,
  run: (id: string, engagement: number, values: Record<string, unknown>) => Promise<Engagements>,
): void {
  const { t } = console.said;
  const fields = fieldsOf(body).filter(({ name }) => name !== "engagement");
  acting(noun, console, verb, fields)
    .argument(`<${t("value.number")}>`, t("supplier.number"), Number)
    .action(async (id: string, number: number, given: Given) =>
      print(console, await run(id, number, valuesOf(fields, given))),
    );
}

function print(console: Console, all: Engagements): void {
  if (console.json) return console.printJson(all);
  const { said } = console;
  const { t } = saidIn(console);
  if (all.data.length === 0) return console.tell(t("incident.none"));
  printTable(
    console,
    [said.t("column.number"), t("one"), said.t("column.state"), t("ticket"), t("clock"), t("contact.first")],
    all.data.map(({ number, name, status, ticket, clocks, next }) => [
      String(number),
      plain(name),
      t("status", { status }),
      plain(ticket ?? ""),
      clocks.map((one) => clockIn(console, one)).join(", "),
      plain(next?.name ?? ""),
    ]),
  );
}

function clockIn(console: Console, { clock, status, dueAt, reachedAt }: Engagements["data"][number]["clocks"][number]) {
  const { t } = saidIn(console);
  const [due, reached] = [dueAt && shownTime(console, dueAt), reachedAt && shownTime(console, reachedAt)];
  const said = t("clock.state", { status: status === "met-late" ? "late" : status, due, reached });
  return `${t("clock.line", { clock })} ${said}`;
}
