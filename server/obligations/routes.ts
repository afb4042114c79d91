/** Legal clocks over HTTP: those that are written down, and any of them worked out without saving anything. */
import type { z } from "zod";
import * as contract from "../../contract/obligations.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { isoOrNull, parseIso, toIso, yearOf } from "../../core/kernel/time.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import { factsOf, type Known, type Leg, traitsOf, wrongIn } from "../../core/obligations/clock.ts";
import { type Due, duesOf, isOverdue } from "../../core/obligations/dues.ts";
import { headOf, type Law } from "../../core/obligations/law.ts";
import { forceOf, lawNamed, laws } from "../../core/obligations/laws.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { obligations } from "../../languages/obligations.ts";
import { everything, type Serve } from "../platform/http.ts";
import { refusalProblem, refused } from "../platform/problems.ts";
import { holidaysOf, refuseUnknownPlaces } from "../platform/public-holidays.ts";

const { fr, en } = inEachLocale(obligations);

export function obligationRoutes(serve: Serve): void {
  serve(contract.listLegalClocks, async () => everything(laws.map(wordedLaw)));
  serve(contract.previewObligations, async ({ body }) => {
    const law = body.clock === undefined ? null : named(body.clock);
    const legs = law?.legs ?? body.legs ?? [];
    const known = knownOf(body, law);
    const wrong = wrongIn(legs, known);
    if (isRefusal(wrong)) throw refusalProblem(wrong);
    const dues = duesOf(legs, await withHolidays(legs, known, body.place));
    const at = body.at === undefined ? null : instantOf(body.at);
    return { clock: law && headOf(law), legs: dues.map((due) => viewOf(due, at)) };
  });
}

function named(id: string): Law {
  const law = lawNamed(id);
  if (!law) throw refused("clock-unknown", { clock: id });
  return law;
}

type Asked = z.output<typeof contract.previewObligations.body>;

/** The contract has read it already. */
const instantOf = (text: string): Instant => parseIso(text) ?? 0;

function knownOf(body: Asked, law: Law | null): Known {
  const { zone, weekdays, closedOn } = body;
  return {
    facts: new Map(Object.entries(body.facts).map(([name, at]) => [name, instantOf(at)])),
    submissions: new Map(Object.entries(body.submissions).map(([leg, all]) => [leg, all.map(instantOf)])),
    traits: new Set(body.traits),
    holds: body.holds.map(({ from, until, ...hold }) => ({
      ...hold,
      from: instantOf(from),
      until: until === null ? null : instantOf(until),
    })),
    days: { zone, weekdays, closedOn },
    inForce: law ? forceOf(law, zone) : "always",
  };
}

/** Of the years that it takes as if there were none, with one more: they move nothing further. */
async function withHolidays(legs: readonly Leg[], known: Known, place: string | null): Promise<Known> {
  if (place === null) return known;
  await refuseUnknownPlaces([place]);
  const dues = duesOf(legs, known);
  const given = [...known.facts.values(), ...[...known.submissions.values()].flat()];
  const held = dues.flatMap(({ withheld }) => withheld.flatMap(({ until, dueAfter }) => [until, dueAfter]));
  const all = [...given, ...dues.map(({ dueAt }) => dueAt), ...held].filter((at) => at !== null);
  if (all.length === 0) return known;
  const years = { from: yearOf(Math.min(...all), "UTC") - 1, until: yearOf(Math.max(...all), "UTC") + 1 };
  const [found] = await holidaysOf([place], years);
  const off = found?.days.filter(({ optional }) => !optional).map(({ date }) => date) ?? [];
  return { ...known, days: { ...known.days, closedOn: [...known.days.closedOn, ...off] } };
}

const viewOf = (due: Due, at: Instant | null) => ({
  leg: due.leg,
  standing: due.standing,
  waitsFor: [...due.waitsFor],
  startedAt: isoOrNull(due.startedAt),
  dueAt: isoOrNull(due.dueAt),
  atLatest: isoOrNull(due.atLatest),
  extension: { outcome: due.extension.outcome, until: isoOrNull(due.extension.until) },
  submitted: due.submitted && { ...due.submitted, at: toIso(due.submitted.at) },
  withheld: due.withheld.map(({ reason, authority, from, until, dueAfter }) => ({
    reason,
    authority,
    from: toIso(from),
    until: isoOrNull(until),
    dueAfter: isoOrNull(dueAfter),
  })),
  overdue: at === null ? null : isOverdue(due, at),
});

/** Each law has all of its words in both languages: a test holds it. */
const worded = (key: string) => ({ fr: fr.find(key) ?? key, en: en.find(key) ?? key });

/** The same, but for what the core says may not change. */
type LegAsListed = z.output<typeof contract.listLegalClocks.output>["data"][number]["legs"][number];

const wordedLaw = (law: Law) => ({
  ...headOf(law),
  name: worded(`law.${law.id}`),
  source: worded(`law.${law.id}.source`),
  note: fr.find(`law.${law.id}.note`) === undefined ? null : worded(`law.${law.id}.note`),
  legs: law.legs.map((leg) => ({
    ...(leg as LegAsListed),
    name: worded(`law.${law.id}.leg.${leg.id}`),
    recipient: worded(`law.${law.id}.to.${leg.id}`),
  })),
  facts: factsOf(law.legs).map((fact) => ({ id: fact, name: worded(`law.${law.id}.fact.${fact}`) })),
  traits: traitsOf(law.legs).map((trait) => ({ id: trait, name: worded(`trait.${trait}`) })),
});
