/** From a claimed effect to what is to be said: what the renderers need to know, gathered from the incident and the
 *  directory. */
import type { Directory } from "../../core/desk/directory.ts";
import { rosterOf } from "../../core/desk/directory.ts";
import type { Person } from "../../core/directory/types.ts";
import { callsFor, whereIs } from "../../core/escalation/paging-state.ts";
import { builtInPolicy } from "../../core/escalation/policy.ts";
import { nextCalled } from "../../core/escalation/workflow.ts";
import { askedByNumber } from "../../core/incidents/asked.ts";
import { aboutOf, type IncidentState } from "../../core/incidents/state.ts";
import { parseIso, toIso } from "../../core/kernel/time.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import type { HoleSubject } from "../../core/routing/hole-notice.ts";
import { phrase } from "../../languages/format.ts";
import { isUntold, tellable, untoldText, untoldTitle } from "../pages/marked.ts";
import type { Claimed } from "../platform/outbox.ts";
import type { Secrets } from "../platform/secrets.ts";
import { type AssistancePayload, assistanceView } from "./assistance-news.ts";
import { codeOf } from "./contact-code.ts";
import type { ContactRow } from "./contact-store.ts";
import type { CoverPayload } from "./cover-news.ts";
import type { CoverView } from "./cover-words.ts";
import type { HolesPayload, HolesView } from "./hole-news.ts";
import {
  isWorkNews,
  type MailIncident,
  type NoticeContent,
  type NoticeView,
  type PageView,
  type WorkNews,
} from "./mails.ts";
import type { Content, Message } from "./message.ts";
import type { Loaded } from "./store.ts";
import type { SupplierNews } from "./supplier-news.ts";

export type Composing = {
  readonly url: string;
  readonly secrets: Secrets;
  readonly directory: () => Directory;
  readonly titleOf: (incident: IncidentState, language: Language) => string;
  /** `via`: by which message. */
  readonly ackUrl: (incidentId: string, personId: string, via: number) => string;
  readonly receivedUrl: (outboxId: number) => string;
  /** Answers by mail are read. */
  readonly byMail: boolean;
};

export type Composed = { readonly claimed: Claimed; readonly person: Person; readonly point: ContactRow };

/** Null for what is about an incident that is not there. */
export function createCompose(known: Composing) {
  return (composed: Composed, loaded: Loaded | null): Message | null => {
    const { claimed, person } = composed;
    const content = contentOf(known, composed, loaded);
    if (content === null) return null;
    const instance = new URL(known.url).host;
    const of = loaded === null ? threadOf(composed) : `incident/${loaded.id}`;
    return {
      content,
      language: person.locale ?? person.language,
      key: `outbox/${claimed.payload.copyOf ?? claimed.id}/${composed.point.id}`,
      thread: `${of}/${person.id}`,
      at: toIso(claimed.dueAt),
      recipient: person.name,
      instance,
      settingsUrl: `${known.url}/notifications`,
    };
  };
}

/** All that is said of one request, to be covered or for assistance, goes together. */
function threadOf({ claimed: { payload }, point }: Composed): string {
  if (typeof payload.assistance === "string") return `assistance/${payload.assistance}`;
  return typeof payload.request === "string" ? `cover/${payload.request}` : `contact/${point.id}`;
}

/** A copy that its receiver asked for says what its original was. */
function contentOf(known: Composing, { claimed, person, point }: Composed, loaded: Loaded | null): Content | null {
  switch (claimed.kind === "copy" ? claimed.payload.original : claimed.kind) {
    case "code":
      return point.codeSentAt === null
        ? null
        : { kind: "code", code: codeOf(known.secrets, point.id, point.codeSentAt) };
    case "test":
      return { kind: "test", receivedUrl: known.receivedUrl(Number(claimed.payload.copyOf ?? claimed.id)) };
    case "switched-off":
      return { kind: "switched-off", address: String(claimed.payload.address) };
    case "assistance":
      return {
        kind: "assistance",
        view: assistanceView(claimed.payload as unknown as AssistancePayload, { ...known, person }),
      };
    case "cover":
      return { kind: "cover", view: coverView(known, claimed, person) };
    case "silence-ending": {
      const { reason, until } = claimed.payload as Readonly<Record<string, string>>;
      const end = parseIso(until ?? "") ?? claimed.notAfter;
      const shown = phrase("at", end, {
        now: claimed.dueAt,
        zone: person.zone,
        locale: person.locale ?? person.language,
      });
      return { kind: "silence-ending", reason: reason ?? "", until: shown, silencesUrl: `${known.url}/silences` };
    }
    case "holes":
      return { kind: "holes", view: holesView(known, claimed, person) };
    case "page":
      if (loaded === null) return null;
      return {
        kind: "page",
        view: pageView(known, claimed, person, loaded),
        incidentId: loaded.id,
        notAfter: toIso(claimed.notAfter),
      };
    default: {
      if (loaded === null) return null;
      const view = { ...incidentView(known, person, loaded), ...noticeOf(known, claimed, loaded, person) };
      return { kind: "notice", view: view as NoticeView, incidentId: loaded.id };
    }
  }
}

function coverView(known: Composing, { payload }: Claimed, { zone }: Person): CoverView {
  const { people, schedules } = known.directory();
  const told = payload as unknown as CoverPayload;
  return {
    news: told.news,
    schedule: schedules.get(told.schedule)?.name ?? "",
    owner: people.get(told.owner)?.name ?? "",
    by: people.get(told.by)?.name ?? "",
    from: told.from,
    until: told.until,
    inReturn: told.inReturn,
    message: told.message,
    named: told.named,
    url: `${known.url}/schedules/${told.schedule}`,
    zone,
  };
}

function holesView(known: Composing, { payload }: Claimed, { zone, language }: Person): HolesView {
  const { holes } = payload as unknown as HolesPayload;
  return {
    holes: holes.map(({ spans, ...subject }) => ({ ...holesOf(known.directory(), subject, language), spans })),
    url: `${known.url}/reach`,
    zone,
  };
}

/** `policyId`, `addressee`: absent in what was put in the outbox before these were told of. */
function holesOf(
  directory: Directory,
  { serviceId, policyId = null, addressee = null }: HoleSubject,
  language: Language,
) {
  const { services, policies } = directory;
  if (addressee !== null) return addresseeOf(directory, addressee, language);
  if (policyId === builtInPolicy.id) return { of: "last-resort", name: "" } as const;
  if (policyId !== null) return { of: "escalation", name: policies.get(policyId)?.name ?? "" } as const;
  const service = services.get(serviceId ?? "");
  if (!service) return { of: "no-service", name: "" } as const;
  return { of: "service", name: language === "fr" ? service.nameFr : service.nameEn } as const;
}

function addresseeOf({ teams, functions, services, people }: Directory, addressee: string, language: Language) {
  const [kind = "", id = ""] = addressee.split("/");
  const own = (one: { readonly nameFr: string; readonly nameEn: string } | undefined): string =>
    (language === "fr" ? one?.nameFr : one?.nameEn) ?? "";
  if (kind === "team") return { of: "team", name: teams.get(id)?.name ?? "" } as const;
  if (kind === "function") return { of: "function", name: own(functions.get(id)) } as const;
  if (kind === "owner") return { of: "owner", name: own(services.get(id)) } as const;
  return { of: "person", name: people.get(id)?.name ?? "" } as const;
}

/** `INC-412` out of `INC-2026-000412`. */
export const shortNumber = (number: string): string => number.replace(/^([A-Z]+)-\d{4}-0*(\d+)$/, "$1-$2");

export function incidentView(
  known: Pick<Composing, "url" | "directory" | "titleOf">,
  person: Pick<Person, "language" | "zone">,
  { incident }: Loaded,
): MailIncident {
  const untold = isUntold(incident);
  const service = incident.service === null || untold ? undefined : known.directory().services.get(incident.service);
  return {
    number: incident.number,
    shortNumber: shortNumber(incident.number),
    title: untold ? untoldTitle(person.language) : known.titleOf(incident, person.language),
    priority: incident.priority,
    severity: incident.severity,
    service: service ? (person.language === "fr" ? service.nameFr : service.nameEn) : null,
    since: toIso(incident.milestones.reported ?? incident.updatedAt),
    incidentUrl: `${known.url}/incidents/${incident.number}`,
    exercise: incident.exercise,
    zone: person.zone,
    instance: new URL(known.url).host,
  };
}

function pageView(known: Composing, claimed: Claimed, person: Person, loaded: Loaded): PageView {
  const where = whereIs(loaded.paging, claimed.pageId ?? "");
  const calls = callsFor(loaded.paging, where?.escalation);
  const asked = askedByNumber(loaded.incident, where?.escalation, person.language);
  const untold = isUntold(loaded.incident) ? untoldText(person.language) : null;
  const why = where?.page.why ?? { reason: "named", schedule: null, until: null, silent: [] };
  return {
    ...incidentView(known, person, loaded),
    why,
    nextStep: nextStepOf({ ...loaded, paging: calls }, known.directory()),
    escalation: asked ? { kind: asked.kind, by: asked.by, expected: untold ?? asked.expected } : null,
    source: sourceOf(known.directory(), loaded),
    ackUrl: known.ackUrl(loaded.id, person.id, Number(claimed.payload.copyOf ?? claimed.id)),
    byMail: known.byMail,
    possibleDuplicate: claimed.possibleDuplicate,
  };
}

/** The integration that says so, in the name that people gave it. */
function sourceOf(directory: Directory, { incident: { origin } }: Loaded): string | null {
  return origin?.kind === "integration" ? (directory.integrations.get(origin.integrationId)?.name ?? null) : null;
}

/** Who would be called next if nobody answers: asked of the policy pinned when paging started, and of today's shifts. */
export function nextStepOf(
  { incident, paging }: Pick<Loaded, "incident" | "paging">,
  directory: Directory,
): { readonly at: string; readonly name: string | null } | null {
  const reached = nextCalled(paging, rosterOf(directory), aboutOf(incident));
  const [only] = reached;
  if (!only || paging.nextAt === null) return null;
  return {
    at: toIso(paging.nextAt),
    name: reached.length === 1 ? (directory.people.get(only.personId)?.name ?? null) : null,
  };
}

function groupOf(directory: Directory, id: string | undefined, language: Language): string | null {
  const duty = directory.functions.get(id ?? "");
  return directory.teams.get(id ?? "")?.name ?? (language === "fr" ? duty?.nameFr : duty?.nameEn) ?? null;
}

/** Of coordination, roles and tasks: in the reader's language, with dates where they are. */
function workNews(
  notice: WorkNews,
  payload: Readonly<Record<string, string | undefined>>,
  { dueAt: now }: Claimed,
  { language, locale = language, zone }: Person,
): NoticeContent {
  const french = language === "fr";
  const due = parseIso(payload.due ?? "");
  const also =
    (due === undefined ? null : phrase("at", due, { now, zone, locale })) ??
    (french ? payload.roleFr : payload.roleEn) ??
    payload.minutes ??
    payload.title;
  const quote = payload.quote || (french ? payload.dutyFr : payload.dutyEn);
  return { notice, by: payload.by || null, quote: quote || null, also: also ?? null };
}

function supplierNews(
  notice: SupplierNews,
  { by = "", clock = "", share = "", due = "", also = "" }: Readonly<Record<string, string>>,
): NoticeContent {
  return { notice, by, clock, share, due, also };
}

function noticeOf(known: Composing, claimed: Claimed, { incident }: Loaded, person: Person): NoticeContent {
  const { language } = person;
  const payload = tellable(claimed.payload, incident, language) as Readonly<Record<string, string>>;
  const nameOf = (id: string | undefined): string | null =>
    id ? (known.directory().people.get(id)?.name ?? null) : null;
  if (isWorkNews(payload.notice)) return workNews(payload.notice, payload, claimed, person);
  switch (payload.notice) {
    case "coordinator-wanted":
      return { notice: "coordinator-wanted", acceptedBy: nameOf(payload.once) ?? incident.acceptedBy?.name ?? "" };
    case "advised":
      return { notice: "advised", by: null, text: payload.text ?? "" };
    case "escalated":
      return {
        notice: "escalated",
        by: null,
        kind: payload.kind === "hierarchical" ? "hierarchical" : "functional",
        expected: payload.expected ?? "",
      };
    case "escalation-taken":
    case "escalation-returned":
    case "escalation-unanswered":
    case "major-proposed":
    case "major-declared":
    case "major-stood-down":
    case "major-restored":
    case "major-closed":
    case "closure-to-check":
    case "restoration-contested":
    case "flag-proposed":
    case "investigation-taken":
    case "closure-returned":
    case "access-forced":
    case "evidence-handed":
      return { notice: payload.notice, by: payload.by || null, quote: payload.quote ?? "" };
    case "contribution-answered":
    case "contribution-declined":
    case "contribution-forwarded":
    case "contribution-failed":
    case "contribution-barred":
    case "contribution-unanswered":
    case "contribution-expired": {
      const { notice, by = null, quote = "", choice = null, also = null } = payload;
      return { notice, by, quote, choice, also };
    }
    case "target-warned":
    case "target-missed": {
      const { clock = "", share = "", due = "" } = payload;
      return { notice: payload.notice, clock, share, due };
    }
    case "supplier-warned":
    case "supplier-missed":
    case "supplier-next":
      return supplierNews(payload.notice, payload);
    case "outage-warned":
    case "outage-passed":
      return { ...outageNews(payload, language), notice: payload.notice };
    case "obligation-warned":
    case "obligation-missed": {
      const { law = "", leg = "", share = "", due = "", own } = payload;
      return { notice: payload.notice, law, leg, share, due, own: own === "true" };
    }
    case "assigned":
      return { notice: "assigned", by: payload.by || null, to: groupOf(known.directory(), payload.to, language) };
    default:
      return { notice: "sources-cleared", relapsed: payload.notice !== "sources-cleared" };
  }
}

/** Its clock is a vital function, by its name in the language of whoever reads it. */
const outageNews = (
  { nameFr, nameEn, share = "", due = "" }: Readonly<Record<string, unknown>>,
  language: Language,
) => ({
  clock: String((language === "fr" ? nameFr : nameEn) ?? ""),
  share: String(share),
  due: String(due),
});
