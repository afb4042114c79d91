/** `search WORDS…`: everything that matches, in the language of the web's search box. */
import type { Command } from "commander";
import { type Found, search, searchKinds } from "../contract/search.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { addFields, fieldsOf, type Given, valuesOf } from "./fields.ts";
import { addExamples } from "./help.ts";
import { printTable, shownTime } from "./text.ts";

export function addSearch(program: Command, console: Console): void {
  const { said } = console;
  const { t } = said;
  const fields = fieldsOf(search.query).filter(({ name }) => name !== "q");
  const command = program
    .command("search")
    .description(t("search.what"))
    .argument(`<${t("value.words")}...>`, t("search.words"));
  addExamples(command, said, [
    ["search payment 502", t("search.example.words")],
    ["search est:ouvert service:paie", t("search.example.filters")],
    ["search INC-123 --json", t("search.example.number")],
  ]);
  addFields(command, fields, said);
  command.action(async (words: readonly string[], given: Given) => {
    const query = { ...valuesOf(fields, given, "query"), q: words.map(quoted).join(" ") };
    const page = await ask(console, search, { query });
    if (console.json) return console.printJson(page);
    for (const { code, part } of page.problems)
      console.tell(t("search.problem", { part, because: said.find(`query.problem.${code}`) ?? code }));
    if (page.data.length === 0) return console.tell(t("search.none"));
    printFound(console, page.data);
    if (page.nextCursor !== null) console.tell(t("list.more", { cursor: page.nextCursor }));
  });
}

/** What the shell took the quotes from: several words in one argument belong together. */
const quoted = (word: string): string => {
  if (!/\s/.test(word) || word.includes('"')) return word;
  const [, filter = "", value = word] = /^(-?\p{L}+:)(.*)$/u.exec(word) ?? [];
  return `${filter}"${value}"`;
};

function printFound(console: Console, all: readonly Found[]): void {
  const { t, find } = console.said;
  const rows = searchKinds.flatMap((kind) => all.filter((one) => one.kind === kind));
  printTable(
    console,
    [t("column.kind"), t("column.number"), t("column.state"), t("column.since"), t("column.title")],
    rows.map((one) => [find(`search.kind.${one.kind}`) ?? one.kind, ...cellsOf(console, one)]),
  );
}

function cellsOf(console: Console, one: Found): [string, string, string, string] {
  const { find } = console.said;
  switch (one.kind) {
    case "incident":
      return [one.number, find(`stage.${one.stage}`) ?? one.stage, shownTime(console, one.reportedAt), one.title];
    case "report":
      return [one.incident.number, "", shownTime(console, one.madeAt), one.title];
    case "alert":
      return [
        one.incident?.number ?? "",
        find(`alert.status.${one.status}`) ?? one.status,
        shownTime(console, one.openedAt),
        one.title,
      ];
    case "person":
      return ["", "", "", `${one.name} <${one.email}>`];
    case "team":
      return ["", "", "", one.name];
    case "service":
      return ["", "", "", console.locale.startsWith("fr") ? one.nameFr : one.nameEn];
  }
}
