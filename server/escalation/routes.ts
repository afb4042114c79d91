/** The acknowledge page: one link, one person, one incident. GET changes nothing, but that it was opened is kept with the message
 *  whose link it was; its first form takes the incident in
 *  that person's name, without a session. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Directory } from "../../core/desk/directory.ts";
import type { Person } from "../../core/directory/types.ts";
import { calledPeople } from "../../core/escalation/called.ts";
import type { PagingState } from "../../core/escalation/paging-state.ts";
import { callsFor, hasAccepted, isOn, wantsFrom } from "../../core/escalation/paging-state.ts";
import { calledNow } from "../../core/escalation/workflow.ts";
import { type AskedApart, answerTo, askedApart } from "../../core/incidents/asked.ts";
import type { Escalation } from "../../core/incidents/escalations.ts";
import { type IncidentState, stageOf } from "../../core/incidents/state.ts";
import { activeTeams } from "../../core/incidents/teams.ts";
import { cleanText, cleanTitle } from "../../core/intake/text.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { toIso, zoned } from "../../core/kernel/time.ts";
import { type Actor, type Language, type Locale, languageOfLocale } from "../../core/kernel/vocabulary.ts";
import type { Submit } from "../desk/commit.ts";
import { isUntold, untoldText, untoldTitle } from "../pages/marked.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/database.ts";
import { localeOfPage, sendHtml } from "../platform/http.ts";
import type { Log } from "../platform/log.ts";
import { problemFor, refusalProblem } from "../platform/problems.ts";
import type { Secrets } from "../platform/secrets.ts";
import { type AckEscalation, type AckIncident, type AckState, type AckView, renderAckPage } from "./ack-page.ts";
import { type AckToken, ackTokenMs, readAckToken } from "./ack-token.ts";

export type AckKnown = {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly url: string;
  /** Plain HTTP beyond this machine. */
  readonly insecure: boolean;
  readonly demonstration: boolean;
  readonly submit: Submit;
  readonly directory: () => Directory;
  readonly actorOf: (person: Person) => Actor;
  /** What was learned of a message: its link was opened. */
  readonly opened: (message: {
    readonly outboxId: number;
    readonly incidentId: string;
    readonly personId: string;
    readonly at: number;
  }) => Promise<void>;
  readonly findRow: (incidentId: string, person: Person) => Promise<AckRow | undefined>;
  readonly titleOf: (incident: IncidentState, language: Language) => string;
  readonly nextStepOf: (row: AckRow) => { readonly at: string; readonly name: string | null } | null;
  readonly shortNumber: (number: string) => string;
};

export type AckRow = {
  readonly id: string;
  readonly incident: IncidentState;
  readonly paging: PagingState;
  readonly openAlerts: number;
};

/** In characters. */
const declineReasonMax = 200;
const noteMax = 2_000;

type Opened = { readonly token: AckToken; readonly person: Person; readonly row: AckRow };

export function ackRoutes(app: FastifyInstance, known: AckKnown): void {
  app.get("/ack/:token", async (request, reply) => {
    const opened = await open(known, request);
    if (opened) await noteOpened(known, request, opened);
    return opened
      ? show(known, request, reply, { ...nothingDone, opened, note: wantsToNote(request) ? "noting" : undefined })
      : unknownLink(known, request, reply);
  });
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 20_000 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.post("/ack/:token", async (request, reply) => {
      const opened = await open(known, request);
      if (!opened) return unknownLink(known, request, reply);
      const noting = bodyOf(request).action === "note";
      return noting ? addNote(known, request, reply, opened) : press(known, request, reply, opened);
    });
  });
}

/** Null says nothing of why: a link that is not good must tell nothing about any incident. */
async function open(known: AckKnown, request: FastifyRequest): Promise<Opened | null> {
  const token = readAckToken(known.secrets, (request.params as { token: string }).token);
  if (!token || known.clock.now() > token.issuedAt + ackTokenMs) return null;
  const person = known.directory().people.get(token.personId);
  if (!person?.active) return null;
  const row = await known.findRow(token.incidentId, person);
  return row ? { token, person, row } : null;
}

/** Nobody who was woken waits for it: what cannot be kept is let go. Who only asks for the head has opened nothing. */
async function noteOpened(known: AckKnown, request: FastifyRequest, { row, person }: Opened): Promise<void> {
  const { via } = request.query as { via?: unknown };
  if (request.method !== "GET" || typeof via !== "string" || !/^\d{1,15}$/.test(via)) return;
  const message = { outboxId: Number(via), incidentId: row.id, personId: person.id, at: known.clock.now() };
  await known.opened(message).catch((error: unknown) => known.log.warn({ err: error }, "an opened link was not noted"));
}

/** What this link asks of this person: to take the incident while it wants somebody whom it called, else an escalation or to join a
 *  team. */
function askedFor({ incident, paging }: AckRow, person: Person): AskedApart | undefined {
  const called = paging.pages.some((page) => page.personId === person.id);
  const free = incident.acceptedBy === null || wantsFrom(paging, person.id);
  return called && free ? undefined : askedApart(incident, paging, person);
}

/** One that they took by this link, or elsewhere. */
const heldBy = ({ incident }: AckRow, personId: string): Escalation | undefined =>
  incident.escalations?.findLast(({ status, holder }) => status === "acknowledged" && holder?.id === personId);

/** A team that they joined, unless they are called for the incident itself or have it. */
function joinedBy({ incident, paging }: AckRow, id: string): { name: string; at: number } | undefined {
  const called = paging.pages.some((page) => page.personId === id);
  if (called || incident.acceptedBy?.id === id) return undefined;
  for (const { name, members } of activeTeams(incident).toReversed()) {
    const mine = members.find((one) => one.id === id);
    if (mine) return { name, at: mine.at };
  }
  return undefined;
}

/** A team or an escalation that still calls others, and whose calls to them were all passed on. */
function passedOnBy(
  { incident, paging }: AckRow,
  id: string,
): { number: number; kind: AckEscalation["kind"] } | undefined {
  const teams = activeTeams(incident).map(({ number }) => ({ number, kind: "team" as const }));
  const asked = (incident.escalations ?? []).filter(({ status }) => status === "requested");
  return [...teams, ...asked.map(({ number, kind }) => ({ number, kind }))]
    .toSorted((a, b) => b.number - a.number)
    .find(({ number }) => {
      const calls = callsFor(paging, number);
      const theirs = calls.pages.filter((page) => page.personId === id);
      return isOn(calls) && theirs.length > 0 && theirs.every(({ status }) => status === "withdrawn");
    });
}

async function press(
  known: AckKnown,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
): Promise<FastifyReply> {
  const { row, person } = opened;
  const body = bodyOf(request);
  const declining = body.action === "decline";
  const act = declining ? "decline" : "accept";
  const asked = askedFor(row, person);
  const actor = known.actorOf(person);
  const at = known.clock.now();
  const reason = cleanTitle(body.reason ?? "", declineReasonMax).text || "unavailable";
  const outcome = await known.submit({
    kind: "command",
    incidentId: row.id,
    command: asked ? answerTo(asked, act) : { name: act, input: {} },
    envelope: { at, actor, cause: { kind: "ack-link", id: request.id }, reason: declining ? reason : undefined },
    ...(asked ? {} : { ifFree: true }),
  });
  const done = !isRefusal(outcome) && outcome.kind === "incident";
  const refused = isRefusal(outcome)
    ? problemFor(localeOfPage(request, person), refusalProblem(outcome), request.id).detail
    : null;
  known.log.info(
    {
      event: declining ? "declined-by-link" : "accepted-by-link",
      incident: row.id,
      person: person.id,
      done,
    },
    "acknowledge page",
  );
  const after = await known.findRow(row.id, person);
  return show(known, request, reply, {
    opened: { ...opened, row: after ?? row },
    refused,
    justTaken: done && !declining,
    declined: done && declining ? { asked } : null,
    note: undefined,
  });
}

const bodyOf = ({ body }: FastifyRequest) => (body ?? {}) as Readonly<Record<string, string | undefined>>;
const wantsToNote = ({ query }: FastifyRequest): boolean => (query as { note?: unknown }).note === "1";

/** A word of whoever was called, as from the incident; what was asked of them is still asked. */
async function addNote(
  known: AckKnown,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
): Promise<FastifyReply> {
  const { row, person } = opened;
  const text = cleanText(bodyOf(request).text ?? "", noteMax).text.trim();
  if (text === "") return show(known, request, reply, { ...nothingDone, opened, note: "noting" });
  const outcome = await known.submit({
    kind: "command",
    incidentId: row.id,
    command: { name: "add-observation", input: { text } },
    envelope: { at: known.clock.now(), actor: known.actorOf(person), cause: { kind: "ack-link", id: request.id } },
  });
  const done = !isRefusal(outcome) && outcome.kind === "incident";
  known.log.info({ event: "noted-by-link", incident: row.id, person: person.id, done }, "acknowledge page");
  const after = await known.findRow(row.id, person);
  return show(known, request, reply, {
    ...nothingDone,
    opened: { ...opened, row: after ?? row },
    refused: isRefusal(outcome)
      ? problemFor(localeOfPage(request, person), refusalProblem(outcome), request.id).detail
      : null,
    note: done ? "noted" : undefined,
  });
}

const nothingDone = { refused: null, justTaken: false, declined: null } as const;

type Showing = {
  readonly opened: Opened;
  readonly refused: string | null;
  readonly justTaken: boolean;
  /** What they have just declined; without `asked`, the incident itself. */
  readonly declined: { readonly asked: AskedApart | undefined } | null;
  readonly note: "noted" | "noting" | undefined;
};

function show(known: AckKnown, request: FastifyRequest, reply: FastifyReply, showing: Showing): FastifyReply {
  const { row, person } = showing.opened;
  const language = localeOfPage(request, person);
  const status = showing.refused === null ? 200 : 409;
  return sendHtml(reply, status, (nonce) => {
    const view: AckView = {
      ...frame(known, { nonce, language, zone: person.zone }),
      incident: incidentOf(known, row, language),
      state: stateOf(known, showing),
      note: showing.note,
      called: calledPeople(row.paging.pages)
        .filter((page) => page.personId !== person.id)
        .map((page) => ({ at: toIso(page.requestedAt), name: page.name, status: page.status }))
        .reverse(),
    };
    return renderAckPage(view, language);
  });
}

function unknownLink(known: AckKnown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { zone } = known.directory();
  const language = localeOfPage(request, null);
  return sendHtml(reply, 404, (nonce) =>
    renderAckPage({ ...frame(known, { nonce, language, zone }), incident: null, signInUrl: known.url }, language),
  );
}

function frame(known: AckKnown, how: { readonly nonce: string; readonly language: Locale; readonly zone: string }) {
  const now = known.clock.now();
  return {
    nonce: how.nonce,
    language: how.language,
    instance: new URL(known.url).host,
    localHour: zoned(now, how.zone).hour,
    insecure: known.insecure,
    demonstration: known.demonstration,
    now: toIso(now),
    zone: how.zone,
  };
}

function incidentOf(known: AckKnown, { incident, openAlerts }: AckRow, language: Locale): AckIncident {
  /* Whatever scans a mail opens its links too, and nobody has signed in. */
  const untold = isUntold(incident);
  const own = languageOfLocale(language);
  const service = untold ? undefined : known.directory().services.get(incident.service ?? "");
  return {
    shortNumber: known.shortNumber(incident.number),
    title: untold ? untoldTitle(own) : known.titleOf(incident, own),
    description: untold ? null : incident.description,
    priority: incident.priority,
    impact: incident.impact,
    urgency: incident.urgency,
    severity: incident.severity,
    service: service ? (languageOfLocale(language) === "fr" ? service.nameFr : service.nameEn) : null,
    since: toIso(incident.milestones.reported ?? incident.updatedAt),
    openAlerts,
    exercise: incident.exercise,
    incidentUrl: `${known.url}/incidents/${incident.number}`,
  };
}

function stateOf(known: AckKnown, { opened, refused, justTaken, declined }: Showing): AckState {
  const { incident, paging } = opened.row;
  const at = toIso(known.clock.now());
  if (declined?.asked && incident.ended === null) {
    const called = calledBesides(opened, callsFor(paging, declined.asked.number));
    return { kind: "declined", at, called, of: declined.asked.kind };
  }
  const asked = incident.ended === null ? askedFor(opened.row, opened.person) : undefined;
  if (asked) return toTakeEscalation(known, opened, asked, refused);
  if (incident.ended !== null) return { kind: "ended", stage: stageOf(incident), at: toIso(incident.updatedAt) };
  const joined = joinedBy(opened.row, opened.person.id);
  if (joined) return { kind: "team-joined", at: toIso(joined.at), name: joined.name };
  const calledToTake = paging.pages.some((page) => page.personId === opened.person.id);
  const has = incident.acceptedBy?.id === opened.person.id || heldBy(opened.row, opened.person.id);
  const passed = calledToTake || has ? undefined : passedOnBy(opened.row, opened.person.id);
  if (passed) {
    const called = calledBesides(opened, callsFor(paging, passed.number));
    return { kind: "declined", at: null, called, of: passed.kind };
  }
  if (incident.acceptedBy !== null && !wantsFrom(paging, opened.person.id)) {
    const taken = toIso(incident.milestones.accepted ?? incident.updatedAt);
    if (heldBy(opened.row, opened.person.id)) return { kind: "escalation-held", at };
    const mine = incident.acceptedBy.id === opened.person.id || hasAccepted(paging, opened.person.id);
    if (!mine) return { kind: "taken-by-other", name: incident.acceptedBy.name, at: taken };
    const others = justTaken
      ? paging.pages.filter((page) => page.personId !== opened.person.id).map((page) => page.name)
      : [];
    return {
      kind: "taken-by-you",
      at: taken,
      coordinates: incident.coordinator?.id === opened.person.id,
      seenBy: [...new Set(others)],
    };
  }
  if (declined) return { kind: "declined", at, called: calledBesides(opened, paging), of: null };
  const next = known.nextStepOf(opened.row);
  const mine = paging.pages.findLast((page) => page.personId === opened.person.id);
  const why = mine?.why ?? { reason: "named", schedule: null, until: null, silent: [] };
  return { kind: "to-take", why, next, refused };
}

function calledBesides({ person }: Opened, calls: PagingState): string[] | null {
  const now = calledNow(calls);
  return now.length === 0 ? null : now.filter(({ personId }) => personId !== person.id).map(({ name }) => name);
}

function toTakeEscalation(
  known: AckKnown,
  { row, person }: Opened,
  asked: AskedApart,
  refused: string | null,
): AckState {
  const paging = callsFor(row.paging, asked.number);
  const mine = paging.pages.findLast((page) => page.personId === person.id);
  const why = mine?.why ?? { reason: "escalated", schedule: null, until: null, silent: [] };
  const { kind, by } = asked;
  const expected = isUntold(row.incident) ? untoldText(person.language) : asked.expected;
  return {
    kind: "to-take",
    why,
    next: known.nextStepOf({ ...row, paging }),
    refused,
    escalation: { kind, by, expected },
  };
}
