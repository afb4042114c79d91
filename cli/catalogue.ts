/** `service …` and `vital …`: what services need of each other, which vital functions they support, and how long each of those may be
 *  out. */
import type { Command } from "commander";
import {
  addVitalFunction,
  changeService,
  changeVitalFunction,
  listPeople,
  listServices,
  listVitalFunctions,
} from "../contract/directory.ts";
import { type Criticality, criticalities } from "../core/kernel/impact-words.ts";
import { languageOfLocale } from "../core/kernel/vocabulary.ts";
import { impact } from "../languages/impact.ts";
import { createMessages } from "../languages/messages.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { wholeNumber } from "./fields.ts";
import { addExamples } from "./help.ts";
import { theOneMeant } from "./naming.ts";
import { plain, printTable } from "./text.ts";

type Bilingual = { readonly id: string; readonly nameFr: string; readonly nameEn: string };
const bothNames = ({ nameFr, nameEn }: Bilingual): string[] => [nameFr, nameEn];
const nameOf = ({ locale }: Console, one: Bilingual): string =>
  plain(languageOfLocale(locale) === "fr" ? one.nameFr : one.nameEn);

export function addCatalogue(program: Command, console: Console): void {
  addServices(program, console);
  addVital(program, console);
}

function addServices(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("service").description(t("service.what"));
  addExamples(noun, console.said, [
    ["service list", t("service.example.list")],
    ["service needs Payroll Network", t("service.example.needs")],
    ["service supports Payroll Salaries", t("service.example.supports")],
  ]);
  noun
    .command("list")
    .description(t("service.list"))
    .action(() => listed(console));
  noun
    .command("needs")
    .description(t("service.needs"))
    .argument("<service>", t("field.service"))
    .argument("<other>", t("service.other"))
    .option("--degraded", t("service.degraded"))
    .option("--no-more", t("service.no-more"))
    .action((one: string, other: string, { degraded, more }: Needing) =>
      needs(console, [one, other], { degraded, more }),
    );
  noun
    .command("supports")
    .description(t("service.supports"))
    .argument("<service>", t("field.service"))
    .argument("<function>", t("vital.function"))
    .option("--no-more", t("service.no-more"))
    .action((one: string, other: string, { more }: Needing) => supports(console, [one, other], more));
  for (const verb of ["retire", "restore"] as const)
    noun
      .command(verb)
      .description(said(console)(`service.${verb}`))
      .argument("<service>", t("field.service"))
      .action((text: string) => retires(console, text, verb === "retire"));
}

const said = ({ locale }: Console) => createMessages(locale, impact).t;

async function retires(console: Console, text: string, retired: boolean): Promise<void> {
  const { id } = theOneMeant(console, (await ask(console, listServices)).data, { text, namesOf: bothNames });
  await ask(console, changeService, { params: { id }, body: { retired } });
  await listed(console);
}

type Needing = { readonly degraded?: true | undefined; readonly more: boolean };
type Pair = readonly [string, string];

async function listed(console: Console): Promise<void> {
  const { t } = console.said;
  const own = said(console);
  const all = await ask(console, listServices);
  if (console.json) return console.printJson(all);
  const vital = new Map((await ask(console, listVitalFunctions)).data.map((one) => [one.id, one]));
  const services = new Map(all.data.map((one) => [one.id, one]));
  const named = (known: ReadonlyMap<string, Bilingual>, id: string): string => {
    const found = known.get(id);
    return found ? nameOf(console, found) : id;
  };
  printTable(
    console,
    [t("column.service"), t("service.column.needs"), t("service.column.supports"), own("service.state")],
    all.data.map((one) => [
      nameOf(console, one),
      one.dependsOn.map(({ on }) => named(services, on)).join(", "),
      one.vital.map((id) => named(vital, id)).join(", "),
      own(one.retired ? "service.retired" : "service.stands"),
    ]),
  );
}

/** What was said of the same two is said anew. */
async function needs(console: Console, [text, otherText]: Pair, { degraded, more }: Needing): Promise<void> {
  const { data } = await ask(console, listServices);
  const one = theOneMeant(console, data, { text, namesOf: bothNames });
  const { id: on } = theOneMeant(console, data, { text: otherText, namesOf: bothNames });
  const kind = degraded ? "degraded-without" : "needs";
  const others = one.dependsOn.filter((each) => each.on !== on);
  const dependsOn = more ? [...others, { on, kind } as const] : others;
  await ask(console, changeService, { params: { id: one.id }, body: { dependsOn } });
  await listed(console);
}

async function supports(console: Console, [text, otherText]: Pair, more: boolean): Promise<void> {
  const one = theOneMeant(console, (await ask(console, listServices)).data, { text, namesOf: bothNames });
  const { id } = await functionMeant(console, otherText);
  const others = one.vital.filter((each) => each !== id);
  await ask(console, changeService, { params: { id: one.id }, body: { vital: more ? [...others, id] : others } });
  await listed(console);
}

const functionMeant = async (console: Console, text: string) =>
  theOneMeant(console, (await ask(console, listVitalFunctions)).data, { text, namesOf: bothNames });

type Fields = {
  readonly nameFr?: string;
  readonly nameEn?: string;
  readonly owner?: string;
  readonly criticality?: Criticality;
  readonly tolerable?: number;
};

function addVital(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("vital").description(t("vital.what"));
  addExamples(noun, console.said, [
    ["vital list", t("vital.example.list")],
    ['vital add "Paie" "Salaries" --criticality critical --tolerable 240', t("vital.example.add")],
  ]);
  noun
    .command("list")
    .description(t("vital.list"))
    .action(() => vitalListed(console));
  const add = noun
    .command("add")
    .description(t("vital.add"))
    .argument("<french>", t("vital.name.fr"))
    .argument("<english>", t("vital.name.en"));
  withFields(add, console).action(async (nameFr: string, nameEn: string, given: Fields) => {
    await ask(console, addVitalFunction, { body: { nameFr, nameEn, ...(await bodyOf(console, given)) } });
    await vitalListed(console);
  });
  const change = noun.command("change").description(t("vital.change")).argument("<function>", t("vital.function"));
  withFields(change, console)
    .option("--name-fr <name>", t("vital.name.fr"))
    .option("--name-en <name>", t("vital.name.en"))
    .action(async (text: string, { nameFr, nameEn, ...given }: Fields) => {
      const names = { ...(nameFr && { nameFr }), ...(nameEn && { nameEn }) };
      await changed(console, text, { ...names, ...(await bodyOf(console, given)) });
    });
  for (const verb of ["retire", "restore"] as const)
    noun
      .command(verb)
      .description(t(`vital.${verb}`))
      .argument("<function>", t("vital.function"))
      .action((text: string) => changed(console, text, { retired: verb === "retire" }));
}

const withFields = (command: Command, { said }: Console): Command =>
  command
    .option("--owner <person>", said.t("vital.owner"))
    .addOption(command.createOption("--criticality <choice>", said.t("vital.criticality")).choices([...criticalities]))
    .option("--tolerable <minutes>", said.t("vital.tolerable"), wholeNumber(1, 527_040, said));

async function bodyOf(console: Console, { owner, criticality, tolerable }: Fields): Promise<object> {
  const people = owner === undefined ? [] : (await ask(console, listPeople)).data;
  const namesOf = ({ name, email }: (typeof people)[number]) => [name, email];
  return {
    ...(owner !== undefined && { owner: theOneMeant(console, people, { text: owner, namesOf }).id }),
    ...(criticality && { criticality }),
    ...(tolerable !== undefined && { tolerableMinutes: tolerable }),
  };
}

async function changed(console: Console, text: string, body: object): Promise<void> {
  const { id } = await functionMeant(console, text);
  await ask(console, changeVitalFunction, { params: { id }, body });
  await vitalListed(console);
}

async function vitalListed(console: Console): Promise<void> {
  const all = await ask(console, listVitalFunctions);
  if (console.json) return console.printJson(all);
  const { t } = createMessages(console.locale, impact);
  printTable(
    console,
    [t("vital.one"), t("vital.criticality"), t("vital.tolerable")],
    all.data.map((one) => [
      one.retired ? `${nameOf(console, one)} (${t("vital.retired")})` : nameOf(console, one),
      t(`criticality.${one.criticality}`),
      one.tolerableMinutes === null ? t("vital.tolerable.none") : `${one.tolerableMinutes} min`,
    ]),
  );
}
