/** Everything under way, and what whoever takes over must know, as lines of text. */
import type { Command } from "commander";
import { type BriefView, readIncidentBrief, readWatch, type Watched } from "../contract/coordination.ts";
import { minuteMs } from "../core/kernel/time.ts";
import { list } from "../languages/format.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { plain, printFacts, printTable, shownTime } from "./text.ts";

export function addWatching(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("watch")
    .description(t("incident.watch"))
    .option("--silent", t("incident.watch.silent"))
    .action(async ({ silent }: { readonly silent?: true }) => {
      const watch = await ask(console, readWatch, { query: silent ? { silent: "true" } : {} });
      if (console.json) return console.printJson(watch);
      console.tell(t("incident.watch.counts", watch.counts));
      if (watch.data.length > 0) printWatched(console, watch.data, Date.parse(watch.at));
    });
  noun
    .command("brief")
    .description(t("incident.brief"))
    .argument("<incident>", t("incident.id"))
    .action(async (id: string) => {
      const brief = await ask(console, readIncidentBrief, { params: { id } });
      if (console.json) console.printJson(brief);
      else printBrief(console, brief);
    });
}

function printWatched(console: Console, all: readonly Watched[], at: number): void {
  const { t, find } = console.said;
  const heads = [
    t("column.number"),
    t("column.priority"),
    t("column.stage"),
    t("watch.heard"),
    t("fact.coordinator"),
    t("watch.tasks"),
    t("watch.workstreams"),
    t("column.title"),
  ];
  printTable(
    console,
    heads,
    all.map((one) => {
      const minutes = Math.floor((at - Date.parse(one.heardAt)) / minuteMs);
      return [
        one.number,
        one.priority === null ? "" : `P${one.priority}`,
        find(`stage.${one.stage}`) ?? one.stage,
        { text: t(one.silent ? "watch.silent" : "watch.minutes", { minutes }), style: one.silent ? "red" : null },
        one.coordinator?.name ?? (one.offeredTo ? t("watch.offered", { name: one.offeredTo.name }) : ""),
        one.tasks.open === 0 ? "" : t("watch.tasks.open", one.tasks),
        one.workstreams.open === 0 ? "" : t("watch.workstreams.open", one.workstreams),
        plain(one.title),
      ];
    }),
  );
}

function printBrief(console: Console, brief: BriefView): void {
  const { said, locale } = console;
  const { t, find } = said;
  const names = (all: readonly { readonly name: string }[]) =>
    list(
      all.map(({ name }) => name),
      locale,
    );
  const words = (one: BriefView["lastUpdate"]) =>
    one ? `${plain(one.text)} (${one.by}, ${shownTime(console, one.at)})` : null;
  printFacts(console, [
    [t("column.stage"), find(`stage.${brief.stage}`) ?? brief.stage],
    [t("column.priority"), brief.priority === null ? null : `P${brief.priority}`],
    [t("column.since"), shownTime(console, brief.since)],
    [t("fact.coordinator"), brief.coordinator],
    [t("fact.accepted"), brief.acceptedBy],
    [t("fact.assigned"), brief.assigned],
    ...brief.roles.filter(({ id }) => id !== "coordinator").map(({ role, name }): [string, string] => [role, name]),
    [t("brief.unfilled"), names(brief.unfilled)],
    ...brief.tasks.map(({ number, text, owner, due }): [string, string] => [
      t("brief.task", { number }),
      [plain(text), owner ?? "", shownTime(console, due)].filter(Boolean).join(" · "),
    ]),
    ...brief.escalations.map(({ number, to, holder }): [string, string] => [
      t("brief.escalation", { number }),
      [to, holder ?? ""].filter(Boolean).join(" · "),
    ]),
    [t("brief.unanswered"), names(brief.unanswered)],
    [t("brief.unknown"), names(brief.unknown)],
    [t("brief.last-update"), words(brief.lastUpdate)],
    [t("brief.last-decision"), words(brief.lastDecision)],
    [t("brief.next"), brief.next && shownTime(console, brief.next.at)],
  ]);
}
