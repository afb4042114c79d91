/** `contributor …`: ask somebody without an account one thing by a link, see how it stands, remind them, take it back. */
import { Command } from "commander";
import {
  askContributor,
  type Contributions,
  type ContributionView,
  linkContribution,
  listContributions,
  remindContributor,
  revokeContribution,
} from "../contract/contributors.ts";
import { contributor } from "../languages/contributor.ts";
import { createMessages } from "../languages/messages.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { nameToIds } from "./directory.ts";
import { addFields, fieldsOf, type Given, valuesOf } from "./fields.ts";
import { addExamples } from "./help.ts";
import { plain, printTable, shownTime } from "./text.ts";

const saidIn = ({ locale }: Console) => createMessages(locale, contributor);

export function addContributors(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("contributor").description(t("contributor.what"));
  addExamples(noun, console.said, [
    ["contributor list INC-123", t("contributor.example.list")],
    [
      'contributor ask INC-123 "…" --name "Nora Petit" --email nora@example.org --choice 05:30 --choice 06:00',
      t("contributor.example.ask"),
    ],
    ["contributor link INC-123 1", t("contributor.example.link")],
  ]);
  noun
    .command("list")
    .description(t("contributor.list.what"))
    .argument("<incident>", t("contributor.incident"))
    .action(async (id: string) => print(console, await ask(console, listContributions, { params: { id } })));
  addAsking(noun, console);
  for (const [verb, endpoint] of [
    ["remind", remindContributor],
    ["revoke", revokeContribution],
  ] as const)
    numbered(noun, console, verb, async (id, contribution) =>
      print(console, await ask(console, endpoint, { params: { id }, body: { contribution } })),
    );
  numbered(noun, console, "link", async (id, contribution) => {
    const made = await ask(console, linkContribution, { params: { id }, body: { contribution } });
    if (console.json) console.printJson(made);
    else console.print(made.url);
  });
}

function addAsking(noun: Command, console: Console): void {
  const { said } = console;
  const fields = fieldsOf(askContributor.body).filter(({ name }) => name !== "text");
  /* Its options have words of their own, which are found by this name. */
  const command = new Command("ask-contributor")
    .description(said.t("contributor.ask.what"))
    .argument("<incident>", said.t("contributor.incident"))
    .argument(`<${said.t("value.text")}>`, said.t("contributor.text"));
  addFields(command, fields, said);
  noun.addCommand(command.name("ask"));
  command.action(async (id: string, text: string, given: Given) => {
    const body = { text, ...valuesOf(fields, given) };
    await nameToIds(console, fields, body);
    print(console, await ask(console, askContributor, { params: { id }, body }));
  });
}

type Verb = "remind" | "revoke" | "link";

function numbered(
  noun: Command,
  { said }: Console,
  verb: Verb,
  act: (id: string, number: number) => Promise<void>,
): void {
  noun
    .command(verb)
    .description(said.t(`contributor.${verb}.what`))
    .argument("<incident>", said.t("contributor.incident"))
    .argument(`<${said.t("value.number")}>`, said.t("contributor.number"), Number)
    .action(act);
}

function print(console: Console, all: Contributions): void {
  if (console.json) return console.printJson(all);
  const { said } = console;
  const { t } = saidIn(console);
  if (all.data.length === 0) return console.tell(t("none"));
  const nextOf = ({ forwardedTo }: ContributionView) => all.data.find((one) => one.number === forwardedTo)?.to.name;
  printTable(
    console,
    [said.t("column.number"), t("to"), t("kind"), said.t("column.state"), t("step.answered")],
    all.data.map((one) => [
      String(one.number),
      plain(one.to.name),
      t("kind.short", { kind: one.kind }),
      plain(
        t("status", {
          status: one.barred ? "barred" : one.status,
          until: shownTime(console, one.until),
          next: nextOf(one),
        }),
      ),
      plain(answered(console, one)),
    ]),
  );
}

function answered(console: Console, { kind, answer }: ContributionView): string {
  const { t } = saidIn(console);
  if (answer === null) return "";
  const choice = answer.choice && (kind === "question" ? answer.choice : t("choice", { choice: answer.choice }));
  return [choice, answer.text, answer.file?.name].filter(Boolean).join(" – ");
}
