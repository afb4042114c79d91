/** Incidents and their timelines as lines of text. */
import type { z } from "zod";
import type { readSimilar } from "../contract/recording.ts";
import type { IncidentView } from "../contract/shapes.ts";
import type { TimelineEntry } from "../contract/timeline-entry.ts";
import { list } from "../languages/format.ts";
import { dueText } from "./clocks-text.ts";
import type { Console } from "./console.ts";
import { plain, printFacts, printTable, type Style, shownTime, style } from "./text.ts";

const styleOf = (priority: number | null): Style | null => (priority === 1 ? "red" : priority === 2 ? "yellow" : null);

function priorityOf({ said }: Console, priority: number | null): string {
  if (priority === null) return "";
  return said.t("priority.badge", { priority, word: said.find(`priority.${priority}`) ?? "" });
}

const stageOf = ({ said }: Console, { stage }: Pick<IncidentView, "stage">): string =>
  said.find(`stage.${stage}`) ?? stage;

export function stageAndPriority(console: Console, incident: IncidentView): string {
  return [stageOf(console, incident), priorityOf(console, incident.priority)].filter((one) => one !== "").join(", ");
}

export function printIncidents(console: Console, incidents: readonly IncidentView[]): void {
  const { t } = console.said;
  if (incidents.length === 0) return console.tell(t("incident.none"));
  const heads = [
    t("column.number"),
    t("column.priority"),
    t("column.stage"),
    t("column.since"),
    t("column.with"),
    t("column.due"),
    t("column.title"),
  ];
  printTable(
    console,
    heads,
    incidents.map((one) => [
      one.number,
      { text: priorityOf(console, one.priority), style: styleOf(one.priority) },
      stageOf(console, one),
      shownTime(console, one.milestones.reported),
      one.acceptedBy?.name ?? one.assigned?.name ?? "",
      dueText(console, one),
      one.title,
    ]),
  );
}

type Similar = z.output<typeof readSimilar.output>["data"];

export function printSimilar(console: Console, similar: Similar): void {
  const { t } = console.said;
  if (similar.length === 0) return console.tell(t("similar.none"));
  printTable(
    console,
    [t("column.number"), t("column.stage"), t("column.title"), t("column.solution")],
    similar.map((one) => [one.number, stageOf(console, one), one.title, one.solution ?? ""]),
  );
}

export function printIncident(console: Console, incident: IncidentView): void {
  const { said, locale } = console;
  const { t, find } = said;
  const categories = incident.categories.map((one) => find(`category.${one}`) ?? one);
  const criteria = new Map([
    ...incident.asks.criteria.map(({ id, name }): [string, string] => [id, name]),
    ...incident.asks.roles.map(({ id, name }): [string, string] => [`role/${id}`, name]),
    ...incident.workstreams.map(({ number, title }): [string, string] => [`workstream/${number}`, title]),
  ]);
  const held = incident.asks.roles.filter(({ id, holder }) => holder !== null && id !== "coordinator");
  const open = incident.tasks.filter(({ status }) => status === "open");
  const missing = incident.missing.map((one) => find(`milestone.missing.${one}`) ?? criteria.get(one) ?? one);
  const { called, nextAt, status } = incident.paging;
  console.print(style(console, `${incident.number}  ${plain(incident.title)}`, "strong"));
  printFacts(console, [
    [t("column.stage"), stageOf(console, incident)],
    [t("column.priority"), priorityOf(console, incident.priority)],
    [t("fact.service"), incident.service?.name ?? null],
    [t("fact.categories"), list(categories, locale)],
    [t("fact.accepted"), incident.acceptedBy?.name ?? null],
    [t("fact.coordinator"), incident.coordinator?.name ?? null],
    [t("fact.offered"), incident.offer?.to.name ?? null],
    ...held.map(({ name, holder }): [string, string | null] => [name, holder?.name ?? null]),
    [t("fact.assigned"), incident.assigned?.name ?? null],
    [t("fact.paging"), status === "idle" ? null : (find(`paging.status.${status}`) ?? status)],
    [
      t("fact.called"),
      list(
        called.map(({ name }) => name),
        locale,
      ),
    ],
    [t("fact.next"), shownTime(console, nextAt)],
    [t("fact.due"), dueText(console, incident) || null],
    [t("fact.paused"), incident.paused && shownTime(console, incident.paused.until)],
    [t("fact.alerts"), incident.alerts.open === 0 ? null : t("fact.alerts.open", incident.alerts)],
    [t("fact.missing"), list(missing, locale)],
    ...incident.workstreams
      .filter((one) => one.status === "under-way" || one.status === "blocked")
      .map((one): [string, string] => [
        t("fact.workstream", { number: one.number }),
        [
          plain(one.title),
          one.lead.name,
          t(one.status === "blocked" ? "workstream.blocked" : "workstream.under-way"),
          one.news && plain(one.news.text),
        ]
          .filter(Boolean)
          .join(" · "),
      ]),
    ...open.map(({ number, text, owner, due }): [string, string] => [
      t("brief.task", { number }),
      [plain(text), owner?.name ?? "", shownTime(console, due)].filter(Boolean).join(" · "),
    ]),
  ]);
  console.print("");
  printFacts(
    console,
    Object.entries(incident.milestones)
      .sort(([, a], [, b]) => (a < b ? -1 : 1))
      .map(([name, at]) => [find(`milestone.${name}`) ?? name, shownTime(console, at)]),
  );
  if (incident.description) console.print(`\n${incident.description.split("\n").map(plain).join("\n")}`);
}

export function printTimeline(console: Console, entries: readonly TimelineEntry[]): void {
  const { t, find } = console.said;
  const heads = [t("column.seq"), t("column.at"), t("column.who"), t("column.kind"), t("column.said")];
  printTable(
    console,
    heads,
    entries.map((entry) => [
      String(entry.seq),
      shownTime(console, entry.at),
      entry.actor.name || reporterOf(entry) || (find(`actor.${entry.actor.kind}`) ?? entry.actor.kind),
      find(`event.${entry.type}.kind`, { type: entry.type }) ?? entry.type,
      saidIn(console, entry),
    ]),
  );
}

/** Whoever reports without an account is named by what they said of themselves. */
const reporterOf = ({ data }: TimelineEntry): string =>
  String((data?.origin as { readonly name?: string | null } | undefined)?.name ?? "");

/** What somebody wrote; everything else an entry holds is in `--json`. */
const spoken = [
  "text",
  "title",
  "number",
  "solution",
  "cause",
  "summary",
  "expected",
  "name",
  "error",
  "question",
  "answer",
  "criterion",
  "item",
];

function saidIn(console: Console, { data, reason, derogation }: TimelineEntry): string {
  const { find, t } = console.said;
  if (data === null) return t("event.purged");
  const priority = typeof data.priority === "number" ? priorityOf(console, data.priority) : "";
  const categories = Array.isArray(data.categories) ? data.categories.map((one) => find(`category.${one}`) ?? one) : [];
  const texts = spoken.map((name) => textOf(data[name])).filter((one) => one !== "");
  return [...texts, priority, list(categories, console.locale), reason ?? "", derogation ?? ""]
    .filter((one) => one !== "")
    .join(" · ");
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const { text } = (typeof value === "object" && value !== null ? value : {}) as { readonly text?: unknown };
  return typeof text === "string" ? text : "";
}
