/** A step of a drill, done to its desk. What a step names that is not there is nothing, so that every list of steps runs. */
import type { Signal } from "../alerts/decide.ts";
import { actorOf, anonymous } from "../desk/actor.ts";
import type { Directory } from "../desk/directory.ts";
import type { DeskInput } from "../desk/inputs.ts";
import type { IncidentCommandName } from "../directory/responsibility.ts";
import type { Person } from "../directory/types.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { minuteMs, toIso } from "../kernel/time.ts";
import { flags, type Impact, linkKinds, type Priority, type Urgency } from "../kernel/vocabulary.ts";
import { createChance } from "./chance.ts";
import { fly, kill, type Nodes, nextNode, outage } from "./nodes.ts";
import { drawNoise } from "./noise.ts";
import { signalOf } from "./organisation.ts";
import { advance, submit } from "./running.ts";
import type { SaidCommand, SaidSignal, Step } from "./scenario.ts";
import { drawPolicy, keeper, rotaOf } from "./scenery.ts";

type Command = Extract<DeskInput, { kind: "command" }>["command"];

export function enact(nodes: Nodes, step: Step): void {
  nodes.inputs++;
  switch (step.do) {
    case "signals":
      return send(
        nodes,
        step.from,
        step.signals.map((said) => signalFor(nodes, step.from, said)),
      );
    case "storm":
      for (let i = 0; i < step.many; i++) {
        send(nodes, step.from, [signalOf(`storm-${i}`)]);
        advance(nodes, nodes.now + 500);
      }
      return;
    case "report":
      return report(nodes, step);
    case "commands": {
      const inputs = step.commands.map((said) => commandFor(nodes, said)).filter((one) => one !== null);
      if (inputs.length > 0) submit(nodes, inputs, true);
      return;
    }
    case "answer":
      return answer(nodes, step);
    case "finish":
      for (const name of endingCommands.slice(0, step.until)) {
        const input = commandFor(nodes, { on: step.on, by: -1, name, which: 0, derogation: false });
        if (input) submit(nodes, [input], true);
      }
      return;
    case "wait":
      return advance(nodes, nodes.now + step.seconds * 1_000);
    case "channel":
      return void nodes.channels.set(step.channel, step.behaves);
    case "directory":
      nodes.directory = { ...changed(nodes, step), version: nodes.directory.version + 1 };
      return;
    case "noise":
      return setNoise(nodes, step.of);
    case "crash":
      nodes.crashIn = step.afterWrites;
      return;
    case "kill":
      return kill(nodes, step.node);
    case "stall":
      nodes.stall = step;
      return;
    case "outage":
      return outage(nodes, step.seconds);
  }
}

/** What waits is asked about again, in the very transaction of the change. */
function setNoise(nodes: Nodes, of: number): void {
  const { directory, now, rows } = nodes;
  const noise = drawNoise(createChance(of + now), now, [...directory.services.keys()]);
  nodes.directory = { ...directory, version: directory.version + 1, noise };
  for (const row of [...rows.timers.values()])
    if (row.timer.kind === "waiting" && row.dueAt > now)
      rows.timers.set(row.key, { ...row, dueAt: now, leaseUntil: 0, fence: row.fence + 1 });
  advance(nodes, now);
}

const at = <T>(all: readonly T[], place: number): T | null =>
  all.length === 0 ? null : (all.at(place % all.length) ?? null);
const fromEnd = (nodes: Nodes, place: number): string | null => [...nodes.memory.cases.keys()].at(-1 - place) ?? null;
const everybody = ({ directory }: Nodes): Person[] => [...directory.people.values()];

function send(nodes: Nodes, integrationId: string, signals: readonly Signal[]): void {
  submit(nodes, [{ kind: "signals", integrationId, signals, causeId: `signal-${nodes.inputs}` }], true);
}

function signalFor(nodes: Nodes, from: string, { key, group, action, severity, by }: SaidSignal): Signal {
  const stateful = from === "alertmanager";
  const name = `${from}-${key}`;
  return signalOf(name, {
    groupKey: group === null ? name : `group-${group}`,
    action: stateful && (action === "acknowledge" || action === "unacknowledge") ? "trigger" : action,
    severity,
    stateful,
    startsAt: stateful ? nodes.now - 60_000 : null,
    leaseUntil: stateful && action === "trigger" && key % 2 === 0 ? nodes.now + 300_000 : null,
    by: by === null ? null : (at(everybody(nodes), by)?.email ?? null),
  });
}

function envelopeOf(nodes: Nodes, person: Person | null, derogation = false): Envelope {
  return {
    at: nodes.now,
    actor: person === null ? anonymous : actorOf(person, nodes.directory, "session"),
    cause: { kind: "request", id: `input-${nodes.inputs}` },
    reason: "as agreed",
    ...(derogation ? { derogation: { reason: "nobody else answers" } } : {}),
  };
}

function report(nodes: Nodes, { by, service, exercise }: Extract<Step, { do: "report" }>): void {
  const person =
    by === null
      ? null
      : at(
          everybody(nodes).filter((one) => one.active),
          by,
        );
  const origin =
    person === null
      ? ({ kind: "report", reportId: `report-${nodes.inputs}`, name: null } as const)
      : ({ kind: "person", personId: person.id } as const);
  const incident = {
    title: "something is wrong",
    description: null,
    language: nodes.directory.language,
    service: service === null ? null : at([...nodes.directory.services.keys()], service),
    categories: [],
    impact: null,
    urgency: null,
    severity: null,
    exercise,
    origin,
  };
  submit(nodes, [{ kind: "open", incident, envelope: envelopeOf(nodes, person) }], false);
}

/** At its own time, as one more thing that arrives: perhaps with a timer that falls due. */
function answer(nodes: Nodes, { letter, says, seconds }: Extract<Step, { do: "answer" }>): void {
  const reached = nodes.sendings.at(-1 - letter);
  const person = nodes.directory.people.get(reached?.personId ?? "");
  if (!reached || !person) return;
  const { incidentId } = reached;
  const node = nextNode(nodes);
  const at = nodes.now + seconds * 1_000;
  const envelope = { ...envelopeOf(nodes, person), at };
  const input: DeskInput = { kind: "command", incidentId, command: { name: says, input: {} }, envelope };
  fly(nodes, { node, at, arrives: () => nodes.downUntil <= nodes.now, entry: { input } });
}

const endingCommands: readonly IncidentCommandName[] = [
  "categorise",
  "confirm-priority",
  "accept",
  "declare-restored",
  "declare-resolved",
  "confirm-restored",
  "confirm-recovery",
  "complete-documentation",
  "close",
];

function commandFor(nodes: Nodes, { on, by, name, which, derogation }: SaidCommand): DeskInput | null {
  const incidentId = fromEnd(nodes, on);
  const person = by < 0 ? nodes.directory.people.get(keeper) : at(everybody(nodes), by);
  if (incidentId === null || !person?.active) return null;
  const command = commandOf(nodes, name, which);
  return { kind: "command", incidentId, command, envelope: envelopeOf(nodes, person, derogation) };
}

const plan = { situation: "the lamp is red", objectives: ["a green lamp"] } as const;

function commandOf(nodes: Nodes, name: IncidentCommandName, which: number): Command {
  const { directory } = nodes;
  const someone = at(everybody(nodes), which)?.id ?? keeper;
  const team = at([...directory.teams.keys()], which) ?? "nowhere";
  const kind = which % 2 === 0 ? "functional" : "hierarchical";
  const impact = (1 + (which % 4)) as Impact;
  const rating = { impact, urgency: impact as Urgency };
  const assignees = [{ person: someone }, { person: someone }, { team }, { function: "duty" }] as const;
  const policy = at([...directory.policies.keys()], which) ?? "nowhere";
  const addressees = [team, someone, "duty", policy, "nowhere"];
  const processes = [...directory.processes.values()];
  const [questions, recovery, criteria, roles] = (["questions", "recovery", "criteria", "roles"] as const).map((list) =>
    processes.flatMap((one) => one[list].map(({ id }) => id)),
  ) as [string[], string[], string[], string[]];
  const flag = at(flags, which) ?? "serious";
  const inputs: { readonly [Name in IncidentCommandName]: Extract<Command, { name: Name }>["input"] } = {
    register: {},
    dismiss: {},
    merge: { into: fromEnd(nodes, which % 4) ?? "nowhere" },
    categorise: { categories: [at([...directory.categories.keys()], which) ?? "complex"] },
    ...{ "propose-major": {}, "declare-major": {}, "stand-down-major": {} },
    ...{ "propose-flag": { flag }, "raise-flag": { flag }, "lower-flag": { flag }, "take-investigation": {} },
    "set-domains": { domains: ["it-systems", "employees"].slice(which % 2) },
    gather: { question: at(questions, which) ?? "", answer: which % 3 === 0 ? null : "yes" },
    "set-impact-urgency": rating,
    "confirm-priority": rating,
    "override-priority": { priority: (1 + (which % 5)) as Priority },
    assign: at(assignees, which) ?? { team },
    accept: {},
    ...{ decline: {}, leave: {} },
    "offer-coordination": { person: someone },
    "accept-coordination": {},
    "decline-coordination": {},
    "withdraw-coordination": {},
    "fill-role": { role: at(roles, which) ?? "", person: someone },
    "release-role": { role: at(roles, which) ?? "" },
    "add-task": { text: "fetch a card", person: someone, due: toIso(nodes.now + which * 5 * minuteMs) },
    "assign-task": { task: 1 + (which % 3), person: someone, workstream: which % 3 || null },
    "complete-task": { task: 1 + (which % 3), text: null },
    "cancel-task": { task: 1 + (which % 3) },
    ...streaming(nodes, which, someone, team),
    ...linking(nodes, which, someone),
    "plan-period": { ...plan, until: toIso(nodes.now + 60 * minuteMs) },
    "revise-period": { situation: `the lamp is red since ${which}` },
    "advise-persons": { persons: [someone], text: "the card is being replaced" },
    "add-observation": { text: "the lamp is red" },
    decide: { text: "fail over", options: ["wait", "fail over"] },
    escalate: { kind, to: addressees[which % 5] ?? team, expected: "a card" },
    ...{ "ask-for-help": { text: "a card" }, "dismiss-help": { number: 1 + (which % 3) } },
    "confirm-help": { number: 1 + (which % 3), kind, to: addressees[which % 5] ?? team },
    ...{ "acknowledge-escalation": {}, "return-escalation": {}, "end-escalation": {}, "set-aside-escalation": {} },
    ...{ "activate-team": { team }, "join-team": {}, "leave-team": {}, "stand-down-team": {} },
    ...diagnosing(which),
    ...ending(which, recovery, criteria),
    ...{ "pause-clock": { pause: at(["user", "supplier", "window"], which) ?? "user" }, "resume-clock": {} },
    ...owing(nodes, which),
    ...{ restrict: {}, "lift-restriction": {} },
    "grant-access": which % 3 === 0 ? { team } : { person: someone },
    "revoke-access": { person: someone },
    mark: { tlp: at(["red", "amber", "clear"] as const, which) },
    ...{ close: {}, "accept-closure": { text: null }, "return-closure": {} },
    "review-derogation": { number: 1 + (which % 2), verdict: "justified", text: null },
    ...{ reopen: {}, "request-reopen": {}, "decline-reopen": {} },
  };
  return { name, input: inputs[name] } as Command;
}

function ending(which: number, recovery: readonly string[], criteria: readonly string[]) {
  return {
    ...{ "declare-restored": { text: null }, "declare-relapse": { text: "again" } },
    "declare-resolved": { solution: "replaced", cause: "a card", causeUnknown: false },
    "open-recovery": {},
    "complete-recovery-item": { item: at(recovery, which) ?? "", text: null, notNeeded: which % 4 === 0 },
    "confirm-restored": { working: which % 5 > 0, text: "the lamp" },
    "confirm-recovery": {
      text: "backlog cleared",
      notNeeded: false,
      confirmedBy: which % 2 ? "the night nurse" : null,
    },
    "complete-documentation": { language: "fr", summary: "s", impact: "i", workaround: null, lessons: null },
    "confirm-criterion": { criterion: at(criteria, which) ?? "", text: null, notNeeded: which % 4 === 0 },
  } as const;
}

function linking(nodes: Nodes, which: number, person: string) {
  const incident = fromEnd(nodes, which % 4) ?? "nowhere";
  const taken = which % 4 === 0 ? { person } : {};
  return {
    link: { incident, kind: at(linkKinds, which) ?? "related" },
    unlink: { incident },
    split: { title: `a part ${which}`, ...splitting(nodes, which), ...taken },
  };
}

function splitting({ memory }: Nodes, which: number) {
  const alert = at([...memory.alerts.values()], which);
  if (which % 3 === 0) return { workstream: 1 + (which % 2) };
  return which % 3 === 1 || !alert ? { tasks: [1 + (which % 3)] } : { alerts: [alert] };
}

function streaming(nodes: Nodes, which: number, person: string, team: string) {
  const workstream = 1 + (which % 3);
  const due = which % 2 === 0 ? null : toIso(nodes.now + which * minuteMs);
  return {
    "open-workstream": { title: `cabling ${which}`, purpose: "a green lamp", person, team, due },
    "offer-workstream": { workstream, person },
    "accept-workstream": { workstream },
    "decline-workstream": { workstream },
    "update-workstream": {
      workstream,
      status: which % 2 === 0 ? ("under-way" as const) : ("blocked" as const),
      text: "the lamp is red",
      on: which % 4 === 0 ? null : 1 + ((which + 1) % 3),
    },
    "finish-workstream": { workstream, outcome: which % 3 === 0 ? ("dropped" as const) : ("done" as const), text: "t" },
  };
}

/** The keeper stays as they are: somebody must be left whom the last resort can reach. */
function changed({ directory, now }: Nodes, { change, of }: Extract<Step, { do: "directory" }>): Directory {
  const { people, schedules, policies, teams } = directory;
  const person = at(
    [...people.values()].filter((one) => one.id !== keeper),
    of,
  );
  const schedule = at([...schedules.keys()], of);
  const policy = at([...policies.keys()], of);
  const team = at([...teams.values()], of);
  if (!person || schedule === null || policy === null || !team) return directory;
  const withPerson = (one: Person): Directory => ({ ...directory, people: new Map(people).set(one.id, one) });
  const points = (enabled: boolean): Directory =>
    withPerson({ ...person, contactPoints: person.contactPoints.map((one) => ({ ...one, enabled })) });
  const withTurns = (participants: readonly string[]): Directory => {
    const rota = rotaOf(schedule, now, { zone: directory.zone, handoverTime: "02:30", participants });
    return { ...directory, schedules: new Map(schedules).set(schedule, rota) };
  };
  switch (change) {
    case "person-leaves":
      return withPerson({ ...person, active: false });
    case "person-returns":
      return withPerson({ ...person, active: true });
    case "point-off":
      return points(false);
    case "point-on":
      return points(true);
    case "schedule-emptied":
      return withTurns([]);
    case "schedule-filled":
      return withTurns([person.id]);
    case "policy-changed": {
      const names = {
        people: [...people.keys()],
        teams: [...teams.keys()],
        schedules: [...schedules.keys()],
        services: [...directory.services.keys()],
      };
      return {
        ...directory,
        policies: new Map(policies).set(policy, drawPolicy(createChance(of + now), policy, names)),
      };
    }
    case "team-emptied":
      return { ...directory, teams: new Map(teams).set(team.id, { ...team, members: [] }) };
  }
}

const diagnosing = (which: number) =>
  ({
    "open-hypothesis": { text: "a card" },
    "add-evidence": { hypothesis: 1 + (which % 3), side: which % 2 === 0 ? "for" : "against", text: "its lamp" },
    "confirm-hypothesis": { hypothesis: 1 + (which % 3), text: "a new one works" },
    "rule-out-hypothesis": { hypothesis: 1 + (which % 3), text: "a new one fails too" },
    "link-known-error": { knownError: which % 4 ? "lamps" : "nothing", ruledOut: which % 3 === 0 },
    "record-cause": { text: "a card" },
    "select-solution": { text: "replace it", considered: ["wait"] },
  }) as const;

const told = [
  { law: "dora", fact: "aware", leg: "initial" },
  { law: "dora", fact: "classified", leg: "intermediate" },
  { law: "qc-l25", fact: "reasons-to-believe", leg: "commission" },
  { law: "us-sec", fact: "material", leg: "filing" },
  { law: "nowhere", fact: "aware", leg: "initial" },
] as const;

/** Laws that a drill is under, and some that it is not. */
function owing({ now }: Nodes, which: number) {
  const { law, fact, leg } = told[which % told.length] ?? told[0];
  const outcome = which % 4 === 0 ? "not-owed" : "owed";
  return {
    "assess-obligation": { law, outcome, answers: {}, traits: [], text: "cards were read" },
    "date-obligation": { law, fact, at: which % 7 === 0 ? null : toIso(now - which * minuteMs) },
    "describe-obligation": { law, fields: { circumstances: `card ${which}` } },
    "record-submission": { law, leg, at: toIso(now), reference: `R-${which}` },
    "withhold-notice": { law, legs: [leg], authority: "the prosecutor", until: toIso(now + which * 60 * minuteMs) },
  } as const;
}
