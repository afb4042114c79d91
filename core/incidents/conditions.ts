/** From a query as typed to conditions on incidents: names become ids, days become instants. The same conditions are put to
 *  the database by the server and to the rows in hand by the browser. */
import { dayMs, hourMs, startOfDate } from "../kernel/time.ts";
import { endedStages, type Instant, openStages, type Priority, type Stage, stages } from "../kernel/vocabulary.ts";
import { wordsOf } from "../kernel/words.ts";
import { namesOf } from "./proposals.ts";
import type { Filter, Query, QueryProblem } from "./query.ts";

export type Condition = { readonly negated: boolean } & (
  | { readonly kind: "stage"; readonly stages: readonly Stage[] }
  | { readonly kind: "accepted" }
  | { readonly kind: "unassigned" }
  | { readonly kind: "exercise" }
  /** Somebody of level 5 has still to look at it. */
  | { readonly kind: "to-check" }
  /** A target is missed, and nobody was ever asked for help: what the process lets nobody overlook. */
  | { readonly kind: "unescalated"; readonly by: Instant }
  | { readonly kind: "service" | "team" | "function" | "person" | "category"; readonly ids: readonly string[] }
  | { readonly kind: "priority"; readonly priorities: readonly Priority[] }
  /** From inclusive, until exclusive. */
  | { readonly kind: "reported"; readonly from: Instant | null; readonly until: Instant | null }
  /** Of its targets that still run, the first is due by then: one that is missed too. */
  | { readonly kind: "due"; readonly by: Instant }
);

/** Something that may be named in a query, by any of its names. */
export type Named = { readonly id: string; readonly names: readonly string[] };

export type QueryKnown = {
  readonly services: readonly Named[];
  readonly teams: readonly Named[];
  readonly functions: readonly Named[];
  readonly people: readonly Named[];
  readonly categories: readonly Named[];
  /** Whoever asks: `assignee:me`. */
  readonly me: string | null;
  readonly now: Instant;
  readonly zone: string;
};

/** What a directory holds, as far as a query may name it. */
export type Nameable = {
  readonly services: Iterable<Parameters<typeof namesOf>[0] & { readonly id: string }>;
  readonly teams: Iterable<{ readonly id: string; readonly name: string }>;
  readonly functions: Iterable<Bilingual>;
  readonly people: Iterable<{ readonly id: string; readonly name: string; readonly email: string }>;
  readonly categories: Iterable<Bilingual>;
};
type Bilingual = { readonly id: string; readonly nameFr: string; readonly nameEn: string };

/** The same names for whoever reads a query: the server from its directory, the browser from what it was given. */
export function namedBy(all: Nameable): Omit<QueryKnown, "me" | "now" | "zone"> {
  return {
    services: [...all.services].map((one) => ({ id: one.id, names: namesOf(one) })),
    teams: [...all.teams].map(({ id, name }) => ({ id, names: [name] })),
    functions: [...all.functions].map(({ id, nameFr, nameEn }) => ({ id, names: [nameFr, nameEn] })),
    people: [...all.people].map(({ id, name, email }) => ({ id, names: [name, email] })),
    categories: [...all.categories].map(({ id, nameFr, nameEn }) => ({ id, names: [id, nameFr, nameEn] })),
  };
}

export type Resolved = { readonly conditions: readonly Condition[]; readonly problems: readonly QueryProblem[] };

export function resolveQuery(query: Query, known: QueryKnown): Resolved {
  const problems: QueryProblem[] = [...query.problems];
  const conditions = query.filters.map((filter) => conditionOf(filter, known, problems));
  return { conditions, problems };
}

function conditionOf(filter: Filter, known: QueryKnown, problems: QueryProblem[]): Condition {
  const { key, negated } = filter;
  switch (key) {
    case "is":
      return stateOf(filter, known, problems);
    case "service":
      return { kind: "service", negated, ids: named(filter, known.services, problems) };
    case "team":
      return { kind: "team", negated, ids: named(filter, known.teams, problems) };
    case "function":
      return { kind: "function", negated, ids: named(filter, known.functions, problems) };
    case "category":
      return { kind: "category", negated, ids: named(filter, known.categories, problems) };
    case "assignee":
      return assigneeOf(filter, known, problems);
    case "priority":
      return { kind: "priority", negated, priorities: prioritiesOf(filter, problems) };
    case "due":
      return dueOf(filter, known, problems);
    default:
      return reportedOf(filter, known, problems);
  }
}

/** Folded, hyphens for spaces. Stages by their own names are added below. */
const states: Readonly<Record<string, readonly Stage[]>> = {
  open: openStages,
  ouvert: openStages,
  ouverte: openStages,
  ended: endedStages,
  termine: endedStages,
  signale: ["reported"],
  rapporte: ["reported"],
  enregistre: ["registered"],
  categorise: ["categorised"],
  assigne: ["assigned"],
  "en-enquete": ["investigating"],
  "en-diagnostic": ["diagnosing"],
  "en-resolution": ["resolving"],
  retabli: ["restored"],
  resolu: ["resolved"],
  "en-reprise": ["recovering"],
  clos: ["closed"],
  ecarte: ["dismissed"],
  fusionne: ["merged"],
};
const taken = new Set(["accepted", "taken", "pris", "pris-en-charge"]);
const waiting = new Set(["unaccepted", "waiting", "en-attente"]);
const nobody = new Set(["none", "nobody", "personne", "aucun", "unassigned", "non-assigne"]);
const mine = new Set(["me", "moi", "mine", "mien", "a-moi"]);

const late = new Set(["late", "missed", "en-retard", "depasse"]);

const unescalated = new Set(["unescalated", "not-escalated", "non-remonte", "sans-remontee"]);

const toCheck = new Set(["to-check", "a-verifier", "to-review", "a-revoir"]);

const spelled = (value: string): string => wordsOf(value).join("-");

function stateOf(filter: Filter, known: QueryKnown, problems: QueryProblem[]): Condition {
  const { negated, values, part } = filter;
  const first = spelled(values[0] ?? "");
  if (taken.has(first)) return { kind: "accepted", negated };
  if (waiting.has(first)) return { kind: "accepted", negated: !negated };
  if (nobody.has(first)) return { kind: "unassigned", negated };
  if (toCheck.has(first)) return { kind: "to-check", negated };
  if (unescalated.has(first)) return { kind: "unescalated", negated, by: known.now };
  if (late.has(first)) return { kind: "due", negated, by: known.now };
  if (first === "exercise" || first === "exercice") return { kind: "exercise", negated };
  if (mine.has(first)) return { kind: "person", negated, ids: known.me === null ? [] : [known.me] };
  const found = values.flatMap((value) => stagesNamed(spelled(value)));
  if (found.length === 0) problems.push({ code: "value-unknown", part });
  return { kind: "stage", negated, stages: [...new Set(found)] };
}

function stagesNamed(name: string): readonly Stage[] {
  const own = stages.find((stage) => stage === name);
  return own ? [own] : Object.hasOwn(states, name) ? (states[name] ?? []) : [];
}

function assigneeOf(filter: Filter, known: QueryKnown, problems: QueryProblem[]): Condition {
  const { negated, values } = filter;
  const first = spelled(values[0] ?? "");
  if (nobody.has(first)) return { kind: "unassigned", negated };
  if (mine.has(first)) return { kind: "person", negated, ids: known.me === null ? [] : [known.me] };
  return { kind: "person", negated, ids: named(filter, known.people, problems) };
}

/** Exactly, by any name or by the id; else all that begin so, word by word. */
function named({ values, part }: Filter, all: readonly Named[], problems: QueryProblem[]): string[] {
  const ids = new Set<string>();
  for (const value of values) {
    const words = wordsOf(value);
    const whole = words.join(" ");
    const exactly = all.filter(
      ({ id, names }) =>
        id === value.toLowerCase() || (whole !== "" && names.some((name) => wordsOf(name).join(" ") === whole)),
    );
    const found = exactly.length > 0 ? exactly : all.filter(({ names }) => names.some((name) => begins(name, words)));
    if (found.length === 0) problems.push({ code: "value-unknown", part });
    for (const { id } of found) ids.add(id);
  }
  return [...ids];
}

/** Every word typed begins a word of the name. */
export function begins(name: string, words: readonly string[]): boolean {
  const own = wordsOf(name);
  return words.length > 0 && words.every((word) => own.some((one) => one.startsWith(word)));
}

/** `1`, `P1`, several with commas. */
function prioritiesOf({ values, part }: Filter, problems: QueryProblem[]): Priority[] {
  const found = values.flatMap((value) => {
    const digit = /^p?([1-5])$/i.exec(value.trim())?.[1];
    return digit === undefined ? [] : [Number(digit) as Priority];
  });
  if (found.length < values.length) problems.push({ code: "value-unknown", part });
  return found;
}

/** Before a day is before it begins; after it, from its beginning on. A day begins where the reader is. */
function reportedOf({ key, negated, values, part }: Filter, known: QueryKnown, problems: QueryProblem[]): Condition {
  const at = instantOf(values[0] ?? "", known);
  if (at === undefined) problems.push({ code: "date-unknown", part });
  const edge = at ?? (key === "before" ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER);
  return key === "before"
    ? { kind: "reported", negated, from: null, until: edge }
    : { kind: "reported", negated, from: edge, until: null };
}

/** `due:4h`, from now on; `due:today`, until the day ends where the reader is. */
function dueOf({ negated, values, part }: Filter, { now, zone }: QueryKnown, problems: QueryProblem[]): Condition {
  const value = values[0] ?? "";
  const [, count, unit] = spanShape.exec(value) ?? [];
  if (count && unit) return { kind: "due", negated, by: now + Number(count) * (spans[unit.toLowerCase()] ?? 0) };
  const word = spelled(value);
  const today = startOfDate(now, zone);
  const ends = todays.has(word) && today !== undefined ? startOfDate(today + 36 * hourMs, zone) : undefined;
  if (ends === undefined) problems.push({ code: "date-unknown", part });
  return { kind: "due", negated, by: ends ?? Number.MIN_SAFE_INTEGER };
}

const spanShape = /^(\d{1,4})([hdjws])$/i;
const todays = new Set(["today", "aujourd-hui", "aujourdhui"]);

/** `h`; `d` or `j`; `w` or `s` (semaine). */
const spans: Readonly<Record<string, number>> = { h: hourMs, d: dayMs, j: dayMs, w: 7 * dayMs, s: 7 * dayMs };

/** `7d` ago, `2026-10-07`, `2026-10`, `2026`, today, yesterday. */
function instantOf(value: string, { now, zone }: QueryKnown): Instant | undefined {
  const [, count, unit] = spanShape.exec(value) ?? [];
  if (count && unit) return now - Number(count) * (spans[unit.toLowerCase()] ?? 0);
  const word = spelled(value);
  if (todays.has(word)) return startOfDate(now, zone);
  if (word === "yesterday" || word === "hier") return startOfDate(now - dayMs, zone);
  const [, year, month = "01", day = "01"] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(value) ?? [];
  return year ? startOfDate(`${year}-${month}-${day}`, zone) : undefined;
}

/** What conditions look at, of an incident in hand. */
export type Sought = {
  readonly stage: Stage;
  readonly accepted: boolean;
  readonly exercise: boolean;
  readonly toCheck: boolean;
  readonly service: string | null;
  readonly team: string | null;
  readonly function: string | null;
  /** Assigned by name, or who accepted. */
  readonly people: readonly string[];
  readonly categories: readonly string[];
  readonly priority: number | null;
  readonly reported: Instant;
  readonly due: Instant | null;
  /** Whether it ever was, to anybody. */
  readonly escalated: boolean;
};

export const meetsAll = (conditions: readonly Condition[], one: Sought): boolean =>
  conditions.every((condition) => meets(condition, one) !== condition.negated);

const among = (ids: readonly string[], id: string | null): boolean => id !== null && ids.includes(id);

function meets(condition: Condition, one: Sought): boolean {
  switch (condition.kind) {
    case "stage":
      return condition.stages.includes(one.stage);
    case "accepted":
      return one.accepted;
    case "exercise":
      return one.exercise;
    case "to-check":
      return one.toCheck;
    case "unassigned":
      return one.people.length === 0 && one.team === null && one.function === null;
    case "person":
      return one.people.some((id) => condition.ids.includes(id));
    case "category":
      return one.categories.some((id) => condition.ids.includes(id));
    case "priority":
      return condition.priorities.some((priority) => priority === one.priority);
    case "reported":
      return (condition.from ?? one.reported) <= one.reported && one.reported < (condition.until ?? one.reported + 1);
    case "due":
      return one.due !== null && one.due <= condition.by;
    case "unescalated":
      return one.due !== null && one.due <= condition.by && !one.escalated;
    default:
      return among(condition.ids, one[condition.kind]);
  }
}
