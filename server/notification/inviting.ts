/** Letters to contributors, in a lane of their own: to an address, and not to anybody's contact point. Each bears a link made as it
 *  leaves, so that nothing which opens anything lies in the outbox. It says who asks and what; of what is restricted, or may not
 *  be told on, not even what. */
import { createHash } from "node:crypto";
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import { type Contribution, correctionMs, isBarred, mayBeGivenOn } from "../../core/incidents/contributing.ts";
import { isRestricted } from "../../core/incidents/restricting.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { attemptsMax } from "../../core/kernel/attempts.ts";
import { systemActor } from "../../core/kernel/stamp.ts";
import { type Locale, staysInside } from "../../core/kernel/vocabulary.ts";
import { contributorPage } from "../../languages/contributor-page.ts";
import { phrase, zoneOffset } from "../../languages/format.ts";
import { inEachLocale } from "../../languages/messages.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import { type Claimed, type Ended, endOutbox, retryOutbox } from "../platform/outbox.ts";
import type { EmailChannel, Mail } from "./channels/email.ts";
import { createLane, type Lane } from "./lanes.ts";
import { type MailBody, mailHtml, mailText, oneLine } from "./mail-layout.ts";
import type { Inspected } from "./store.ts";

export type InvitingKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly url: string;
  readonly mailHost: string;
  /** Null: this desk sends no mail, and whoever asked is told. */
  readonly email: EmailChannel | null;
  readonly directory: () => Directory;
  readonly submit: Submit;
  /** The address of a new link of theirs. */
  readonly makeLink: (incidentId: string, number: number) => Promise<string>;
};

/** Their channel in the outbox. */
export const inviteChannel = "contributor";
const seats = 4;
const spoken = inEachLocale(contributorPage);

export function createInviting(known: InvitingKnown): Lane {
  const { pool, clock, log } = known;
  const carryOut = (one: Inspected): Promise<void> => invite(known, one);
  return createLane({ channel: inviteChannel, pool, clock, log, seats, seatsEach: seats, carryOut });
}

async function invite(known: InvitingKnown, { claimed, loaded }: Inspected): Promise<void> {
  const { pool, clock, log, email } = known;
  try {
    const number = Number(claimed.payload.number);
    const asked = loaded?.incident.contributions?.find((one) => one.number === number);
    const { why } = claimed.payload;
    const wanted = why === "answered" ? "answered" : "asked";
    if (
      loaded === null ||
      asked?.status !== wanted ||
      loaded.incident.ended !== null ||
      isBarred(loaded.incident, asked)
    )
      return void (await transact(pool, 5_000, (client) =>
        endOutbox(client, claimed, "withdrawn", { at: clock.now() }),
      ));
    if (clock.now() > claimed.notAfter) return await tell(known, claimed, { ended: "expired", error: "too-late" });
    if (email === null) return await tell(known, claimed, { ended: "dead", error: "no-mail-server" });
    const url = await known.makeLink(loaded.id, number);
    const told = { asked, incident: loaded.incident, url };
    const sent = await email.send(letter(known, claimed, told));
    if (sent.kind === "accepted") return await tell(known, claimed, { ended: "sent", error: null });
    if (sent.kind === "later" && (sent.nobody || claimed.attempts < attemptsMax))
      return void (await retryOutbox(pool, claimed, { ...sent, now: clock.now(), waitMs: sent.waitMs ?? null }));
    await tell(known, claimed, { ended: "dead", error: sent.error });
  } catch (error) {
    log.error({ err: error, outbox: claimed.id }, "a letter to a contributor could not be sent");
    const why = { error: String(error).slice(0, 300), now: clock.now(), unknown: false };
    await retryOutbox(pool, claimed, why).catch(() => {});
  }
}

type Became = { readonly ended: Exclude<Ended, "withdrawn">; readonly error: string | null };

/** The row and the entry of the record, in one transaction. */
async function tell({ submit, clock }: InvitingKnown, claimed: Claimed, { ended, error }: Became): Promise<void> {
  const number = Number(claimed.payload.number);
  const at = clock.now();
  await submit(
    {
      kind: "contribution",
      incidentId: claimed.incidentId ?? "",
      act: error === null ? { do: "sent", number } : { do: "failed", number, error },
      envelope: { at, actor: systemActor("channel"), cause: { kind: "invite", id: String(claimed.id) } },
    },
    { before: (client) => endOutbox(client, claimed, ended, { at, ...(error !== null && { error }) }) },
  );
}

type Told = {
  readonly asked: Contribution;
  readonly incident: IncidentState;
  readonly url: string;
};

/** What may not be told on by mail. */
const isKept = (incident: IncidentState): boolean => isRestricted(incident) || staysInside(incident.tlp);

function letter(known: InvitingKnown, claimed: Claimed, told: Told): Mail {
  const { asked } = told;
  const { to } = asked;
  const { why } = claimed.payload;
  const person = known.directory().people.get(to.personId ?? "");
  const language = person?.locale ?? to.language;
  const body = why === "answered" ? copyOf(known, told, language) : bodyOf(known, told, language);
  const id = (of: string): string =>
    `<${createHash("sha256").update(of).digest("hex").slice(0, 32)}@${known.mailHost}>`;
  const values = { by: oneLine(asked.by.name), kind: asked.kind, reminds: why === "reminded" };
  const subject = why === "answered" ? "ask.copy.subject" : "ask.mail.subject";
  return {
    to: { name: oneLine(to.name), address: to.address },
    subject: oneLine(spoken[language].t(subject, values)),
    text: mailText(body),
    html: mailHtml(body),
    messageId: id(`outbox/${claimed.id}/${claimed.attempts}`),
    thread: id(`contribution/${claimed.incidentId}/${asked.number}`),
    language,
  };
}

function bodyOf(known: InvitingKnown, { asked, incident, url }: Told, language: Locale): MailBody {
  const { t } = spoken[language];
  const kept = isKept(incident);
  const by = oneLine(asked.by.name);
  const instance = new URL(known.url).host;
  const zone = known.directory().people.get(asked.to.personId ?? "")?.zone ?? known.directory().zone;
  const until = phrase("at", asked.until, { now: known.clock.now(), zone, locale: language });
  const giver = incident.contributions?.find(({ number }) => number === asked.from)?.to.name;
  return {
    language,
    mark: incident.exercise ? t("ask.exercise") : null,
    priority: null,
    head: t("ask.by", { by, instance }),
    title: t("ask.head", { by, kind: asked.kind }),
    lead: kept ? t("ask.mail.hidden") : asked.context,
    quote: kept ? null : asked.text,
    act: { line: t("ask.mail.line"), label: t("ask.mail.answer"), url },
    facts: [{ label: t("ask.mail.until"), text: `${until} (${zoneOffset(asked.until, zone)})` }],
    also: null,
    notes: [
      ...(giver === undefined ? [] : [t("ask.mail.given", { by: oneLine(giver) })]),
      ...calledOn(known, { asked, incident }, language),
      t("ask.mail.lead"),
      mayBeGivenOn(incident, asked) ? t("ask.mail.forward") : t("ask.mail.mine"),
      t("ask.mail.wrong"),
    ],
    signature: t("ask.mail.signature", { instance, by }),
  };
}

/** To whoever is called after somebody else of theirs: since when they were asked, and that it is their turn. */
function calledOn(known: InvitingKnown, { asked, incident }: Omit<Told, "url">, language: Locale): string[] {
  const { t } = spoken[language];
  if (asked.kind !== "ticket") return [];
  const engagement = incident.engagements?.find(({ number }) => number === asked.engagement);
  const call = engagement?.calls.find(({ contact, order }) => contact === asked.to.name && order > 1);
  if (!engagement || !call) return [t("ask.mail.ticket")];
  const at = phrase("at", engagement.at, { now: known.clock.now(), zone: known.directory().zone, locale: language });
  const role = oneLine(call.role);
  return [t("ask.mail.called", { supplier: oneLine(engagement.name), at, role }), t("ask.mail.ticket")];
}

/** What they said, and how long it may be corrected: theirs to keep. */
function copyOf(known: InvitingKnown, { asked, incident, url }: Told, language: Locale): MailBody {
  const { t, find } = spoken[language];
  const kept = isKept(incident);
  const by = oneLine(asked.by.name);
  const { choice = null, text = null, file = null } = asked.answer ?? {};
  const chosen = choice && (asked.kind === "question" ? choice : (find(`ask.choice.${choice}`) ?? choice));
  const until = Math.min(asked.until, (asked.leftAt ?? 0) + correctionMs);
  return {
    ...bodyOf(known, { asked, incident, url }, language),
    title: t("ask.thanks"),
    lead: kept ? null : asked.text,
    quote: kept ? null : [chosen, text, file].filter(Boolean).join("\n"),
    act: {
      line: t("ask.copy.line", { until: phraseIn(known, asked, { at: until, language }) }),
      label: t("ask.correct"),
      url,
    },
    facts: [],
    notes: [t(thanksFor(asked), { by })],
  };
}

function thanksFor({ kind, answer }: Contribution) {
  if (kind === "working") return "ask.thanks.working";
  return kind === "ticket" && answer?.choice !== "declined" ? "ask.thanks.ticket" : "ask.thanks.told";
}

/** Where they live, if that is known. */
function phraseIn(
  known: InvitingKnown,
  { to }: Contribution,
  { at, language }: { readonly at: number; readonly language: Locale },
): string {
  const directory = known.directory();
  const zone = directory.people.get(to.personId ?? "")?.zone ?? directory.zone;
  return `${phrase("until", at, { now: known.clock.now(), zone, locale: language })} (${zoneOffset(at, zone)})`;
}
