/** What happens to the desk in a random drill: sources that fire, repeat, resolve and storm; people who report, respond,
 *  err and go on; time that passes; a channel that sometimes fails. */

import type { Signal } from "../../core/alerts/decide.ts";
import type { EngagementAsk } from "../../core/desk/engaging.ts";
import type { DeskInput } from "../../core/desk/inputs.ts";
import { defaultProcesses } from "../../core/directory/default-processes.ts";
import { incidentCommands } from "../../core/directory/responsibility.ts";
import type { Chance } from "../../core/drills/chance.ts";
import { signalOf } from "../../core/drills/organisation.ts";
import type { Around, Channel, World } from "../../core/drills/world.ts";
import type { ImpactCommand } from "../../core/impact/commands.ts";
import { affectedStatuses, magnitudes } from "../../core/kernel/impact-words.ts";
import { minuteMs, toIso } from "../../core/kernel/time.ts";
import { flags, linkKinds } from "../../core/kernel/vocabulary.ts";

type Command = Extract<DeskInput, { kind: "command" }>["command"];
const people = ["ana", "ben", "cleo", "dan", "eve", "root"] as const;
const sources = ["pagerduty", "opsgenie", "alertmanager", "generic"] as const;

/** What the drill asked for, to be compared with what the desk kept. */
export type Asked = {
  inputs: number;
  refused: number;
  signals: number;
  /** Signals that opened an alert, in whatever incident. */
  alerts: number;
  ignored: number;
  /** Ids that a signal was told it belongs to. */
  readonly told: Set<string>;
  readonly unexplained: string[];
};

export const nothingAsked = (): Asked => ({
  inputs: 0,
  refused: 0,
  signals: 0,
  alerts: 0,
  ignored: 0,
  told: new Set(),
  unexplained: [],
});

export const randomChannel =
  (chance: Chance): Channel =>
  () =>
    chance.happens(0.85) ? "ok" : chance.oneOf(["fail", "down"]);

export function randomInput(world: World, chance: Chance, asked: Asked): void {
  asked.inputs++;
  const roll = chance.next();
  if (roll < 0.35) return sendSignals(world, chance, asked, chance.oneOf(sources), 1 + chance.below(4));
  if (roll < 0.37) return sendStorm(world, chance, asked);
  if (roll < 0.42) return report(world, chance, asked);
  if (roll < 0.6) return world.advance(chance.oneOf([1 / 600, 0.01, 0.2, 1, 3, 7, 20]) * chance.next());
  if (roll < 0.66) return bringToAnEnd(world, chance, asked);
  if (roll < 0.69) return contribute(world, chance, asked);
  if (roll < 0.72) return engage(world, chance, asked);
  if (roll < 0.75) return hurt(world, chance, asked);
  return act(
    world,
    asked,
    { id: recent(world, chance), who: chance.oneOf(people), command: randomCommand(world, chance) },
    around(world, chance),
  );
}

function sendSignals(world: World, chance: Chance, asked: Asked, source: string, many: number): void {
  const signals = Array.from({ length: many }, () => randomSignal(world, chance, source));
  take(asked, world.signal(source, signals));
}

function randomSignal(world: World, chance: Chance, source: string): Signal {
  const key = `${source}-${chance.below(30)}`;
  const stateful = source === "alertmanager";
  return signalOf(key, {
    action: chance.oneOf(["trigger", "trigger", "trigger", "resolve", "resolve", "acknowledge"]),
    groupKey: chance.happens(0.4) ? `${source}-group-${chance.below(4)}` : key,
    severity: chance.oneOf(["critical", "error", "warning", "info"]),
    stateful,
    startsAt: stateful ? world.now() - chance.below(5) * 10 * minuteMs : null,
    by: chance.happens(0.5) ? `${chance.oneOf(people)}@example.org` : null,
  });
}

function sendStorm(world: World, chance: Chance, asked: Asked): void {
  const source = chance.oneOf(sources);
  const many = 5 + chance.below(35);
  for (let i = 0; i < many; i++) {
    const action = chance.happens(0.8) ? "trigger" : "resolve";
    take(asked, world.signal(source, [signalOf(`storm-${chance.below(100)}`, { action })]));
    world.advance(chance.next() / 30);
  }
}

function take(asked: Asked, results: ReturnType<World["signal"]>): void {
  for (const { key, became, incidentId, because } of results) {
    asked.signals++;
    if (became === "opened" || became === "joined" || became === "joined-storm") asked.alerts++;
    if (became === "ignored") asked.ignored++;
    else if (incidentId !== null) asked.told.add(incidentId);
    if (became === "ignored" ? because === null : incidentId === null) asked.unexplained.push(key);
  }
}

function report(world: World, chance: Chance, asked: Asked): void {
  const who = chance.happens(0.5) ? null : chance.oneOf(people);
  const service = chance.oneOf([null, "billing", "payroll", "nowhere"]);
  const opened = world.open(who, { title: "something is wrong", service, exercise: chance.happens(0.1) });
  if (typeof opened !== "string") asked.refused++;
}

/** Mostly one of the latest: older ones have ended. */
function recent(world: World, chance: Chance): string | null {
  const ids = world.incidentIds();
  if (ids.length === 0) return null;
  return ids[Math.max(0, ids.length - 1 - chance.below(25))] ?? null;
}

function around(world: World, chance: Chance): Around {
  return {
    ...(chance.happens(0.7) ? { reason: "as agreed" } : {}),
    ...(chance.happens(0.2) ? { derogation: { reason: "nobody else answers" } } : {}),
    ...(chance.happens(0.2) ? { occurredAt: world.now() - chance.below(90) * minuteMs } : {}),
  };
}

type Act = { readonly id: string | null; readonly who: string; readonly command: Command };

function act(world: World, asked: Asked, { id, who, command }: Act, around: Around): void {
  if (id !== null && world.command(id, who, command, around) !== null) asked.refused++;
}

/** What it hurts is said, of what is there and of what is not. */
function hurt(world: World, chance: Chance, asked: Asked): void {
  const id = recent(world, chance);
  if (id === null) return;
  const service = chance.oneOf(["billing", "payroll", "nowhere"]);
  const domain = chance.oneOf(["customers", "employees", "nothing"]);
  const number = 1 + chance.below(4);
  const command = chance.oneOf<ImpactCommand>([
    { name: "state-affected", input: { service, status: chance.oneOf(affectedStatuses) } },
    { name: "rule-out-affected", input: { service } },
    { name: "measure-impact", input: { domain, magnitude: chance.oneOf(magnitudes), people: chance.below(500) } },
    { name: "withdraw-impact", input: { number } },
  ]);
  if (world.hurt(id, chance.oneOf(people), command, around(world, chance)) !== null) asked.refused++;
}

/** Somebody outside is asked, or does by their link whatever they like. */
function contribute(world: World, chance: Chance, asked: Asked): void {
  const id = recent(world, chance);
  if (id === null) return;
  const number = 1 + chance.below(3);
  const to = { name: "Nora", address: "nora@example.net", language: "fr" } as const;
  const answer = { choice: "yes", text: null, attachmentId: null, file: null };
  const often = { hours: 1 + chance.below(4), everyHours: 1, reminders: chance.below(3) };
  const ask = { kind: "working", text: "again?", context: null, choices: [], to, forwardable: true, ...often } as const;
  const [who, act] = chance.oneOf([
    [chance.oneOf(people), { do: "ask", ask }],
    [chance.oneOf(people), { do: "ask", ask: { ...ask, to: { ...to, personId: chance.oneOf(people) } } }],
    [chance.oneOf(people), { do: "remind", number }],
    [chance.oneOf(people), { do: "revoke", number }],
    [null, { do: "open", number }],
    [null, { do: "answer", number, answer }],
    [null, { do: "decline", number, text: "not mine" }],
    [null, { do: "forward", number, to: { ...to, address: "omar@example.net" }, text: null }],
  ] as const);
  if (world.contribute(id, who, act) !== null) asked.refused++;
}

/** A supplier is called on, or somebody says what they say; or somebody of theirs answers by their link. */
function engage(world: World, chance: Chance, asked: Asked): void {
  const id = recent(world, chance);
  if (id === null) return;
  const number = 1 + chance.below(2);
  const how = chance.oneOf(["letter", "phone", null] as const);
  const became = chance.oneOf(["acknowledged", "working", "restored", "declined"] as const);
  const supplier = chance.oneOf(["carrier", "carrier", "nobody"]);
  const act = chance.oneOf<EngagementAsk>([
    { do: "engage", supplier, text: "the lamp is red", context: null, how },
    { do: "engage", supplier, text: "the lamp is red", context: null, how },
    { do: "tell", number, became, ticket: chance.oneOf([null, "C-1"]), text: null },
    { do: "ticket", number, ticket: `C-${chance.below(3)}` },
    { do: "call", number, how: how ?? "phone", text: null },
    { do: "close", number, text: null },
  ]);
  if (world.engage(id, chance.oneOf(people), act) !== null) asked.refused++;
  const choice = chance.oneOf(["taken", "restored", "declined"]);
  const answer = { choice, text: "C-9", attachmentId: null, file: null };
  if (chance.happens(0.3) && world.contribute(id, null, { do: "answer", number, answer }) !== null) asked.refused++;
}

/** Everything that closing asks for, by somebody who may; the drill would otherwise end nothing. */
function bringToAnEnd(world: World, chance: Chance, asked: Asked): void {
  const id = recent(world, chance);
  const names = [
    "categorise",
    "confirm-priority",
    "accept",
    "declare-restored",
    "declare-resolved",
    "confirm-recovery",
    "complete-documentation",
    "close",
  ] as const;
  for (const name of names)
    if (chance.happens(0.95))
      act(world, asked, { id, who: "cleo", command: commandOf(name, world, chance) }, { reason: "done" });
}

const idsOf = (list: "questions" | "recovery" | "criteria" | "roles"): string[] =>
  defaultProcesses.flatMap((one) => one[list].map(({ id }) => id));
const asked = {
  questions: idsOf("questions"),
  recovery: idsOf("recovery"),
  criteria: idsOf("criteria"),
  roles: idsOf("roles"),
};

const randomCommand = (world: World, chance: Chance): Command =>
  commandOf(chance.oneOf(incidentCommands), world, chance);

function commandOf(name: Command["name"], world: World, chance: Chance): Command {
  const rating = { impact: chance.oneOf([1, 2, 3, 4] as const), urgency: chance.oneOf([1, 2, 3, 4] as const) };
  const inputs: { readonly [Name in Command["name"]]: Extract<Command, { name: Name }>["input"] } = {
    register: {},
    dismiss: {},
    merge: { into: recent(world, chance) ?? "nowhere" },
    categorise: { categories: [chance.oneOf(["major", "security", "complex", "low-impact", "unheard-of"])] },
    "propose-major": {},
    "declare-major": {},
    "stand-down-major": {},
    "propose-flag": { flag: chance.oneOf(flags) },
    "raise-flag": { flag: chance.oneOf(flags) },
    "lower-flag": { flag: chance.oneOf(flags) },
    "take-investigation": {},
    "set-domains": { domains: chance.oneOf([[], ["it-systems"], ["employees", "customers"], ["unheard-of"]]) },
    gather: { question: chance.oneOf(asked.questions), answer: chance.oneOf([null, "yes", "2026-03-01T08:00:00Z"]) },
    "set-impact-urgency": rating,
    "confirm-priority": rating,
    "override-priority": { priority: chance.oneOf([1, 2, 3, 4, 5] as const) },
    assign: chance.oneOf([{ person: chance.oneOf(people) }, { team: "network" }, { function: "legal" }, {}]),
    accept: {},
    ...{ decline: {}, leave: {} },
    "offer-coordination": { person: chance.oneOf(people) },
    "accept-coordination": {},
    "decline-coordination": {},
    "withdraw-coordination": {},
    "fill-role": { role: chance.oneOf(asked.roles), person: chance.oneOf(people) },
    "release-role": { role: chance.oneOf(asked.roles) },
    "add-task": {
      text: "fetch a card",
      person: chance.oneOf(people),
      due: chance.oneOf([null, "2026-03-01T08:00:00Z"]),
      ...(chance.happens(0.3) && { workstream: 1 }),
    },
    "assign-task": { task: chance.oneOf([1, 2]), person: chance.oneOf(people), workstream: chance.oneOf([null, 1, 2]) },
    "complete-task": { task: chance.oneOf([1, 2]), text: null },
    "cancel-task": { task: chance.oneOf([1, 2]) },
    link: { incident: recent(world, chance) ?? "nowhere", kind: chance.oneOf(linkKinds) },
    unlink: { incident: recent(world, chance) ?? "nowhere" },
    split: { title: "a part", ...(chance.happens(0.5) ? { workstream: 1 } : { tasks: [1, 2] }) },
    "open-workstream": {
      title: chance.oneOf(["cabling", "telling", "repair"]),
      purpose: "a green lamp",
      person: chance.oneOf(people),
      ...(chance.happens(0.5) && { team: "network" }),
      due: chance.oneOf([null, "2026-03-01T08:00:00Z"]),
    },
    "offer-workstream": { workstream: chance.oneOf([1, 2]), person: chance.oneOf(people) },
    "accept-workstream": { workstream: chance.oneOf([1, 2]) },
    "decline-workstream": { workstream: chance.oneOf([1, 2]) },
    "update-workstream": {
      workstream: chance.oneOf([1, 2]),
      status: chance.oneOf(["under-way", "blocked"] as const),
      text: "the lamp is red",
      on: chance.oneOf([null, 1, 2, 3]),
    },
    "finish-workstream": { workstream: chance.oneOf([1, 2]), outcome: chance.oneOf(["done", "dropped"]), text: "t" },
    "plan-period": {
      until: chance.oneOf(["2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z", "2020-01-01T00:00:00Z"]),
      situation: "the lamp is red",
      objectives: ["a green lamp"],
    },
    "revise-period": { situation: chance.oneOf(["the lamp is red", "the lamp is out"]) },
    "advise-persons": { persons: [chance.oneOf(people)], text: "the card is being replaced" },
    "add-observation": { text: "the lamp is red" },
    decide: { text: "fail over", options: ["wait", "fail over"] },
    "acknowledge-escalation": {},
    "return-escalation": {},
    "end-escalation": {},
    "set-aside-escalation": {},
    escalate: { kind: "functional", to: "network", expected: "a new card" },
    ...{ "ask-for-help": { text: "a card" }, "dismiss-help": { number: 1 } },
    "confirm-help": { number: chance.oneOf([1, 2]), kind: "functional", to: "network" },
    "activate-team": { team: "network" },
    ...{ "join-team": {}, "leave-team": {}, "stand-down-team": {} },
    "open-hypothesis": { text: "a card" },
    "add-evidence": { hypothesis: chance.oneOf([1, 2]), side: chance.oneOf(["for", "against"]), text: "its lamp" },
    "confirm-hypothesis": { hypothesis: chance.oneOf([1, 2]), text: "a new one works" },
    "rule-out-hypothesis": { hypothesis: chance.oneOf([1, 2]), text: "a new one fails too" },
    "link-known-error": { knownError: chance.oneOf(["lamps", "nothing"]), ruledOut: chance.happens(0.3) },
    "record-cause": { text: "a card" },
    "select-solution": { text: "replace it", considered: ["wait"] },
    ...owing(world, chance),
    "declare-restored": { text: null },
    "declare-relapse": { text: "again" },
    "declare-resolved": {
      solution: "replaced",
      cause: chance.oneOf(["a card", null]),
      causeUnknown: chance.happens(0.5),
    },
    "open-recovery": {},
    "complete-recovery-item": { item: chance.oneOf(asked.recovery), text: null, notNeeded: chance.happens(0.2) },
    "confirm-restored": { working: chance.happens(0.8), text: chance.oneOf(["the lamp", null]) },
    "confirm-recovery": {
      text: "backlog cleared",
      notNeeded: false,
      confirmedBy: chance.oneOf(["the night nurse", null]),
    },
    "complete-documentation": { language: "fr", summary: "s", impact: "i", workaround: null, lessons: null },
    "confirm-criterion": { criterion: chance.oneOf(asked.criteria), text: null, notNeeded: chance.happens(0.2) },
    "pause-clock": { pause: chance.oneOf(["user", "supplier", "window"]) },
    "resume-clock": {},
    restrict: {},
    "lift-restriction": {},
    "grant-access": chance.oneOf([{ person: chance.oneOf(people) }, { team: "network" }, { function: "legal" }]),
    "revoke-access": { person: chance.oneOf(people) },
    mark: { tlp: chance.oneOf(["red", "amber+strict", "clear", null] as const) },
    close: {},
    "accept-closure": { text: "looked at" },
    "return-closure": {},
    "review-derogation": { number: 1, verdict: "justified", text: null },
    ...{ reopen: {}, "request-reopen": {}, "decline-reopen": {} },
  };
  return { name, input: inputs[name] } as Command;
}

function owing(world: World, chance: Chance) {
  const law = chance.oneOf(["dora", "gdpr33", "us-sec", "qc-l25", "pci", "unheard-of"]);
  const leg = chance.oneOf(["initial", "authority", "filing", "persons", "unheard-of"]);
  const at = toIso(world.now() - chance.below(3_000) * minuteMs);
  return {
    "assess-obligation": {
      law,
      outcome: chance.oneOf(["owed", "not-owed", "out-of-scope", "unknown"] as const),
      answers: {},
      traits: chance.oneOf([[], ["unheard-of"]]),
      text: "cards were read",
    },
    "date-obligation": {
      law,
      fact: chance.oneOf(["aware", "classified", "material", "reasons-to-believe"]),
      at: chance.oneOf([at, null]),
    },
    "describe-obligation": { law, fields: { [chance.oneOf(["cause", "unheard-of"])]: chance.oneOf(["a card", null]) } },
    "record-submission": { law, leg, at },
    "withhold-notice": { law, legs: [leg], authority: "the prosecutor", until: chance.oneOf([null, at]) },
  };
}
