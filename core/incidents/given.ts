/** The words of tests about an incident: who, what had happened, what is asked. */

import { type CategoryProcess, emptyDefinition } from "../directory/category-process.ts";
import { firstProcess } from "../directory/default-processes.ts";
import type { IncidentCommandName } from "../directory/responsibility.ts";
import { fold } from "../kernel/decider.ts";
import { givenWhenThen } from "../kernel/given-when-then.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { minuteMs, parseIso } from "../kernel/time.ts";
import type { Actor, Level } from "../kernel/vocabulary.ts";
import { questionIds, questionsOf } from "../obligations/assessment.ts";
import { lawNamed } from "../obligations/laws.ts";
import type { Bound, CommandInputs, IncidentCommand } from "./commands.ts";
import { incidentDecider } from "./decide.ts";
import type { IncidentEvent, IncidentFact } from "./events.ts";
import type { LinkTarget } from "./links.ts";
import { baseProcess, pin } from "./process.ts";
import type { IncidentState } from "./state.ts";
import type { NamedCharter } from "./teams.ts";

export const at = parseIso("2026-10-07T18:00:00Z") ?? 0;

/** A person in session. */
export function actor(id: string, level: Level, changes: Partial<Actor> = {}): Actor {
  const none = { admin: false, teams: [], functions: [], onBehalfOf: null, via: "session" } as const;
  return { kind: "person", id, name: id.toUpperCase(), level, ...none, ...changes };
}

export const eve = actor("eve", null);
export const ana = actor("ana", 2);
export const ben = actor("ben", 3);
export const cleo = actor("cleo", 4);
export const dan = actor("dan", 5);

export type Around = Partial<Omit<Envelope, "actor">>;

/** A command as its author gives it. */
export function by<Name extends IncidentCommandName>(
  who: Actor,
  name: Name,
  input: CommandInputs[Name],
  { firing, ...around }: Around & { firing?: number } = {},
): IncidentCommand {
  const envelope = { at, actor: who, cause: { kind: "request" }, ...around };
  return { name, input, envelope, ...(firing === undefined ? {} : { firing }) } as IncidentCommand;
}

/** What already happened, one minute apart, the last a minute ago. */
export function past(...events: IncidentEvent[]): IncidentFact[] {
  return events.map((event, i) => {
    const when = at - (events.length - i) * minuteMs;
    const stamp = {
      occurredAt: when,
      recordedAt: when,
      actor: { kind: "system", id: null, name: "Tocsin", via: "desk" },
      level: null,
      role: null,
      onBehalfOf: null,
      derogation: null,
      reason: null,
      cause: { kind: "event" },
    } as const;
    return { ...event, stamp };
  });
}

export const reported: IncidentEvent = {
  type: "incident.reported",
  data: {
    number: "INC-2026-000007",
    title: { text: "Mail is down" },
    description: null,
    language: "en",
    service: null,
    severity: null,
    origin: { kind: "person", personId: "eve" },
    process: pin(baseProcess),
    exercise: false,
  },
};
export const registered: IncidentEvent = { type: "incident.registered", data: { underRuleOf: null } };
export const paged: IncidentEvent = {
  type: "page.requested",
  data: {
    pageId: "p1",
    personId: "ana",
    name: "ANA",
    channel: "email",
    pointId: "ana-email",
    run: 1,
    cycle: 0,
    step: 0,
    why: { reason: "on-call", schedule: null, until: null, silent: [] },
    dueAt: "2026-10-07T18:00:00.000Z",
    notAfter: "2026-10-07T18:30:00.000Z",
  },
};
export const accepted = (personId: string, coordinates = true): IncidentEvent => ({
  type: "assignment.accepted",
  data: { personId, name: personId.toUpperCase(), coordinates },
});
export const categorised = (...categories: string[]): IncidentEvent => ({
  type: "incident.categorised",
  data: { categories },
});
/** With what they ask. */
export const pinning = (...categories: string[]): IncidentEvent => ({
  type: "incident.categorised",
  data: { categories, processes: categories.map(firstProcess) },
});
export const prioritised: IncidentEvent = { type: "priority.confirmed", data: { impact: 2, urgency: 2, priority: 2 } };
export const restored: IncidentEvent = { type: "service.restored", data: { text: null, because: "declared" } };
export const resolved: IncidentEvent = {
  type: "incident.resolved",
  data: { solution: "restarted", cause: "memory", causeUnknown: false },
};
export const recovered: IncidentEvent = {
  type: "recovery.confirmed",
  data: { text: "mail sent again", notNeeded: false },
};
export const documentedData = { language: "en", summary: "s", impact: "i", workaround: null, lessons: null } as const;
export const documented: IncidentEvent = { type: "documentation.completed", data: documentedData };
export const closed: IncidentEvent = { type: "incident.closed", data: { overFiring: 0 } };
export const life = [
  registered,
  categorised("complex"),
  prioritised,
  accepted("cleo"),
  restored,
  resolved,
  recovered,
  documented,
];

export const given = (...events: IncidentEvent[]) => givenWhenThen(incidentDecider).given(...past(reported, ...events));

export const stateAfter = (...events: IncidentEvent[]): IncidentState =>
  fold(incidentDecider.evolve, incidentDecider.initial, past(reported, ...events));

/** The facts' types and data, without their stamps. */
export const bare = (facts: readonly IncidentFact[]): IncidentEvent[] =>
  facts.map(({ type, data }) => ({ type, data }) as IncidentEvent);

export const because = { reason: "as agreed with the owner" };
export const target = { id: "other", number: "INC-2026-000008", ended: false, exercise: false };
export const identified: IncidentEvent = { type: "incident.identified", data: { as: "interruption-or-degradation" } };

const words = { fr: "f", en: "e" };
/** Of a category that asks one thing of each sort. */
export const asking: CategoryProcess = {
  ...emptyDefinition,
  category: "complex",
  version: 2,
  questions: [{ id: "since", words, kind: "time", required: true }],
  roles: [{ id: "scribe", words, duty: words, level: null }],
  recovery: [{ id: "backlog", words }],
  criteria: [{ id: "told", words }],
};

export function boundTo(id: string, more: Partial<Bound> = {}): Bound {
  const law = lawNamed(id);
  if (!law) throw new Error(`no law ${id}`);
  return { law, questions: questionIds(questionsOf(id)), traits: [], targets: {}, ...more };
}
export const assessing: CommandInputs["assess-obligation"] = {
  law: "dora",
  outcome: "owed",
  answers: { "critical-services": "yes", "malicious-access": "yes" },
  traits: [],
  text: "payments stopped",
  bound: boundTo("dora"),
};

/** Of a team that needs two people, one of whom leads. */
export const charter: NamedCharter = {
  name: "CSIRT",
  mandate: words,
  roles: [
    { id: "lead", words, count: 1, level: 4, required: true },
    { id: "analyst", words, count: 2, level: null, required: false },
  ],
  people: 2,
  minutes: 15,
  rota: null,
  deputy: "dan",
  contact: null,
};

export const linkable: LinkTarget = {
  ...{ id: "other", itself: false, number: "INC-2026-000008", exercise: false, linked: null, apart: false },
  ...{ isPart: { here: false, there: false }, full: false },
  told: { here: true, there: true },
};

/** An input that each command accepts, whatever else may refuse it. */
export const anyInput: { readonly [Name in IncidentCommandName]: CommandInputs[Name] } = {
  register: {},
  dismiss: {},
  merge: { into: target },
  categorise: { categories: ["complex"], processes: [asking] },
  "propose-major": {},
  "declare-major": {},
  "stand-down-major": {},
  "propose-flag": { flag: "serious" },
  "raise-flag": { flag: "serious" },
  "lower-flag": { flag: "serious" },
  "take-investigation": {},
  "set-domains": { domains: ["it-systems"] },
  gather: { question: "since", answer: null },
  "set-impact-urgency": { impact: 2, urgency: 2 },
  "confirm-priority": { impact: 2, urgency: 2 },
  "override-priority": { priority: 1 },
  assign: { team: "network" },
  accept: {},
  ...{ decline: {}, leave: {} },
  "offer-coordination": { person: "ben", to: { id: "ben", name: "BEN", level: 3 } },
  "accept-coordination": {},
  "decline-coordination": {},
  "withdraw-coordination": {},
  "fill-role": { role: "scribe", person: "ana", to: { id: "ana", name: "ANA", level: 2 } },
  "release-role": { role: "scribe" },
  "add-task": { text: "t", person: "ana", due: "2026-10-07T19:00:00.000Z", to: { id: "ana", name: "ANA", level: 2 } },
  "assign-task": { task: 1, person: "ben", to: { id: "ben", name: "BEN", level: 3 } },
  "complete-task": { task: 1, text: null },
  "cancel-task": { task: 1 },
  link: { incident: "other", kind: "related", target: linkable },
  unlink: { incident: "other", target: linkable },
  split: { title: "t", tasks: [1], into: "new" },
  "open-workstream": { title: "t", purpose: "t", person: "ben", to: { id: "ben", name: "BEN", level: 3 } },
  "offer-workstream": { workstream: 1, person: "ana", to: { id: "ana", name: "ANA", level: 2 } },
  "accept-workstream": { workstream: 1 },
  "decline-workstream": { workstream: 1 },
  "update-workstream": { workstream: 1, status: "blocked", text: "t" },
  "finish-workstream": { workstream: 1, outcome: "done", text: "t" },
  "plan-period": { until: "2026-10-08T06:00:00.000Z", situation: "t", objectives: ["t"] },
  "revise-period": { situation: "u" },
  "advise-persons": { persons: ["ana"], text: "t" },
  "add-observation": { text: "t" },
  decide: { text: "t", options: [] },
  "acknowledge-escalation": {},
  "return-escalation": {},
  "end-escalation": {},
  "set-aside-escalation": { proposal: { because: "safety", about: "t", clock: null } },
  escalate: { kind: "functional", to: "network", expected: "t" },
  ...{ "ask-for-help": { text: "t" }, "dismiss-help": { number: 1 } },
  "confirm-help": { number: 1, kind: "functional", to: "network" },
  "activate-team": { team: "csirt", charter },
  "join-team": {},
  "leave-team": {},
  "stand-down-team": {},
  "open-hypothesis": { text: "t" },
  "add-evidence": { hypothesis: 1, side: "for", text: "t" },
  "confirm-hypothesis": { hypothesis: 1, text: "t" },
  "rule-out-hypothesis": { hypothesis: 1, text: "t" },
  "link-known-error": { knownError: "lamps", known: { nameFr: "Lampes", nameEn: "Lamps", retired: false } },
  "record-cause": { text: "t" },
  "select-solution": { text: "t", considered: [] },
  "declare-restored": { text: null },
  "declare-relapse": { text: "t" },
  "declare-resolved": { solution: "t", cause: "t", causeUnknown: false },
  ...{
    "assess-obligation": assessing,
    "date-obligation": { law: "dora", fact: "aware", at: "2026-10-07T17:00:00.000Z" },
  },
  "describe-obligation": { law: "dora", fields: { cause: "t" }, asked: ["cause"] },
  "record-submission": { law: "dora", leg: "initial", at: "2026-10-07T17:30:00.000Z" },
  "withhold-notice": { law: "us-sec", legs: ["filing"], authority: "t" },
  "open-recovery": {},
  "complete-recovery-item": { item: "backlog", text: null, notNeeded: false },
  "confirm-restored": { working: true, text: null },
  "confirm-recovery": { text: "t", notNeeded: true },
  "complete-documentation": documentedData,
  "confirm-criterion": { criterion: "told", text: null, notNeeded: false },
  "pause-clock": { pause: "supplier", allowed: [{ id: "supplier", minutes: 600 }], runs: true },
  "resume-clock": {},
  restrict: {},
  "lift-restriction": {},
  "grant-access": { person: "ben", to: { kind: "person", id: "ben", name: "BEN" } },
  "revoke-access": { person: "ben", to: { kind: "person", id: "ben", name: "BEN" } },
  mark: { tlp: "amber" },
  close: {},
  "accept-closure": { text: "t" },
  "return-closure": {},
  "review-derogation": { number: 1, verdict: "justified", text: null },
  ...{ reopen: {}, "request-reopen": {}, "decline-reopen": {} },
};
