/** What a pager is held to, whatever happened: asked of a drill after each of its steps. Each has the number of the promise
 *  that it keeps (`I1` and so on, as in `test/acceptance/invariants.ts`, which asks the same of a database) and gives what
 *  breaks it, in words. */
import { isWaiting } from "../alerts/decide.ts";
import { acceptanceTimerKey, pagingTimerKey, waitingTimerKey } from "../desk/effects.ts";
import { timersOf } from "../desk/watchdog.ts";
import type { Page } from "../escalation/called.ts";
import { allCalls, callsFor, initialPaging, wantsFrom, whereIs } from "../escalation/paging-state.ts";
import { watchedUntil } from "../incidents/state.ts";
import { leaseMs } from "../kernel/attempts.ts";
import { toIso } from "../kernel/time.ts";
import type { KeptCase } from "./memory.ts";
import { asksOn, calls, counts, fallsBack, oneInTurn, saysNobody } from "./paging-invariants.ts";
import { claimableAt } from "./rows.ts";
import {
  factsOf,
  foldedAt,
  isOver,
  knownOf,
  type OfCase,
  ofChanged,
  ofEvery,
  placeOf,
  type Scene,
  same,
} from "./scene.ts";
import { missedOnce, quorumSaid, stillAsked } from "./team-invariants.ts";

export type { Scene } from "./scene.ts";

export type Invariant = {
  readonly number: string;
  readonly sentence: string;
  readonly broken: (scene: Scene) => readonly string[];
};

export type Broken = { readonly number: string; readonly sentence: string; readonly found: readonly string[] };

export function brokenIn(scene: Scene): Broken[] {
  return invariants
    .map(({ number, sentence, broken }) => ({ number, sentence, found: broken(scene) }))
    .filter(({ found }) => found.length > 0);
}

/** All of it, as if it had never been looked at. */
export const wholeOf = (scene: Omit<Scene, "fresh">): Scene => ({
  ...scene,
  fresh: { cases: scene.memory.cases, sendings: scene.sendings, answered: scene.answered },
});

function belongs({ memory }: Scene): string[] {
  return [...memory.alerts.values()]
    .filter(({ incidentId, waits }) => (incidentId === null ? waits === null : !memory.cases.has(incidentId)))
    .map((alert) => `alert ${alert.key} belongs to ${alert.incidentId}, which is not, and waits for nothing`);
}

function counted({ memory }: Scene): string[] {
  const grouped = (kept: KeptCase): number =>
    factsOf(kept).reduce((sum, fact) => sum + (fact.type === "alert.grouped" ? fact.data.count : 0), 0);
  const inRecords = [...memory.cases.values()].reduce((sum, kept) => sum + grouped(kept), 0);
  const waiting = [...memory.storms.values()].reduce((sum, { storm }) => sum + (storm?.joined?.count ?? 0), 0);
  const kept = [...memory.alerts.values()].filter(({ incidentId }) => incidentId !== null).length;
  return kept === inRecords + waiting
    ? []
    : [`${kept} alerts, of which records and storms count ${inRecords + waiting}`];
}

/** What waits is asked about again, and says what it waits for. */
function askedAbout({ memory, rows }: Scene): string[] {
  const waiting = [...memory.alerts.values()].filter(isWaiting);
  const said = new Set(memory.decisions.filter(({ became }) => became === "waits").map(({ alertId }) => alertId));
  return waiting.flatMap(({ id, key }) => [
    ...(rows.timers.has(waitingTimerKey(id)) ? [] : [`alert ${key} waits and nothing asks about it`]),
    ...(said.has(id) ? [] : [`alert ${key} waits and does not say why`]),
  ]);
}

const timed: OfCase = ({ paging }, id, { rows }) =>
  [undefined, ...Object.keys(paging.escalations ?? {}).map(Number)].flatMap((escalation) => {
    const { status } = callsFor(paging, escalation);
    const waits = rows.timers.has(pagingTimerKey(id, escalation));
    if ((status === "running") === waits) return [];
    return [waits ? `a timer waits and paging is ${status}` : "paging runs and no timer waits"];
  });

/** Whoever accepted has done nothing yet, and the policy says until when. */
const watched: OfCase = ({ incident, paging }, id, { rows }) =>
  watchedUntil(incident, paging) !== null && !rows.timers.has(acceptanceTimerKey(id))
    ? ["what must be done by a time has no timer"]
    : [];

/** An offer that nobody has answered ends by itself, silence about what is late is noticed, and a broken glass is whole again. */
const workTimed: OfCase = ({ incident }, id, { rows }) =>
  timersOf(id, incident, initialPaging).flatMap(({ key }) =>
    rows.timers.has(key) ? [] : [`${key} is waited for by no timer`],
  );

const begun: OfCase = ({ incident, paging }) =>
  incident.origin?.kind === "integration" && paging.status === "idle"
    ? ["a source opened it and nobody was called"]
    : [];

const goesOn: OfCase = (kept) => {
  const { incident, paging } = kept;
  const silent = paging.status === "stopped" && paging.stoppedBecause !== "acknowledged-at-source";
  return silent && !isOver(kept) && incident.acceptedBy === null
    ? [`down, nobody has it, and calls were stopped: ${paging.stoppedBecause}`]
    : [];
};

function punctual({ rows, now, downUntil }: Scene): string[] {
  if (downUntil > now) return [];
  const pending = [...rows.pending].flatMap((key) => rows.outbox.get(key) ?? []);
  return [...rows.timers.values(), ...pending].flatMap((row) => {
    if (claimableAt(row) <= now) return [`${row.key} was due at ${toIso(row.dueAt)} and nobody took it`];
    return row.leaseUntil > now + leaseMs ? [`${row.key} is under a lease longer than any`] : [];
  });
}

/** Unless more must accept than have, and this is somebody who has not. */
const silentOnceHeld: OfCase = (kept) =>
  knownOf(kept).flatMap(({ fact, folded }) => {
    const held = folded.incident.acceptedBy;
    if (fact.type === "page.requested" && fact.data.escalation !== undefined)
      return stillAsked(folded.incident, fact.data.escalation)
        ? []
        : [`${fact.data.name} is called for an escalation that was answered`];
    return held !== null && fact.type === "page.requested" && !wantsFrom(folded.paging, fact.data.personId)
      ? [`${fact.data.name} is called while ${held.name} has it`]
      : [];
  });

/** At most what was being sent arrives: it was claimed before anybody answered. */
function claimedInTime({ memory, fresh }: Scene): string[] {
  return fresh.sendings.flatMap(({ key, incidentId, pageId, claimedSeq }) => {
    const kept = memory.cases.get(incidentId);
    if (pageId === null || !kept) return [];
    const then = foldedAt(kept, claimedSeq);
    const { acceptedBy } = then.incident;
    const where = whereIs(then.paging, pageId);
    const page = where?.page;
    if (where?.escalation !== undefined)
      return stillAsked(then.incident, where.escalation) && then.incident.ended === null
        ? []
        : [`${key} was sent after its escalation was answered`];
    if (acceptedBy !== null && !wantsFrom(then.paging, page?.personId ?? ""))
      return [`${key} was sent after ${acceptedBy.name} had accepted`];
    if (isOver(then)) return [`${key} was sent after it was over`];
    return page && page.status !== "requested" ? [`${key} was sent after it was ${page.status}`] : [];
  });
}

const toldOnce: OfCase = (kept) => {
  const seen = new Set<string>();
  return factsOf(kept).flatMap((fact) => {
    if (fact.type !== "page.sent") return [];
    const again = seen.has(fact.data.pageId);
    seen.add(fact.data.pageId);
    return again ? [`page ${fact.data.pageId} is said twice to have left`] : [];
  });
};

const calledOnce: OfCase = (kept) => {
  const seen = new Set<string>();
  return factsOf(kept).flatMap((fact) => {
    if (fact.type !== "page.requested") return [];
    const { personId, pointId } = fact.data;
    const key = `${placeOf(fact.data)}/${personId}/${pointId}`;
    const again = seen.has(key);
    seen.add(key);
    return again ? [`two calls for ${key}`] : [];
  });
};

/** Of what arrived for one key, all but the first that was claimed say that they may be a duplicate; and only what was tried
 *  before says so. */
function duplicatesSaid({ sendings, fresh }: Scene): string[] {
  const keys = new Set(fresh.sendings.map(({ key }) => key));
  const byKey = Map.groupBy(
    sendings.filter(({ key }) => keys.has(key)),
    ({ key }) => key,
  );
  return [...byKey].flatMap(([key, all]) => [
    ...(all.filter((one) => !one.possibleDuplicate).length > 1 ? [`${key} arrived twice and does not say so`] : []),
    ...all.filter((one) => one.possibleDuplicate && one.attempt < 2).map(() => `${key} is no duplicate of anything`),
  ]);
}

const numbered: OfCase = ({ entries }) =>
  entries.filter((entry, index) => entry.seq !== index + 1).map((entry) => `entry ${entry.seq} is out of place`);

const chained: OfCase = (kept) =>
  knownOf(kept).flatMap(({ flaw }, index) => (flaw === null ? [] : [`entry ${index + 1} does not verify: ${flaw}`]));

function ended({ rows }: Scene): string[] {
  return [...rows.outbox.values()].flatMap(({ key, status, doneAt }) =>
    (status === "pending") === (doneAt === null) && (status === "pending") === rows.pending.has(key)
      ? []
      : [`${key} is ${status}, done at ${doneAt}`],
  );
}

/** Rows of the calls of an incident by the id of their page. */
function pageRows({ rows }: Scene, id: string) {
  const all = [...rows.outbox.values()].filter(({ effect }) => effect.kind === "page" && effect.incidentId === id);
  return new Map(all.map((row) => [row.effect.kind === "page" ? row.effect.pageId : "", row]));
}

/** What steps post, likewise. */
const unposted: OfCase = (kept, id, { rows }) => {
  const asked = factsOf(kept).flatMap((fact) => (fact.type === "paging.posted" ? [fact.data.postId] : []));
  const inRows = [...rows.outbox.values()].flatMap(({ effect }) =>
    effect.kind === "post" && effect.incidentId === id ? [effect.post.postId] : [],
  );
  return same(asked.toSorted(), inRows.toSorted()) ? [] : ["what it posts and what waits to be posted differ"];
};

const queued: OfCase = (kept, id, scene) => {
  const wanted = new Set(factsOf(kept).flatMap((fact) => (fact.type === "page.requested" ? [fact.data.pageId] : [])));
  const inRows = pageRows(scene, id);
  return [
    ...[...wanted]
      .filter((pageId) => !inRows.has(pageId))
      .map((pageId) => `call ${pageId} was asked for and waits nowhere`),
    ...[...inRows.keys()].filter((pageId) => !wanted.has(pageId)).map((pageId) => `call ${pageId} was not asked for`),
    ...unposted(kept, id, scene),
  ];
};

const saidAlike: OfCase = (kept, id, scene) => {
  const said = new Map<string, string[]>();
  for (const fact of factsOf(kept))
    if (["page.sent", "page.failed", "page.expired", "page.withdrawn"].includes(fact.type)) {
      const { pageId } = fact.data as { readonly pageId: string };
      said.set(pageId, [...(said.get(pageId) ?? []), fact.type]);
    }
  return [...pageRows(scene, id)].flatMap(([pageId, { status }]) => {
    const words = said.get(pageId) ?? [];
    /* Whoever declines withdraws a call that may be under way: its row ends by itself. */
    const expected = status === "dead" ? "page.failed" : `page.${status}`;
    const alike = status === "pending" ? words.every((word) => word === "page.withdrawn") : words.includes(expected);
    return alike ? [] : [`call ${pageId} is ${status} in its row, and in the record ${words.join(", ") || "nothing"}`];
  });
};

function keptWord({ memory, fresh }: Scene): string[] {
  return fresh.answered.flatMap(({ incidentId, seq, head }) =>
    (memory.cases.get(incidentId)?.entries[seq - 1]?.hash ?? "") === head
      ? []
      : [`entry ${seq} of ${incidentId} is gone`],
  );
}

const folds: OfCase = (kept) => {
  const { incident, paging } = foldedAt(kept, kept.entries.length);
  return [
    ...(same(incident, kept.incident) ? [] : ["its state is not what its record says"]),
    ...(same(paging, kept.paging) ? [] : ["its paging is not what its record says"]),
  ];
};

/** Whoever asks for help when it is back calls all the same; nobody can once it has ended. */
const quietWhenOver: OfCase = (kept) => {
  const { escalations = {}, status } = kept.paging;
  const asked = Object.values(escalations).some((calls) => calls.status === "running");
  return (isOver(kept) && status === "running") || (kept.incident.ended !== null && asked)
    ? ["it is over and calls go on"]
    : [];
};

const mayAnswer = ({ status }: Page): boolean => status === "requested" || status === "sent";

const givesWay: OfCase = ({ paging }) =>
  allCalls(paging).flatMap(({ status, pages, cycle, step }) =>
    status === "running" && !pages.some((page) => page.cycle === cycle && page.step === step && mayAnswer(page))
      ? ["it waits for nobody"]
      : [],
  );

/** Of one person in one step, what comes after a contact point that failed, or failed at first, has its turn at once. */
const nextTurnAtOnce: OfCase = (kept, id, scene) => {
  const { paging } = kept;
  if (paging.status !== "running") return [];
  const delayed = new Set(factsOf(kept).flatMap((fact) => (fact.type === "page.delayed" ? [fact.data.pageId] : [])));
  const gaveWay = ({ status, pageId }: Page): boolean =>
    status === "failed" || status === "expired" || (status === "requested" && delayed.has(pageId));
  const inRows = pageRows(scene, id);
  const turns = Map.groupBy(paging.pages, (page) => `${placeOf(page)}/${page.personId}`);
  return [...turns.values()].flatMap((pages) =>
    pages.flatMap((page, index) => {
      const before = pages[index - 1];
      const row = inRows.get(page.pageId);
      const waits = page.status === "requested" && row?.attempts === 0 && row.dueAt > scene.now;
      return before && gaveWay(before) && waits
        ? [`${page.name} waits until ${toIso(row.dueAt)} after a contact point that failed`]
        : [];
    }),
  );
};

function notTooLate({ fresh }: Scene): string[] {
  return fresh.sendings
    .filter(({ claimedAt, notAfter }) => claimedAt > notAfter)
    .map(({ key, claimedAt }) => `${key} was sent at ${toIso(claimedAt)}, too late to be of use`);
}

/** What was held back for one contact point until one instant comes in one message; what comes again says that it may. */
function heldTogether({ rows, sendings, fresh }: Scene): string[] {
  const held = sendings.flatMap((one) => {
    const effect = rows.outbox.get(one.key)?.effect;
    return effect && effect.kind !== "post" && effect.held && one.claimedAt >= effect.dueAt && !one.possibleDuplicate
      ? [{ ...one, at: `${effect.pointId} until ${toIso(effect.dueAt)}` }]
      : [];
  });
  const keys = new Set(fresh.sendings.map(({ key }) => key));
  return [...Map.groupBy(held, ({ at }) => at)].flatMap(([at, all]) =>
    all.some(({ key }) => keys.has(key)) && new Set(all.map(({ message }) => message)).size > 1
      ? [`${at}: ${all.length} came in ${new Set(all.map(({ message }) => message)).size} messages`]
      : [],
  );
}

export const invariants: readonly Invariant[] = [
  { number: "I1", sentence: "an alert belongs to an incident that exists", broken: belongs },
  {
    number: "I1",
    sentence: "each alert is counted once by a record, or waits for its storm's next entry",
    broken: counted,
  },
  { number: "I1", sentence: "what waits says why, and is asked about again", broken: askedAbout },
  { number: "I2", sentence: "paging that runs has its timer, and no other paging has one", broken: ofEvery(timed) },
  {
    number: "I2",
    sentence: "whoever accepted and must do something by a time is looked at then",
    broken: ofEvery(watched),
  },
  {
    number: "I2",
    sentence: "an offer, a task that may be late and a workstream that may be silent have their timer",
    broken: ofEvery(workTimed),
  },
  { number: "I2", sentence: "what a source opened has called somebody, or says why nobody", broken: ofChanged(begun) },
  { number: "I2", sentence: "while it is down and nobody has it, calls go on or ran out", broken: ofChanged(goesOn) },
  {
    number: "I2",
    sentence: "while it is down, an escalation that nobody answered calls or ran out",
    broken: ofChanged(asksOn),
  },
  { number: "I2", sentence: "a team has its quorum when enough of it came", broken: ofChanged(quorumSaid) },
  {
    number: "I2",
    sentence: "that a team missed its quorum is said once, until it meets it",
    broken: ofChanged(missedOnce),
  },
  { number: "I3", sentence: "nothing that is due is left undone", broken: punctual },
  { number: "I4", sentence: "each step that was entered called somebody", broken: ofChanged(calls) },
  { number: "I4", sentence: "a step that calls in turn calls one person", broken: ofChanged(oneInTurn) },
  { number: "I4", sentence: "a run that called nobody says whom it could not reach", broken: ofChanged(saysNobody) },
  {
    number: "I4",
    sentence: "a step counts when its conditions hold, and is passed over when one does not",
    broken: ofChanged(counts),
  },
  {
    number: "I4",
    sentence: "a run that reached nobody falls back on the administrators",
    broken: ofChanged(fallsBack),
  },
  { number: "I5", sentence: "nobody is called once somebody has it", broken: ofChanged(silentOnceHeld) },
  { number: "I5", sentence: "what is sent was claimed while it was wanted", broken: claimedInTime },
  { number: "I6", sentence: "no call is told twice to have left", broken: ofChanged(toldOnce) },
  { number: "I6", sentence: "nobody is called twice in one step by one contact point", broken: ofChanged(calledOnce) },
  { number: "I7", sentence: "what arrives twice says so, and nothing else does", broken: duplicatesSaid },
  { number: "I8", sentence: "entries of a record are numbered 1 to n", broken: ofChanged(numbered) },
  { number: "I10", sentence: "a record verifies", broken: ofChanged(chained) },
  { number: "I11", sentence: "an effect waits, or has ended at an instant", broken: ended },
  {
    number: "I12",
    sentence: "each call that was asked for has its row, and each row was asked for",
    broken: ofChanged(queued),
  },
  {
    number: "I12",
    sentence: "what became of a call is in its row and in the record, or in neither",
    broken: ofChanged(saidAlike),
  },
  { number: "I14", sentence: "what was answered stays", broken: keptWord },
  { number: "I14", sentence: "what is shown is what the record says", broken: ofChanged(folds) },
  { number: "I19", sentence: "what is restored, resolved or ended calls nobody", broken: ofChanged(quietWhenOver) },
  { number: "I20", sentence: "paging that runs waits for somebody who may still answer", broken: ofChanged(givesWay) },
  {
    number: "I20",
    sentence: "a contact point that failed gives its turn to the next at once",
    broken: ofChanged(nextTurnAtOnce),
  },
  { number: "D", sentence: "what was held back for one way until one time comes in one message", broken: heldTogether },
  { number: "D", sentence: "what comes too late is recorded and not sent", broken: notTooLate },
];
