/** The filter over the rows in hand: the same small language as the search, read by the same code and asked of what the
 *  browser holds already. Words are looked for inside words here, since a letter more shows at once what it leaves. */
import type { IncidentView } from "#contract/shapes.ts";
import { meetsAll, type QueryKnown, resolveQuery, type Sought } from "#core/incidents/conditions.ts";
import { isToCheck } from "#core/incidents/derogations.ts";
import type { Query, QueryProblem } from "#core/incidents/query.ts";
import { foldText } from "#core/kernel/words.ts";
import { startOf } from "./arrangement.ts";

export type BoardFilter = {
  readonly holds: (view: IncidentView) => boolean;
  /** What was not understood. */
  readonly problems: readonly QueryProblem[];
};

export const everything: BoardFilter = { holds: () => true, problems: [] };

export function boardFilter(query: Query, known: QueryKnown): BoardFilter {
  const { conditions, problems } = resolveQuery(query, known);
  const named = wordsOnly(query);
  return { problems, holds: (view) => named(view) && meetsAll(conditions, soughtOf(view)) };
}

/** Without the conditions. */
export function wordsOnly({ words, without, number }: Query): BoardFilter["holds"] {
  const numbered = number === null ? null : numberPattern(number);
  return (view) => {
    if (numbered && !numbered.test(view.number)) return false;
    const hay = hayOf(view);
    return words.every((word) => hasWord(view, hay, word)) && !without.some((word) => hasWord(view, hay, word));
  };
}

/** `p1` to `p5` mean a priority. */
const hasWord = (view: IncidentView, hay: string, word: string): boolean =>
  /^p[1-5]$/.test(word) ? view.priority === Number(word[1]) : hay.includes(word);

/** INC-412 finds INC-2026-000412. */
function numberPattern(number: string): RegExp {
  const [, kind, year, digits] = /^(INC|EX)-(?:(\d{4})-)?0*(\d+)$/.exec(number) ?? [];
  return new RegExp(`^${kind}-${year ?? "\\d{4}"}-0*${digits}$`);
}

/** Folded once: a filter is asked of two thousand at each letter. */
const hays = new WeakMap<IncidentView, string>();

function hayOf(view: IncidentView): string {
  const known = hays.get(view);
  if (known !== undefined) return known;
  const { number, title, service, assigned, acceptedBy, coordinator } = view;
  const names = [service, assigned, acceptedBy, coordinator].map((one) => one?.name);
  const hay = foldText([number, title, ...names].filter(Boolean).join(" "));
  hays.set(view, hay);
  return hay;
}

function soughtOf(view: IncidentView): Sought {
  const { assigned, acceptedBy } = view;
  const to = (kind: "person" | "team" | "function") => (assigned?.kind === kind ? assigned.id : null);
  return {
    stage: view.stage,
    accepted: acceptedBy !== null,
    exercise: view.exercise,
    toCheck: isToCheck(view),
    service: view.service?.id ?? null,
    team: to("team"),
    function: to("function"),
    people: [to("person"), acceptedBy?.id ?? null].filter((id) => id !== null),
    categories: view.categories,
    priority: view.priority,
    reported: startOf(view),
    due: view.due === null ? null : Date.parse(view.due.at),
    escalated: view.escalations.length > 0,
  };
}
