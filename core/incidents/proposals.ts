/** What an incident being written probably is: which service, which categories, how grave, whose. From its own words, from
 *  what the organisation calls its things, from past incidents that said the same, and from who writes. Nothing is decided
 *  here: each proposal carries its reasons as codes with values, and a person confirms. Pure, so that a browser may ask it
 *  at each letter. */
import type { Category, Service } from "../directory/types.ts";
import type { Impact, JsonObject, Priority, Urgency } from "../kernel/vocabulary.ts";
import { hasPhrase, stemOf, tellingWords, wordsOf } from "../kernel/words.ts";
import { proposePriority } from "./priority.ts";
import { impactSaid, urgencySaid } from "./weighing-words.ts";

export const proposalReasons = [
  "said",
  "service-named",
  "service-word",
  "category-word",
  "words",
  "history",
  "vital-function",
  "nothing-known",
  "service-team",
  "own-team",
] as const;
export type ProposalReason = {
  readonly code: (typeof proposalReasons)[number];
  readonly values: JsonObject;
};
export type Proposal<T> = { readonly value: T; readonly reasons: readonly ProposalReason[] };
export type ProposedAssignee = { readonly kind: "team" | "function"; readonly id: string };

/** What is written so far. */
export type Written = {
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly service?: string | null | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly impact?: Impact | null | undefined;
  readonly urgency?: Urgency | null | undefined;
};

/** A past incident that shares words with this one. */
export type PastIncident = {
  readonly number: string;
  readonly service: string | null;
  readonly categories: readonly string[];
  readonly impact: Impact | null;
  readonly urgency: Urgency | null;
  readonly team: string | null;
  readonly function: string | null;
};

export type ProposalKnown = {
  readonly services: readonly Service[];
  readonly categories: readonly Category[];
  readonly history: readonly PastIncident[];
  /** Teams of whoever writes. */
  readonly ownTeams: readonly string[];
};

export type Proposals = {
  readonly service: Proposal<string> | null;
  /** Nearly as likely: to be offered beside. */
  readonly otherServices: readonly Proposal<string>[];
  readonly categories: readonly Proposal<string>[];
  readonly impact: Proposal<Impact>;
  readonly urgency: Proposal<Urgency>;
  readonly priority: Priority;
  readonly assignee: Proposal<ProposedAssignee> | null;
};

export function proposeFor(written: Written, known: ProposalKnown): Proposals {
  const text = `${written.title}\n${written.description ?? ""}`;
  const ranked = servicesFor(written, known);
  const found = written.service ? [said(written.service), ...ranked] : certain(ranked, written, known);
  const [first = null, ...others] = found.map((one) => one && { value: one.value, reasons: one.reasons });
  const service = first === null ? undefined : known.services.find(({ id }) => id === first.value);
  const categories = categoriesFor(text, written, known);
  return {
    service: first,
    otherServices: others.flatMap((one) => (one && one.value !== first?.value ? [one] : [])).slice(0, othersMax),
    categories,
    ...weightFor(text, written, known, (service?.vital.length ?? 0) > 0),
    assignee: assigneeFor(service, known),
  };
}

const othersMax = 3;
const said = <T>(value: T): Proposal<T> => ({ value, reasons: [{ code: "said", values: {} }] });

type Scored = Proposal<string> & { readonly score: number };

/** A name whole in the title says most; a word that only one service has, something. */
const points = { namedInTitle: 20, named: 12, word: 3, sharedWord: 1, past: 2, pastMax: 8 } as const;
const scoreMin = 3;

function servicesFor(written: Written, known: ProposalKnown): Scored[] {
  const inTitle = wordsOf(written.title).map(stemOf);
  const inText = [...inTitle, ...wordsOf(written.description ?? "").map(stemOf)];
  const owners = countWords(known.services);
  const votes = votesOf(known.history, ({ service }) => (service === null ? [] : [service]));
  return known.services
    .map((service): Scored => {
      const reasons: ProposalReason[] = [];
      const named = namesOf(service).find((name) => hasPhrase(inText, wordsOf(name).map(stemOf)));
      let score = 0;
      if (named !== undefined) {
        const titled = hasPhrase(inTitle, wordsOf(named).map(stemOf));
        score += titled ? points.namedInTitle : points.named;
        reasons.push({ code: "service-named", values: { name: named } });
      }
      const words = named === undefined ? namingWords(service).filter(({ stem }) => inText.includes(stem)) : [];
      if (words.length > 0) {
        for (const { stem } of words) score += (owners.get(stem) ?? 1) > 1 ? points.sharedWord : points.word;
        reasons.push({ code: "service-word", values: { words: words.map(({ word }) => word) } });
      }
      const past = votes.get(service.id) ?? [];
      if (past.length >= pastMin) {
        score += Math.min(points.pastMax, past.length * points.past);
        reasons.push(historyReason(past, known.history));
      }
      return { value: service.id, reasons, score };
    })
    .filter(({ score }) => score >= scoreMin)
    .sort((a, b) => b.score - a.score);
}

/** The first when it stands out; when two are as likely, neither is chosen for the writer. */
function certain(ranked: readonly Scored[], written: Written, known: ProposalKnown): (Proposal<string> | null)[] {
  const [first, second] = ranked;
  if (first && first.score > (second?.score ?? 0)) return [...ranked];
  if (first) return [null, ...ranked];
  const own = known.services.filter(({ teamId }) => teamId !== null && known.ownTeams.includes(teamId));
  const [only] = own;
  if (own.length !== 1 || !only || tellingWords(written.title).length === 0) return [null];
  return [{ value: only.id, reasons: [{ code: "own-team", values: {} }] }];
}

/** In both languages: people write one name in a sentence of the other. */
export const namesOf = ({ nameFr, nameEn, aliases }: Pick<Service, "nameFr" | "nameEn" | "aliases">): string[] => [
  ...new Set([nameFr, nameEn, ...aliases.fr, ...aliases.en]),
];

const namingWords = (service: Service) => tellingWords(namesOf(service).join(" "));

function countWords(services: readonly Service[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const service of services)
    for (const { stem } of namingWords(service)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

/** One past incident is an anecdote. */
const pastMin = 2;
const numbersMax = 3;

function votesOf(
  history: readonly PastIncident[],
  pick: (past: PastIncident) => readonly string[],
): ReadonlyMap<string, PastIncident[]> {
  const votes = new Map<string, PastIncident[]>();
  for (const past of history) for (const value of pick(past)) votes.set(value, [...(votes.get(value) ?? []), past]);
  return votes;
}

const historyReason = (past: readonly PastIncident[], history: readonly PastIncident[]): ProposalReason => ({
  code: "history",
  values: { count: past.length, of: history.length, numbers: past.slice(0, numbersMax).map(({ number }) => number) },
});

/** What most of them say, when at least two do. */
function mostOf<T extends string>(
  history: readonly PastIncident[],
  pick: (past: PastIncident) => T | null,
): Proposal<T> | null {
  const votes = votesOf(history, (past) => [pick(past)].filter((value) => value !== null));
  for (const [value, past] of votes)
    if (past.length >= pastMin && past.length * 2 > history.length)
      return { value: value as T, reasons: [historyReason(past, history)] };
  return null;
}

function categoriesFor(text: string, written: Written, known: ProposalKnown): Proposal<string>[] {
  const stems = wordsOf(text).map(stemOf);
  const votes = votesOf(known.history, ({ categories }) => categories);
  return known.categories.flatMap(({ id, keywords }): Proposal<string>[] => {
    if (written.categories?.includes(id)) return [said(id)];
    const words = [...new Set([...keywords.fr, ...keywords.en])].filter((word) =>
      hasPhrase(stems, wordsOf(word).map(stemOf)),
    );
    const past = votes.get(id) ?? [];
    const reasons: ProposalReason[] = [
      ...(words.length > 0 ? [{ code: "category-word" as const, values: { words } }] : []),
      ...(past.length >= pastMin && past.length * 2 > known.history.length ? [historyReason(past, known.history)] : []),
    ];
    return reasons.length > 0 ? [{ value: id, reasons }] : [];
  });
}

function weightFor(
  text: string,
  written: Written,
  known: ProposalKnown,
  vital: boolean,
): Pick<Proposals, "impact" | "urgency" | "priority"> {
  const impact = levelFor(written.impact, impactSaid(text), known.history, "impact");
  const urgency = levelFor(written.urgency, urgencySaid(text), known.history, "urgency");
  const proposed = proposePriority({ impact: impact.value, urgency: urgency.value, vital });
  const raised = proposed.impact !== impact.value;
  const because: readonly ProposalReason[] = raised ? [{ code: "vital-function", values: {} }] : impact.reasons;
  return {
    impact: { value: proposed.impact, reasons: because },
    urgency: urgency as Proposal<Urgency>,
    priority: proposed.priority,
  };
}

/** What nobody has said: modest, as `proposePriority` takes it. */
const unsaid = 3;

function levelFor<Level extends Impact | Urgency>(
  given: Level | null | undefined,
  words: { readonly level: Level; readonly phrase: string } | null,
  history: readonly PastIncident[],
  field: "impact" | "urgency",
): Proposal<Level> {
  if (given) return said(given);
  if (words !== null) return { value: words.level, reasons: [{ code: "words", values: { words: [words.phrase] } }] };
  const past = mostOf(history, (one) => (one[field] === null ? null : String(one[field])));
  if (past !== null) return { value: Number(past.value) as Level, reasons: past.reasons };
  return { value: unsaid as Level, reasons: [{ code: "nothing-known", values: {} }] };
}

function assigneeFor(service: Service | undefined, { history }: ProposalKnown): Proposal<ProposedAssignee> | null {
  if (service?.teamId)
    return { value: { kind: "team", id: service.teamId }, reasons: [{ code: "service-team", values: {} }] };
  const team = mostOf(history, (past) => past.team);
  if (team !== null) return { value: { kind: "team", id: team.value }, reasons: team.reasons };
  const duty = mostOf(history, (past) => past.function);
  return duty === null ? null : { value: { kind: "function", id: duty.value }, reasons: duty.reasons };
}
