/** The whole core under virtual time and a seed: what stands in for the event log and the effects in a drill, a test of a
 *  policy, a replay. It drives the desk exactly as the server does (load what is needed, handle, write whole, carry the
 *  effects out) and decides nothing itself: what is rehearsed here is what runs.
 *
 *  Time moves only in `advance`. Timers and pages are carried out in the order in which they fall due; what falls due at
 *  one instant, in the order in which it was asked for. The channel is a script: for each page it says whether the page
 *  leaves (`ok`), is refused for good (`fail`), or cannot leave yet (`down`: told once, then tried again each minute until it
 *  is too late to be sent). */
import type { Alert, Signal } from "../alerts/decide.ts";
import { actorOf, anonymous } from "../desk/actor.ts";
import type { Directory } from "../desk/directory.ts";
import type { Draft } from "../desk/draft.ts";
import { type Effect, type NoticeCode, type TimerPayload, waitingTimerKey } from "../desk/effects.ts";
import type { EngagementAsk } from "../desk/engaging.ts";
import type { SignalsOutcome } from "../desk/handling.ts";
import { type DeskInput, type DeskOutcome, type PageOutcome, timerInput } from "../desk/inputs.ts";
import type { NewIncident } from "../desk/opening.ts";
import { handle, needs, openDraft } from "../desk/step.ts";
import type { ChannelKind } from "../directory/types.ts";
import type { ImpactCommand } from "../impact/commands.ts";
import type { ContributionAct } from "../incidents/contributing.ts";
import { genesis } from "../kernel/hash.ts";
import { createMint, seedFromName } from "../kernel/id.ts";
import type { ExportedRecord } from "../kernel/record.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { minuteMs, toIso } from "../kernel/time.ts";
import type { Actor, Instant, Via } from "../kernel/vocabulary.ts";
import type { Decision } from "../noise/trace.ts";
import type { SecurityCommand } from "../security/commands.ts";
import { commit, emptyMemory, incidentStream, type KeptCase, load, waitingOn } from "./memory.ts";
import { deliver, sendInvite, sendPost, sendTogether, type Tell, tellOf } from "./world-sending.ts";

/** The server's own bound: an input that still needs a state after so many rounds is a bug. */
const loadRoundsMax = 8;

type Command = Extract<DeskInput, { kind: "command" }>["command"];
type Said = Partial<NewIncident> & { readonly title: string };
export type Around = Pick<Envelope, "reason" | "occurredAt" | "derogation"> & {
  /** How the act reached us; the web when it does not say. */
  readonly via?: Via;
};
export type Channel = (page: {
  readonly personId: string;
  readonly incidentId: string;
  readonly channel: ChannelKind;
  readonly at: Instant;
}) => "ok" | "fail" | "down";

/** Told of all that is to be kept, in order, by whoever keeps it elsewhere than in memory. */
export type Keeper = {
  readonly wrote: (draft: Draft) => void;
  /** Before what it causes is written. */
  readonly fired: (timerKey: string) => void;
  /** What became of a page or a notice in the end, by the key of its effect; after what that causes is written. */
  readonly carried: (
    effectKey: string,
    outcome: Exclude<PageOutcome["kind"], "delayed" | "delivered" | "undelivered">,
    at: Instant,
  ) => void;
};

/** What reached a person. */
export type Letter = {
  readonly at: Instant;
  readonly incidentId: string;
  readonly about: "page" | "silence-ending" | NoticeCode;
  readonly key: string;
  /** Key of what led the message that it came in: its own, unless it was held back with others. */
  readonly message: string;
};

export type World = {
  readonly now: () => Instant;
  /** Minutes may be a fraction; returns when everything due by then was carried out. */
  readonly advance: (minutes: number) => void;
  /** What people set up from now on, and what it says of what waits, asked about at once as the server does. */
  readonly setUp: (directory: Directory) => void;
  readonly directory: () => Directory;
  readonly signal: (integrationId: string, signals: readonly Signal[]) => SignalsOutcome;
  /** By a person, or as a report when `personId` is null; the id of the incident, or why not. */
  readonly open: (personId: string | null, said: Said, around?: Around) => string | Refusal;
  readonly command: (incidentId: string, personId: string, command: Command, around?: Around) => Refusal | null;
  /** What is said of what it hurts. */
  readonly hurt: (incidentId: string, personId: string, command: ImpactCommand, around?: Around) => Refusal | null;
  /** What is done for its security. */
  readonly secure: (incidentId: string, personId: string, command: SecurityCommand, around?: Around) => Refusal | null;
  readonly case: (incidentId: string) => KeptCase;
  readonly incidentIds: () => readonly string[];
  readonly alerts: () => readonly Alert[];
  readonly decisions: (alertId: string) => readonly Decision[];
  readonly record: (incidentId: string) => ExportedRecord;
  readonly mailbox: (personId: string) => readonly Letter[];
  /** What somebody asks of a contributor, or, by their link, a contributor does when `personId` is null. */
  readonly contribute: (incidentId: string, personId: string | null, act: ContributionAct) => Refusal | null;
  /** A supplier is called on, or something is said of what they were asked. */
  readonly engage: (incidentId: string, personId: string, act: EngagementAsk) => Refusal | null;
  /** Letters with a link, by the address they went to. */
  readonly invited: (address: string) => readonly Invited[];
  /** What webhooks were told; they always answer. */
  readonly posted: (webhookId: string) => readonly Posted[];
};

export type Invited = { readonly at: Instant; readonly incidentId: string; readonly number: number };
export type Posted = { readonly at: Instant; readonly incidentId: string; readonly key: string };

export type WorldOptions = {
  readonly seed: string;
  readonly start: Instant;
  readonly directory: Directory;
  readonly channel?: Channel;
  readonly keeper?: Keeper;
  /** Stands in the cause of each input, and begins its id; `request` and `input` when it is not said. */
  readonly causedBy?: string;
};

type PageEffect = Extract<Effect, { kind: "page" }>;
type PostEffect = Extract<Effect, { kind: "post" }>;
type NoticeEffect = Extract<Effect, { kind: "notice" }>;
type InviteEffect = Extract<Effect, { kind: "invite" }>;

/** Something to carry out: a timer, replaced by key, or a page on its way. */
export type Due = { readonly dueAt: Instant; readonly order: number } & (
  | { readonly kind: "timer"; readonly timer: TimerPayload }
  | { readonly kind: "page"; readonly page: PageEffect; readonly tried: boolean }
  | { readonly kind: "post"; readonly post: PostEffect }
  | { readonly kind: "invite"; readonly invite: InviteEffect }
  | { readonly kind: "notice"; readonly notice: NoticeEffect }
);

export type Running = ReturnType<typeof begin>;

function begin(options: WorldOptions) {
  return {
    directory: options.directory,
    channel: options.channel ?? (() => "ok" as const),
    keeper: options.keeper ?? null,
    cause: { kind: options.causedBy ?? "request", prefix: options.causedBy ?? "input" },
    mint: createMint(seedFromName(options.seed)),
    salts: createMint(seedFromName(`${options.seed}/salts`)),
    memory: emptyMemory(),
    due: new Map<string, Due>(),
    done: new Set<string>(),
    mailboxes: new Map<string, Letter[]>(),
    posts: new Map<string, Posted[]>(),
    invited: new Map<string, Invited[]>(),
    now: options.start,
    order: 0,
    inputs: 0,
  };
}

export function createWorld(options: WorldOptions): World {
  const running = begin(options);
  const { memory } = running;
  const kept = (id: string): KeptCase => {
    const found = memory.cases.get(id);
    if (!found) throw new Error(`no incident ${id} in this world`);
    return found;
  };
  return {
    now: () => running.now,
    advance: (minutes) => advance(running, running.now + Math.round(minutes * minuteMs)),
    directory: () => running.directory,
    setUp: (changed) => {
      running.directory = changed;
      for (const [key, due] of running.due)
        if (key.startsWith(waitingTimerKey(""))) running.due.set(key, { ...due, dueAt: running.now });
      advance(running, running.now);
    },
    signal: (integrationId, signals) => {
      const causeId = causeIdOf(running);
      const outcome = submit(running, { kind: "signals", integrationId, signals, causeId });
      if (isRefusal(outcome) || outcome.kind !== "signals") throw new Error("signals are never refused");
      return outcome.signals;
    },
    open: (personId, said, around = {}) => {
      const incident = newIncident(running, personId, said);
      const outcome = submit(running, { kind: "open", incident, envelope: envelopeOf(running, personId, around) });
      if (isRefusal(outcome)) return outcome;
      return outcome.kind === "incident" ? outcome.incidentId : "";
    },
    command: (incidentId, personId, command, around = {}) => {
      const envelope = envelopeOf(running, personId, around);
      const outcome = submit(running, { kind: "command", incidentId, command, envelope });
      return isRefusal(outcome) ? outcome : null;
    },
    secure: (incidentId, personId, command, around = {}) => {
      const envelope = envelopeOf(running, personId, around);
      const outcome = submit(running, { kind: "security", incidentId, command, envelope });
      return isRefusal(outcome) ? outcome : null;
    },
    hurt: (incidentId, personId, command, around = {}) => {
      const envelope = envelopeOf(running, personId, around);
      const outcome = submit(running, { kind: "impact", incidentId, command, envelope });
      return isRefusal(outcome) ? outcome : null;
    },
    contribute: (incidentId, personId, act) => {
      const envelope = envelopeOf(running, personId, personId === null ? { via: "link" } : {});
      const outcome = submit(running, { kind: "contribution", incidentId, act, envelope });
      return isRefusal(outcome) ? outcome : null;
    },
    engage: (incidentId, personId, act) => {
      const envelope = envelopeOf(running, personId, {});
      const outcome = submit(running, { kind: "engagement", incidentId, act, envelope });
      return isRefusal(outcome) ? outcome : null;
    },
    invited: (address) => running.invited.get(address) ?? [],
    case: kept,
    incidentIds: () => [...memory.cases.keys()],
    alerts: () => [...memory.alerts.values()],
    decisions: (id) => memory.decisions.filter(({ alertId }) => alertId === id),
    record: (id) => exported(id, kept(id), running.now),
    mailbox: (personId) => {
      if (!running.directory.people.has(personId)) throw new Error(`no person ${personId} in this world`);
      return running.mailboxes.get(personId) ?? [];
    },
    posted: (webhookId) => running.posts.get(webhookId) ?? [],
  };
}

/** An input from outside, then whatever it made due at this instant. */
function submit(running: Running, input: DeskInput): DeskOutcome | Refusal {
  const outcome = transact(running, input);
  advance(running, running.now);
  return outcome;
}

/** One transaction. A refusal writes nothing. */
function transact(running: Running, input: DeskInput): DeskOutcome | Refusal {
  const { memory, mint, directory } = running;
  running.inputs++;
  const draft = openDraft({ at: running.now, mint, directory });
  for (let round = 0; ; round++) {
    const wanted = needs(draft, input);
    if (wanted.length === 0) break;
    if (round === loadRoundsMax) throw new Error(`${input.kind} still needs ${JSON.stringify(wanted)}`);
    if (!wanted.every((key) => load(memory, draft, key))) return refuse("incident-unknown");
  }
  const outcome = handle(draft, input);
  if (isRefusal(outcome)) return outcome;
  commit(memory, draft, running.salts);
  running.keeper?.wrote(draft);
  takeEffects(running, draft);
  return outcome;
}

const telling =
  (running: Running): Tell =>
  (input) =>
    void transact(running, input);

function takeEffects(running: Running, draft: Draft): void {
  for (const effect of draft.effects) {
    switch (effect.kind) {
      case "set-timer":
        running.due.set(effect.key, {
          kind: "timer",
          timer: effect.timer,
          dueAt: effect.dueAt,
          order: running.order++,
        });
        break;
      case "cancel-timer":
        running.due.delete(effect.key);
        break;
      case "page":
        if (isFirst(running, effect.key))
          running.due.set(effect.key, {
            kind: "page",
            page: effect,
            tried: false,
            dueAt: effect.dueAt,
            order: running.order++,
          });
        break;
      case "post":
        if (isFirst(running, effect.key))
          running.due.set(effect.key, { kind: "post", post: effect, dueAt: effect.dueAt, order: running.order++ });
        break;
      case "invite":
        if (isFirst(running, effect.key))
          running.due.set(effect.key, { kind: "invite", invite: effect, dueAt: effect.dueAt, order: running.order++ });
        break;
      case "hasten": {
        const waiting = running.due.get(effect.key);
        if (waiting && waiting.dueAt > effect.dueAt) running.due.set(effect.key, { ...waiting, dueAt: effect.dueAt });
        break;
      }
      case "recheck":
        break;
      case "reminder":
        if (isFirst(running, effect.key))
          deliver(running, { ...effect, incidentId: "", message: effect.key }, effect.reminder);
        break;
      case "notice":
        if (!isFirst(running, effect.key)) break;
        if (effect.dueAt <= running.now) tellOf(running, effect);
        else
          running.due.set(effect.key, { kind: "notice", notice: effect, dueAt: effect.dueAt, order: running.order++ });
    }
  }
  for (const effect of draft.effects) if (effect.kind === "recheck") recheck(running, effect);
}

function recheck({ memory, due }: Running, { integrationId, on, dueAt }: Extract<Effect, { kind: "recheck" }>): void {
  for (const key of waitingOn(memory, integrationId, on)) {
    const waiting = due.get(key);
    if (waiting && waiting.dueAt > dueAt) due.set(key, { ...waiting, dueAt });
  }
}

/** Effects are idempotent by key: asked for twice, done once. */
function isFirst(running: Running, key: string): boolean {
  if (running.done.has(key)) return false;
  running.done.add(key);
  return true;
}

function advance(running: Running, until: Instant): void {
  for (;;) {
    let next: { key: string; due: Due } | null = null;
    for (const [key, due] of running.due) {
      if (due.dueAt > until) continue;
      if (next === null || due.dueAt < next.due.dueAt || (due.dueAt === next.due.dueAt && due.order < next.due.order))
        next = { key, due };
    }
    if (next === null) break;
    running.due.delete(next.key);
    running.now = Math.max(running.now, next.due.dueAt);
    if (next.due.kind === "page" || next.due.kind === "notice") sendTogether(running, next.due, telling(running));
    else if (next.due.kind === "post") sendPost(running, next.due.post, telling(running));
    else if (next.due.kind === "invite") sendInvite(running, next.due.invite, telling(running));
    else {
      running.keeper?.fired(next.key);
      transact(running, timerInput(next.due.timer));
    }
  }
  running.now = until;
}

function exported(id: string, kept: KeptCase, at: Instant): ExportedRecord {
  const { entries } = kept;
  return {
    format: "tocsin-record",
    version: 1,
    stream: incidentStream(id),
    number: kept.incident.number,
    exportedAt: toIso(at),
    count: entries.length,
    head: entries.at(-1)?.hash ?? genesis,
    heads: [],
    entries,
  };
}

function newIncident(running: Running, personId: string | null, said: Said): NewIncident {
  return {
    description: null,
    language: running.directory.language,
    service: null,
    categories: [],
    impact: null,
    urgency: null,
    severity: null,
    exercise: false,
    origin:
      personId === null
        ? { kind: "report", reportId: `report-${running.inputs}`, name: null }
        : { kind: "person", personId },
    ...said,
  };
}

const causeIdOf = ({ cause, inputs }: Running): string => `${cause.prefix}-${inputs}`;

function envelopeOf(running: Running, personId: string | null, { via, ...around }: Around): Envelope {
  const known: Actor = personId === null ? anonymous : personActor(running.directory, personId);
  const actor = via === undefined ? known : { ...known, via };
  return { at: running.now, actor, cause: { kind: running.cause.kind, id: causeIdOf(running) }, ...around };
}

function personActor(directory: Directory, personId: string): Actor {
  const person = directory.people.get(personId);
  if (!person) throw new Error(`no person ${personId} in this world`);
  return actorOf(person, directory, "session");
}
