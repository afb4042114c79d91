/** `known-error`: what is known to be wrong and not put right yet, with what helps meanwhile; kept by level 5. */
import type { Command } from "commander";
import { listServices } from "../contract/directory.ts";
import { addKnownError, changeKnownError, listKnownErrors } from "../contract/known-errors.ts";
import { workaroundIn } from "../core/directory/known-errors.ts";
import { languageOfLocale } from "../core/kernel/vocabulary.ts";
import { knownErrors } from "../languages/known-errors.ts";
import { createMessages } from "../languages/messages.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { theOneMeant } from "./naming.ts";
import { plain, printTable } from "./text.ts";

type Given = { readonly helpsFr?: string; readonly helpsEn?: string; readonly service?: readonly string[] };

const bothNames = ({ nameFr, nameEn }: { readonly nameFr: string; readonly nameEn: string }) => [nameFr, nameEn];

export function addKnownErrors(program: Command, console: Console): void {
  const { t } = createMessages(console.locale, knownErrors);
  const own = console.said.t;
  const noun = program.command("known-error").description(t("known-error.what"));
  noun
    .command("list")
    .description(t("known-error.list"))
    .action(async () => {
      const all = await ask(console, listKnownErrors);
      if (console.json) return console.printJson(all);
      if (all.data.length === 0) return console.tell(t("known-error.none"));
      const language = languageOfLocale(console.locale);
      printTable(
        console,
        [own("column.id"), own("column.state"), own("column.name"), t("known-error.helps")],
        all.data.map((one) => [
          one.id,
          t(one.retired ? "known-error.retired" : "known-error.stands"),
          plain(language === "fr" ? one.nameFr : one.nameEn),
          plain(workaroundIn(one, language).text),
        ]),
      );
    });
  noun
    .command("add")
    .description(t("known-error.add"))
    .argument("<french>", own("vital.name.fr"))
    .argument("<english>", own("vital.name.en"))
    .option("--helps-fr <text>", t("known-error.helps.fr"))
    .option("--helps-en <text>", t("known-error.helps.en"))
    .option("--service <service...>", t("known-error.services"))
    .action(async (nameFr: string, nameEn: string, { helpsFr, helpsEn, service = [] }: Given) => {
      const all = service.length === 0 ? [] : (await ask(console, listServices)).data;
      const services = service.map((text) => theOneMeant(console, all, { text, namesOf: bothNames }).id);
      const body = { nameFr, nameEn, workaroundFr: helpsFr ?? null, workaroundEn: helpsEn ?? null, services };
      const made = await ask(console, addKnownError, { body });
      if (console.json) console.printJson(made);
      else console.tell(t("known-error.added", { id: made.id }));
    });
  for (const name of ["retire", "restore"] as const)
    noun
      .command(name)
      .description(t(`known-error.${name}`))
      .argument("<error>", own("field.knownError"))
      .action(async (id: string) => {
        const made = await ask(console, changeKnownError, { params: { id }, body: { retired: name === "retire" } });
        if (console.json) console.printJson(made);
        else console.tell(t(made.retired ? "known-error.retired" : "known-error.stands"));
      });
}
