/** `contact-point …`: the ways by which the caller is reached, and a test of all of them. */
import type { Command } from "commander";
import type { z } from "zod";
import {
  addContactPoint,
  changeContactPoint,
  type contactPoint,
  listContactPoints,
  type newContactPoint,
  readTestPage,
  removeContactPoint,
  sendContactCode,
  type testEvidence,
  testPage,
  verifyContactPoint,
} from "../contract/notifications.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { exits } from "./exits.ts";
import { addExamples } from "./help.ts";
import { printTable, shownTime } from "./text.ts";

type Point = z.infer<typeof contactPoint>;
type Evidence = z.infer<typeof testEvidence>;

export function addContactPoints(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("contact-point").description(t("contact-point.what"));
  addExamples(noun, console.said, [
    ["contact-point list", t("contact-point.example.list")],
    ["contact-point add ntfy --topic ana-x7k2", t("contact-point.example.add")],
    ["contact-point test", t("contact-point.example.test")],
  ]);
  noun
    .command("list")
    .description(t("contact-point.list.what"))
    .action(async () => {
      const found = await ask(console, listContactPoints);
      if (console.json) return console.printJson(found);
      printPoints(console, found.data);
    });
  addAdding(noun, console);
  addActs(noun, console);
  addTest(noun, console);
}

function addAdding(noun: Command, console: Console): void {
  const { t } = console.said;
  const add = noun.command("add").description(t("contact-point.add.what"));
  const send = async (body: z.input<typeof newContactPoint>): Promise<void> => {
    const made = await ask(console, addContactPoint, { body });
    if (console.json) return console.printJson(made);
    console.print(made.id);
    if (made.secret !== null) console.tell(t("contact-point.secret", { secret: made.secret }));
    console.tell(t("contact-point.added", { id: made.id }));
  };
  const name = ["--name <name>", t("contact-point.name")] as const;
  add
    .command("email")
    .description(t("contact-point.add.email"))
    .requiredOption("--address <address>", t("contact-point.address"))
    .option(...name)
    .action((given: { address: string; name?: string }) => send({ kind: "email", ...given }));
  add
    .command("ntfy")
    .description(t("contact-point.add.ntfy"))
    .requiredOption("--topic <topic>", t("contact-point.topic"))
    .option("--server <url>", t("contact-point.server"))
    .option("--access-token <token>", t("contact-point.token"))
    .option(...name)
    .action(({ accessToken, ...given }: { topic: string; server?: string; accessToken?: string; name?: string }) =>
      send({ kind: "ntfy", ...given, token: accessToken ?? null }),
    );
  add
    .command("webhook")
    .description(t("contact-point.add.webhook"))
    .requiredOption("--to <url>", t("contact-point.url"))
    .option(...name)
    .action(({ to, ...given }: { to: string; name?: string }) => send({ kind: "webhook", url: to, ...given }));
  addOthers(add, console, send);
}

type Send = (body: z.input<typeof newContactPoint>) => Promise<void>;

/** One that is a number, an identifier or an address and nothing else. A browser subscribes by itself, on its page. */
function addOthers(add: Command, console: Console, send: Send): void {
  const { t } = console.said;
  const one = (kind: keyof typeof others, make: (to: string) => z.input<typeof newContactPoint>): void => {
    const [flag, word] = others[kind];
    add
      .command(kind)
      .description(t(`contact-point.add.${kind}`))
      .requiredOption(`--${flag} <${flag}>`, t(`contact-point.${word}`))
      .option("--name <name>", t("contact-point.name"))
      .action(({ name, ...given }: Record<string, string | undefined>) =>
        send({ ...make(given[flag] ?? ""), ...(name !== undefined && { name }) }),
      );
  };
  one("sms", (number) => ({ kind: "sms", number }));
  one("voice", (number) => ({ kind: "voice", number }));
  one("telegram", (to) => ({ kind: "telegram", to }));
  one("slack", (to) => ({ kind: "slack", to }));
  one("mattermost", (url) => ({ kind: "mattermost", url }));
  one("teams", (url) => ({ kind: "teams", url }));
}

const others = {
  sms: ["number", "number"],
  voice: ["number", "number"],
  telegram: ["to", "telegram"],
  slack: ["to", "slack"],
  mattermost: ["to", "room"],
  teams: ["to", "room"],
} as const;

function addActs(noun: Command, console: Console): void {
  const { t } = console.said;
  const said = (found: Point): void => (console.json ? console.printJson(found) : printPoints(console, [found]));
  const act = (verb: string, run: (id: string) => Promise<void>): Command =>
    noun
      .command(verb)
      .description(console.said.find(`contact-point.${verb}.what`) ?? verb)
      .argument("<id>", t("contact-point.id"))
      .action(run);
  noun
    .command("verify")
    .description(t("contact-point.verify.what"))
    .argument("<id>", t("contact-point.id"))
    .argument("<code...>", t("contact-point.code"))
    .action(async (id: string, code: string[]) =>
      said(await ask(console, verifyContactPoint, { params: { id }, body: { code: code.join("") } })),
    );
  act("send-code", async (id) => said(await ask(console, sendContactCode, { params: { id } })));
  act("enable", async (id) =>
    said(await ask(console, changeContactPoint, { params: { id }, body: { enabled: true } })),
  );
  act("disable", async (id) =>
    said(await ask(console, changeContactPoint, { params: { id }, body: { enabled: false } })),
  );
  act("remove", async (id) => {
    const answer = await ask(console, removeContactPoint, { params: { id } });
    if (console.json) console.printJson(answer);
    else console.tell(t("contact-point.removed"));
  });
}

function addTest(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("test")
    .description(t("contact-point.test.what"))
    .option("--show", t("contact-point.test.show"))
    .action(async ({ show }: { show?: boolean }) => {
      const found = show ? await ask(console, readTestPage) : await ask(console, testPage);
      if (found.data.some((one) => one.state === "failed")) console.exit = exits.problemsFound;
      if (console.json) return console.printJson(found);
      printEvidence(console, found.data);
      console.tell(t("test.limit"));
      if (found.data.some((one) => one.state === "pending")) console.tell(t("contact-point.test.later"));
    });
}

function printPoints(console: Console, points: readonly Point[]): void {
  const { t, find } = console.said;
  printTable(
    console,
    [t("column.id"), t("contact.kind"), t("column.name"), t("contact.address"), t("column.state")],
    points.map((one) => [
      one.id,
      t(`contact.kind.${one.kind}`),
      one.name ?? "",
      one.address,
      [t(`contact.state.${one.state}`), one.lastError && (find(`reason.unreachable.${one.lastError}`) ?? one.lastError)]
        .filter(Boolean)
        .join(" · "),
    ]),
  );
}

function printEvidence(console: Console, all: readonly Evidence[]): void {
  const { t, find } = console.said;
  const styles = { acknowledged: "green", failed: "red", accepted: "yellow", pending: null } as const;
  printTable(
    console,
    [t("contact.kind"), t("contact.address"), t("column.said")],
    all.map((one) => {
      const at = shownTime(console, one.acknowledgedAt ?? one.acceptedAt ?? one.askedAt);
      const error = find(`reason.unreachable.${one.lastError}`) ?? one.lastError ?? "";
      return [
        one.name ?? t(`contact.kind.${one.kind}`),
        one.address,
        { text: t(`test.state.${one.state}`, { at, error }), style: styles[one.state] },
      ];
    }),
  );
}
