/** From an entry of the record to the words that tell it. The catalogue has the sentences; here its values get names,
 *  hours and labels. */
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import type { Item } from "#core/directory/category-process.ts";
import type { Brief } from "#core/incidents/brief.ts";
import { toOwner } from "#core/incidents/escalations.ts";
import { minuteMs } from "#core/kernel/time.ts";
import type { Values } from "#languages/messages.ts";
import type { Words } from "../language/words.tsx";
import { apartTellers } from "./apart-words.ts";
import { briefDetails } from "./brief-details.ts";
import { leftToTell } from "./obligation-words.ts";
import { reasonOf } from "./reason-words.ts";
import { recordWords } from "./record-words.ts";
import { nameOf } from "./security-words.ts";

/** Names of ids that the record keeps bare. */
export type Names = (id: string) => string | undefined;

/** A part of an entry that has a name of its own; `lang` when people wrote it. */
export type Detail = { readonly label: string; readonly text: string; readonly lang?: string };

export type Told = {
  readonly kind: string;
  readonly text: string;
  readonly details: readonly Detail[];
  readonly reasons: readonly string[];
};

export type Data = Readonly<Record<string, unknown>>;
export type Teller = (data: Data, tools: { words: Words; names: Names; entry: TimelineEntry }) => Values;

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
const countIn = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
const namesIn = (people: unknown): string[] =>
  Array.isArray(people) ? people.map((one: Data) => text(one.name) ?? "") : [];

function titleOf(words: Words, value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return null;
  const title = value as { text?: unknown; code?: unknown; values?: unknown };
  if (typeof title.text === "string") return title.text;
  return words.find(`title.${String(title.code)}`, (title.values ?? {}) as Values) ?? null;
}

const badge = (words: Words, value: unknown): string | null =>
  typeof value === "number"
    ? words.t("priority.badge", { priority: value, word: words.find(`priority.${value}`) ?? "" })
    : null;

const weighed: Teller = (data, { words }) => ({
  priority: badge(words, data.priority),
  proposed: badge(words, data.proposed),
  impact: words.find(`impact.${data.impact}`)?.toLowerCase(),
  urgency: words.find(`urgency.${data.urgency}`)?.toLowerCase(),
});

const categories: Teller = (data, { words }) => ({
  categories: words.list(texts(data.categories).map((id) => words.find(`category.${id}`) ?? id)) || words.t("ui.none"),
});

const domains: Teller = (data, { words, names }) => ({
  domains: words.list(texts(data.domains).map((id) => names(`domain/${id}`) ?? id)),
});

/** Of what its categories ask: named by the page that shows them, else by its id. */
const itemName = (names: Names, id: unknown): string => names(`item/${String(id)}`) ?? String(id);

const restorationSaid: Teller = (data) => ({ as: String(data.as), text: text(data.text) });

/** As a message chooses by it. */
const flagOf: Teller = ({ flag }) => ({ flag: String(flag) });

/** As they were written; a person who proposes it has a reason instead. */
function criteriaIn({ language }: Words, criteria: unknown): string {
  const items = Array.isArray(criteria) ? (criteria as readonly Item[]) : [];
  return items.map(({ words }) => words[language]).join("; ");
}

function answerIn(words: Words, names: Names, { question, answer }: Data): string | null {
  const said = text(answer);
  if (said === null) return null;
  const choice = names(`item/${String(question)}/${said}`);
  if (choice !== undefined) return choice;
  if (said === "yes" || said === "no") return words.t(`answer.${said}`);
  return /^\d{4}-\d\d-\d\dT/.test(said) ? words.moment(said) : said;
}

const paged: Teller = (data, { words, names }) => ({
  name: names(`page/${String(data.pageId)}`) ?? words.t("person.somebody"),
  channel: words.find(`channel.${names(`page-channel/${String(data.pageId)}`)}`),
  error: text(data.error) && (words.find(`reason.unreachable.${data.error}`) ?? text(data.error)),
  possibleDuplicate: data.possibleDuplicate === true,
  with: typeof data.with === "number" ? data.with : null,
  because: words.find(`reason.stopped.${String(data.because)}`) ?? text(data.because),
  notAfter: text(data.notAfter) && words.moment(String(data.notAfter)),
});

const dated: Teller = (data, { words }) => ({ due: text(data.due) && words.moment(String(data.due)) });

const spanned: Teller = (data, { words }) => ({
  from: text(data.from) && words.moment(String(data.from)),
  until: words.moment(String(data.until)),
});

const untilThen: Teller = (data, { words }) => ({ until: words.phrase("until", String(data.until)) });

const toldOf: Teller = (data, { names }) => ({ told: nameIn(names, data.told) });

const roleName = (names: Names, id: unknown): string => names(`role/${String(id)}`) ?? String(id);

const clocked: Teller = (data, { words }) => ({
  clock: words.find(`clock.name.${String(data.clock)}`) ?? text(data.clock),
  length: words.lasting(Number(data.minutes) * minuteMs),
  share: Number(data.share),
  due: data.due ? words.moment(String(data.due)) : null,
});

const tellers: Readonly<Record<string, Teller>> = {
  "incident.reported": (data, { words }) => ({ title: titleOf(words, data.title) }),
  "incident.retitled": (data, { words }) => ({ title: titleOf(words, data.title) }),
  "incident.registered": (data, { names }) => ({
    number: names("number"),
    underRuleOf: nameIn(names, data.underRuleOf),
  }),
  "incident.merged": (data) => ({ into: text(data.intoNumber), tasks: countIn(data.tasks) }),
  "incident.absorbed": (data) => ({
    from: text(data.fromNumber),
    alerts: Number(data.alerts),
    tasks: countIn(data.tasks),
  }),
  "category.proposed": categories,
  "incident.categorised": categories,
  "major.proposed": (data, { words }) => ({ criteria: criteriaIn(words, data.criteria) }),
  "flag.proposed": (data, { words }) => ({
    flag: String(data.flag),
    criteria: criteriaIn(words, data.criteria),
  }),
  "flag.raised": flagOf,
  "flag.lowered": (data) => ({ flag: String(data.flag), was: String(data.was) }),
  "investigation.taken": (data) => ({ name: text(data.name) }),
  "access.restricted": (data, { words: { find } }) => ({
    category: find(`category.${data.category}`) ?? text(data.category),
  }),
  "access.forced": untilThen,
  "incident.marked": (data) => ({ tlp: text(data.tlp)?.toUpperCase() ?? null }),
  ...apartTellers,
  "info.gathered": (data, { words, names }) => ({
    question: itemName(names, data.question),
    answer: answerIn(words, names, data),
  }),
  "domain.added": domains,
  "domain.removed": domains,
  "criterion.confirmed": (data, { words, names }) => ({
    ...{ criterion: itemName(names, data.criterion), text: text(data.text) },
    left: words.list(leftToTell(data, { words, names })) || null,
  }),
  "recovery.item-completed": (data, { names }) => ({ item: itemName(names, data.item), text: text(data.text) }),
  "sla.paused": (data, { words, names }) => ({
    pause: itemName(names, data.pause),
    until: words.phrase("until", String(data.until)),
    supplier: nameOf(data.by),
  }),
  "sla.resumed": (data, { names }) => ({
    pause: itemName(names, data.pause),
    because: data.because === "until-reached" ? "until" : text(data.because),
  }),
  "sla.warned": clocked,
  "sla.breached": clocked,
  "priority.proposed": weighed,
  "priority.confirmed": weighed,
  "priority.overridden": weighed,
  "incident.assigned": (data, { names }) => ({
    to: nameIn(names, data.person) ?? nameIn(names, data.team) ?? nameIn(names, data.function),
  }),
  "coordination.requested": (data, { names, words }) => ({
    name: nameIn(names, data.acceptedBy) ?? words.t("person.somebody"),
  }),
  "coordination.offered": (data, { words }) => ({
    until: words.phrase("until", String(data.until)),
    from: text((data.from as Data | null)?.name),
  }),
  "coordination.handed-over": (data) => ({ from: text((data.from as Data | null)?.name) }),
  "role.filled": (data, { names }) => ({ role: roleName(names, data.role) }),
  "role.released": (data, { names }) => ({ role: roleName(names, data.role) }),
  "task.created": dated,
  "task.assigned": dated,
  "task.cancelled": (data) => ({ merged: data.because === "merged" }),
  "period.planned": spanned,
  "period.revised": untilThen,
  "notice.overdue": toldOf,
  "period.ended": (data, known) => ({ ...spanned(data, known), ...toldOf(data, known) }),
  "task.stale": (data, known) => ({ ...toldOf(data, known), undated: data.undated === true }),
  "contribution.unanswered": toldOf,
  "contribution.expired": toldOf,
  "person.advised": (data, { names, words }) => ({
    text: text(data.text),
    persons: words.list(texts(data.persons).map((id) => names(id) ?? words.t("person.somebody"))),
  }),
  "escalation.requested": (data, { names, words }) => ({
    to: data.to === toOwner ? words.t("form.addressee.owner") : (nameIn(names, data.to) ?? text(data.to)),
  }),
  "incident.identified": (data) => ({ as: (text(data.as) ?? "").split("-")[0] ?? "" }),
  "hypothesis.weighed": (data) => ({
    ...{ text: text(data.text), number: Number(data.number), side: text(data.side) },
    ...{ source: text(data.source) ?? "none", sourceName: text(data.sourceName) },
  }),
  "help.answered": (data) => ({ number: Number(data.number), sent: data.escalation !== null }),
  "solution.selected": (data, { words }) => ({
    text: text(data.text),
    considered: words.list(texts(data.considered)),
    exceeds: text(data.exceeds) ?? "none",
  }),
  "decision.made": (data, { words }) => ({ text: text(data.text), options: words.list(texts(data.options)) }),
  "service.restored": (data) => ({ text: text(data.text), bySource: data.because === "sources-resolved" }),
  "service.relapsed": (data) => ({
    text: text(data.text),
    bySource: data.because === "source-fired-again",
    byMerge: data.because === "merged",
  }),
  "restoration.confirmed": restorationSaid,
  "restoration.contested": restorationSaid,
  "recovery.confirmed": (data) => ({ confirmedBy: text(data.confirmedBy) }),
  "closure.accepted": (data) => ({ text: text(data.text) }),
  "derogation.reviewed": (data) => ({
    text: text(data.text),
    number: Number(data.number),
    verdict: text(data.verdict),
  }),
  "incident.reopened": (data) => ({ after: text(data.after) ?? "closed" }),
  "derogation.used": (data, { words }) => ({
    command: words.find(`command.${String(data.command)}.do`),
    needed: Number(data.needed),
    silent: words.list(namesIn(data.silent)) || "no",
  }),
  "alert.kind-joined": (data, { names }) => ({
    kind: text(data.kind),
    key: text(data.key),
    rule: text((data.rule as Data | undefined)?.name),
    asks: nameIn(names, data.asks),
  }),
  "alert.raised": (data) => ({ key: text(data.key), rule: text((data.rule as Data | undefined)?.name) }),
  "alerts.cleared": toldOf,
  "routing.decided": (data, { names }) => ({ policy: nameIn(names, data.policy) ?? text(data.policy) }),
  "paging.started": (data, { words }) => ({
    policy: policyName(words, data.policy),
    reason: words.find(`reason.started.${String(data.reason)}`) ?? text(data.reason),
  }),
  "paging.stepped": (data, { words }) => ({
    step: Number(data.step) + 1,
    until: words.moment(String(data.until)),
    because: words.find(`reason.stepped.${String(data.because)}`) ?? text(data.because),
  }),
  "page.requested": (data, { words, names, entry }) => {
    const why = (data.why ?? {}) as Data;
    return {
      name: text(data.name),
      channel: words.find(`channel.${String(data.channel)}`),
      /* Only a turn that comes later than the call itself is worth saying. */
      turn: Date.parse(String(data.dueAt)) > Date.parse(entry.at) ? words.moment(String(data.dueAt)) : null,
      held: words.find(`reason.held.${String(data.held)}`) ?? null,
      reason: words.find(`reason.reached.${String(why.reason)}`) ?? text(why.reason),
      schedule: text(why.schedule),
      until: text(why.until) && words.moment(String(why.until)),
      silent: words.list(texts(why.silent).map((one) => names(one) ?? one)),
    };
  },
  "page.sent": paged,
  "page.delayed": paged,
  "page.delivered": (data, tools) => ({ ...paged(data, tools), how: text(data.how) ?? "delivered" }),
  "page.undelivered": paged,
  "page.failed": paged,
  "page.expired": paged,
  "page.withdrawn": paged,
  "paging.acknowledged": (data, { words }) => {
    const people = namesIn(data.people);
    return { count: people.length, people: words.list(people) || null };
  },
  "paging.posted": (data) => ({ step: Number(data.step) + 1 }),
  "paging.post-ended": (data, { words }) => ({
    error: text(data.error) && (words.find(`reason.unreachable.${data.error}`) ?? text(data.error)),
  }),
  "paging.watched": (data, { words }) => ({ until: words.phrase("at", String(data.until)) }),
  "paging.skipped": (data, { words }) => ({
    step: Number(data.step) + 1,
    unmet: words.list(texts(data.unmet).map((one) => words.find(`reason.condition.${one}`) ?? one)),
  }),
  "paging.unreachable": (data, { words, names }) => ({
    target: nameIn(names, data.target) ?? text(data.target),
    step: Number(data.step) + 1,
    reason: words.find(`reason.unreachable.${String(data.reason)}`) ?? text(data.reason),
  }),
  "paging.stopped": (data, { words }) => ({
    because: words.find(`reason.stopped.${String(data.because)}`) ?? text(data.because),
  }),
};

type Detailer = (data: Data, tools: { words: Words; names: Names }) => (Detail | null)[];

const detail = (label: string, value: unknown, lang?: unknown): Detail | null => {
  const said = text(value);
  return said === null ? null : { label, text: said, ...(typeof lang === "string" && { lang }) };
};

const planned: Detailer = (data, { words }) => [
  detail(words.t("form.situation"), data.situation),
  detail(words.t("form.objectives"), texts(data.objectives).join("; ")),
];

const detailers: Readonly<Record<string, Detailer>> = {
  "incident.reported": (data, { words, names }) => [
    detail(words.t("facts.description"), data.description, data.language),
    detail(words.t("facts.service"), nameIn(names, data.service)),
    detail(words.t("facts.severity"), words.find(`severity.${String(data.severity)}`)),
  ],
  "solution.selected": (data, { words }) => [detail(words.t("decision.why"), data.why)],
  "decision.made": (data, { words }) => [
    detail(words.t("decision.why"), data.why),
    detail(words.t("decision.by"), data.decidedBy),
  ],
  "coordination.handed-over": (data, tools) => briefDetails((data.brief ?? null) as Brief | null, tools),
  "period.planned": planned,
  "period.revised": planned,
  "documentation.completed": (data, { words }) => [
    detail(words.t("form.summary"), data.summary, data.language),
    detail(words.t("form.complete-documentation.impact"), data.impact, data.language),
    detail(words.t("form.workaround"), data.workaround, data.language),
    detail(words.t("form.lessons"), data.lessons, data.language),
  ],
};

const nameIn = (names: Names, id: unknown): string | null => (typeof id === "string" ? (names(id) ?? null) : null);

function policyName(words: Words, policy: unknown): string {
  const name = typeof policy === "object" && policy !== null ? text((policy as Data).name) : null;
  return name && name !== "built-in" ? name : words.t("policy.built-in");
}

export function tell(words: Words, names: Names, entry: TimelineEntry): Told {
  const { data, type } = entry;
  const { t, find } = recordWords(words.locale);
  const kindId = find(`event.${type}.kind`) === undefined ? "event.unknown" : `event.${type}`;
  if (data === null) {
    return { kind: find(`${kindId}.kind`) ?? type, text: t("event.purged"), details: [], reasons: [] };
  }
  const values = { ...plain(data), ...tellers[type]?.(data, { words, names, entry }), type };
  return {
    kind: find(`${kindId}.kind`, values) ?? type,
    text: find(`${kindId}.text`, values) ?? "",
    details: (detailers[type]?.(data, { words, names }) ?? []).filter((one) => one !== null),
    reasons: texts(data.reasons).map((code) => reasonOf(words, code)),
  };
}

function plain(data: Data): Values {
  const values: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") values[name] = value;
  }
  return values;
}
