/** Requests for assistance as the API shows them to somebody. */
import type { AssistanceView } from "../../contract/assistance.ts";
import type { TimelineEntry } from "../../contract/timeline-entry.ts";
import type { NamedParty } from "../../core/assistance/events.ts";
import {
  type AssistanceCommandName,
  assistanceCommands,
  isPossible,
  mayAct,
  type Standing,
  standingOf,
} from "../../core/assistance/permission.ts";
import { namesOf, type PassedOver, type RouteReason } from "../../core/assistance/routing.ts";
import type { AssistanceSettings, MatchedBy, Party } from "../../core/assistance/settings.ts";
import { type AssistanceState, askedNow, type Leg } from "../../core/assistance/state.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { SealedEntry } from "../../core/kernel/record.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Instant, Language } from "../../core/kernel/vocabulary.ts";
import type { Viewer } from "../access/viewer.ts";
import { partIn, type SeenIncident } from "./seeing.ts";
import type { AssistanceRow } from "./store.ts";

export type Showing = {
  readonly viewer: Viewer;
  readonly directory: Directory;
  readonly settings: AssistanceSettings;
  readonly language: Language;
  /** Of those that this reader may see, by id. */
  readonly incidents: ReadonlyMap<string, SeenIncident>;
  readonly titleOf: (incident: SeenIncident["incident"], language: Language) => string;
};

export function standingIn({ viewer, incidents }: Showing, { request }: AssistanceRow): Standing {
  const seen = incidents.get(request.incident?.id ?? "");
  return standingOf(viewer.actor, request, partIn(viewer.actor, seen?.incident ?? null));
}

export function viewOf(showing: Showing, row: AssistanceRow): AssistanceView {
  const { directory, language } = showing;
  const { request } = row;
  const standing = standingIn(showing, row);
  const to = askedNow(request);
  const { direction, title, details, urgent, site, status, holder, late, exercise, asker } = request;
  return {
    id: row.id,
    number: request.number,
    direction,
    title,
    details,
    kind: kindOf(showing, request.kind),
    urgent,
    language: request.language,
    domains: [...request.domains],
    service: serviceOf(directory, request.service, language),
    site,
    status,
    asker,
    to: to && shown(directory, to, language),
    holder,
    answerBy: isoOr(request.answerBy),
    late,
    path: request.path.map((leg) => legOf(showing, leg)),
    raised: raisedOf(request),
    outcome: request.outcome && { ...request.outcome, at: toIso(request.outcome.at) },
    incident: incidentOf(showing, request),
    exercise,
    askedAt: toIso(request.askedAt),
    updatedAt: toIso(request.updatedAt),
    seq: row.seq,
    may: assistanceCommands.filter((name) => isOpenTo(name, standing, request)),
    why: whyShown(standing),
  };
}

const isOpenTo = (name: AssistanceCommandName, standing: Standing, request: AssistanceState): boolean =>
  mayAct(name, standing, request) && isPossible(name, request);

const raisedOf = ({ raised }: AssistanceState): AssistanceView["raised"] =>
  raised && { ...raised, people: [...raised.people], at: toIso(raised.at) };

/** What concerns somebody most. */
function whyShown(one: Standing): AssistanceView["why"] {
  if (one.holder) return "holder";
  if (one.asked) return "asked";
  if (one.decides || one.coordinates) return "decides";
  if (one.asker) return "asker";
  if (one.ofIncident) return "incident";
  return one.onPath ? "was-asked" : "oversees";
}

function legOf(naming: Naming, leg: Leg): AssistanceView["path"][number] {
  const { directory, language } = naming;
  const { to, because, passed, by, at, reason, left } = leg;
  return {
    to: to && shown(directory, to, language),
    because: becauseOf(because, naming),
    passed: passedOf(directory, passed, language),
    by,
    at: toIso(at),
    reason,
    left: left && { ...left, at: toIso(left.at) },
  };
}

export type Naming = Pick<Showing, "directory" | "settings" | "language">;

export function becauseOf(reason: RouteReason, naming: Naming): AssistanceView["path"][number]["because"] {
  return {
    code: reason.code,
    rule: reason.code === "rule" ? reason.rule : null,
    version: reason.code === "chosen" ? null : reason.version,
    by: reason.code === "rule" ? reason.by.map((one) => ({ ...one, name: nameOf(one, naming) })) : [],
  };
}

function nameOf({ what, value }: MatchedBy, naming: Naming): string {
  const { directory, language } = naming;
  if (what === "kind") return kindOf(naming, value).name;
  const known =
    what === "domain" ? directory.domains.get(value) : what === "service" ? directory.services.get(value) : undefined;
  return (language === "fr" ? known?.nameFr : known?.nameEn) ?? value;
}

export const passedOf = (directory: Directory, passed: readonly PassedOver[], language: Language) =>
  passed.map(({ party, rule, because }) => ({ to: partyOf(directory, party, language), rule, because }));

export const partyOf = (directory: Directory, party: Party, language: Language) => ({
  kind: party.kind,
  id: party.id,
  name: namesOf(directory, party)[language],
});

/** By the name it has now; by the one it had, where it is no more. */
function shown(directory: Directory, { kind, id, fr, en }: NamedParty, language: Language) {
  const is = kind === "team" ? directory.teams.has(id) : directory.functions.has(id);
  return is ? partyOf(directory, { kind, id }, language) : { kind, id, name: language === "fr" ? fr : en };
}

function kindOf({ settings, language }: Naming, id: string): AssistanceView["kind"] {
  const kind = settings.kinds.find((one) => one.id === id);
  return { id, name: (language === "fr" ? kind?.nameFr : kind?.nameEn) ?? id };
}

function serviceOf({ services }: Directory, id: string | null, language: Language): AssistanceView["service"] {
  const service = services.get(id ?? "");
  return service ? { id: service.id, name: language === "fr" ? service.nameFr : service.nameEn } : null;
}

function incidentOf({ incidents, titleOf, language }: Showing, { incident }: AssistanceState) {
  const seen = incidents.get(incident?.id ?? "");
  return seen ? { id: seen.id, number: seen.number, title: titleOf(seen.incident, language), stage: seen.stage } : null;
}

const isoOr = (at: Instant | null): string | null => (at === null ? null : toIso(at));

export const timelineOf = (entry: SealedEntry): TimelineEntry => ({
  seq: entry.seq,
  type: entry.type,
  at: entry.occurredAt,
  recordedAt: entry.recordedAt,
  actor: entry.actor,
  level: entry.level,
  role: entry.role,
  derogation: entry.derogation,
  reason: entry.reason,
  cause: { ...entry.cause },
  data: entry.data === null ? null : { ...entry.data },
  hash: entry.hash,
});
