/** Mails as pure renderings: a page, which must wake and be answered from a lock screen, and notices, which only tell. The
 *  text part comes first: it is what a watch, a screen reader and a bad network show. */
import type { NoticeCode } from "../../core/desk/effects.ts";
import { parseIso } from "../../core/kernel/time.ts";
import type { Locale, Priority, Severity } from "../../core/kernel/vocabulary.ts";
import { dateTime, hour, list, phrase, shortDate, zoneOffset } from "../../languages/format.ts";
import { labels } from "../../languages/labels.ts";
import { lawWords } from "../../languages/law-words.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { type MailBody, type MailLine, mailHtml, mailText, oneLine, shorten } from "./mail-layout.ts";
import { type SupplierNotice, supplierWords } from "./supplier-news.ts";

export type RenderedMail = { readonly subject: string; readonly text: string; readonly html: string };

/** What every mail about an incident knows of it. Instants are RFC 3339. */
export type MailIncident = {
  /** `INC-2026-000412`. */
  readonly number: string;
  /** `INC-412`. */
  readonly shortNumber: string;
  readonly title: string;
  readonly priority: Priority | null;
  readonly severity: Severity | null;
  readonly service: string | null;
  readonly since: string;
  readonly incidentUrl: string;
  readonly exercise: boolean;
  /** Zone of the recipient, IANA. */
  readonly zone: string;
  /** Name of this desk, or of its host. */
  readonly instance: string;
};

export type PageView = MailIncident & {
  readonly why: {
    readonly reason: string;
    readonly schedule: string | null;
    readonly until: string | null;
    readonly silent: readonly string[];
    readonly inTurn?: true;
  };
  /** Who is called next, and when; null when nobody is left. `name` is null when it is not one person. */
  readonly nextStep: { readonly at: string; readonly name: string | null } | null;
  readonly source: string | null;
  /** What is asked, when it is not to take the incident. */
  readonly escalation?: {
    readonly kind: "functional" | "hierarchical" | "team";
    readonly by: string | null;
    readonly expected: string;
  } | null;
  readonly ackUrl: string;
  /** A mail about it may be answered by mail. */
  readonly byMail?: boolean;
  readonly possibleDuplicate: boolean;
};

export type EscalationNews = Extract<NoticeCode, `escalation-${string}`>;
type Work = "coordination" | "role" | "task" | "period" | "notice" | "workstream" | "team";
export type WorkNews = Extract<NoticeCode, `${Work}-${string}`>;

export const isWorkNews = (notice: string | undefined): notice is WorkNews =>
  /^(coordination|role|task|period|notice|workstream|team)-/.test(notice ?? "");

export type ContributorNews = Extract<NoticeCode, `contribution-${string}`>;
export type MajorNews = Extract<NoticeCode, `major-${string}`>;
export type FlagNews = Extract<NoticeCode, `flag-${string}` | `investigation-${string}`>;
export type ClosureNews = Extract<NoticeCode, `closure-${string}` | "restoration-contested">;

/** `by`: who did it, when known. `to`: the team or function an assignment names, null when it names the person. */
export type NoticeContent =
  | { readonly notice: "sources-cleared"; readonly relapsed: boolean }
  | { readonly notice: "coordinator-wanted"; readonly acceptedBy: string }
  | { readonly notice: "advised"; readonly by: string | null; readonly text: string }
  | {
      readonly notice: "escalated";
      readonly by: string | null;
      readonly kind: "functional" | "hierarchical";
      readonly expected: string;
    }
  /** To whoever asked for it: `quote` is the reason it was returned for, or what they expected. */
  | { readonly notice: EscalationNews; readonly by: string | null; readonly quote: string }
  | {
      readonly notice: MajorNews | FlagNews | ClosureNews | "access-forced" | "evidence-handed";
      readonly by: string | null;
      readonly quote: string;
    }
  /** `quote`: why, or what it is about; `also`: the minutes left, the name of a role, a date. */
  | {
      readonly notice: WorkNews;
      readonly by: string | null;
      readonly quote: string | null;
      readonly also: string | null;
    }
  /** `quote`: what they said, or what was asked; `choice`: of those that the kind offers; `also`: who has it now. */
  | {
      readonly notice: ContributorNews;
      readonly by: string | null;
      readonly quote: string;
      readonly choice: string | null;
      readonly also: string | null;
    }
  | { readonly notice: "assigned"; readonly by: string | null; readonly to: string | null }
  | TargetNotice
  | SupplierNotice
  | LegalNotice;

/** `outage-…`: its clock is a vital function, by its name. */
type TargetNotice = { readonly notice: `target-${"warned" | "missed"}` | `outage-${"warned" | "passed"}` } & TargetNews;

/** Of a leg of a law; `own`: by a target of the organisation's own. */
type LegalNotice = { readonly notice: "obligation-warned" | "obligation-missed" } & LegalNews;
export type LegalNews = {
  readonly law: string;
  readonly leg: string;
  readonly share: string;
  readonly due: string;
  readonly own: boolean;
};

/** `due`: empty where its calendar never opens. */
export type TargetNews = { readonly clock: string; readonly share: string; readonly due: string };

export type NoticeView = MailIncident & NoticeContent & { readonly notice: NoticeCode };

/** What a phone shows of a subject before cutting it. */
export const subjectMax = 110;

const spoken = inEachLocale(mail, labels);

export function renderPage(view: PageView, language: Locale): RenderedMail {
  const { t } = spoken[language];
  const title = oneLine(view.title);
  const asked = view.escalation ?? null;
  const taken = asked?.kind === "team" ? "team" : "escalation";
  const body: MailBody = {
    language,
    mark: view.exercise ? t("mail.exercise") : null,
    priority: view.priority,
    head: headOf(view, language),
    title,
    lead: asked ? t(`mail.notice.escalated.${asked.kind}`, { by: asked.by && oneLine(asked.by) }) : null,
    quote: asked?.expected ?? null,
    act: asked
      ? { line: t(`mail.${taken}.line`), label: t(`mail.${taken}.take`), url: view.ackUrl }
      : { line: t("mail.take.line"), label: t("mail.take"), url: view.ackUrl },
    facts: pageFacts(view, language),
    also: { line: t("mail.open.line"), label: t("mail.open"), url: view.incidentUrl },
    notes: [
      ...(view.possibleDuplicate ? [t("mail.duplicate")] : []),
      ...(view.byMail ? [t("mail.reply.line")] : []),
      t("mail.link.limits"),
    ],
    signature: t("mail.signature", { instance: oneLine(view.instance) }),
  };
  return { subject: pageSubject(view, language), text: mailText(body), html: mailHtml(body) };
}

/** `P1 Paie : virements… · INC-412`. The service is left out where the title already begins with it. */
function pageSubject(view: PageView, language: Locale): string {
  const { t } = spoken[language];
  const title = oneLine(view.title);
  const service = view.service === null ? null : oneLine(view.service);
  const repeats = service !== null && title.toLowerCase().startsWith(service.toLowerCase());
  return shorten(
    (cut) =>
      t("mail.subject", {
        exercise: view.exercise,
        badge: view.priority === null ? null : `P${view.priority}`,
        service: repeats ? null : service,
        title: cut,
        number: view.shortNumber,
      }),
    title,
    subjectMax,
  );
}

export function headOf(view: MailIncident, language: Locale): string {
  const { t } = spoken[language];
  return t("mail.head", {
    priority: view.priority,
    word: view.priority === null ? null : t(`priority.${view.priority}`),
    severity: view.severity === null ? null : t(`severity.${view.severity}`),
    number: view.shortNumber,
  });
}

export function pageFacts(view: PageView, language: Locale): MailLine[] {
  const { t, find } = spoken[language];
  const { why, zone } = view;
  const since = parseIso(view.since) ?? 0;
  // The next step is the closest thing to now that the view knows: an hour of another day then says its day.
  const about = parseIso(view.nextStep?.at ?? view.since) ?? since;
  const until = why.until === null ? null : parseIso(why.until);
  const reason = find(`reason.reached.${why.reason}.sentence`, {
    schedule: why.schedule,
    until:
      until === null || until === undefined ? null : phrase("until", until, { now: about, zone, locale: language }),
  });
  const silent =
    why.silent.length > 0
      ? t("reason.reached.silent", { names: list(why.silent, language), count: why.silent.length })
      : "";
  const facts: MailLine[] = [
    {
      label: t("mail.since"),
      text: `${shortDate(since, zone, language)}, ${hour(since, zone)} (${zoneOffset(since, zone)})`,
    },
  ];
  if (view.service !== null) facts.push({ label: t("mail.service"), text: oneLine(view.service) });
  if (view.source !== null) facts.push({ label: t("mail.source"), text: oneLine(view.source) });
  const turn = why.inTurn ? t("reason.reached.in-turn") : "";
  facts.push({ label: t("mail.why"), text: [reason ?? why.reason, turn, silent].filter(Boolean).join(" ") });
  facts.push({ label: t("mail.next"), text: nextOf(view, language) });
  return facts;
}

function nextOf(view: PageView, language: Locale): string {
  const { t } = spoken[language];
  if (view.nextStep === null) return t("mail.next.none");
  const at = hour(parseIso(view.nextStep.at) ?? 0, view.zone);
  const { name } = view.nextStep;
  return name === null ? t("mail.next.unnamed", { at }) : t("mail.next.named", { at, name: oneLine(name) });
}

export type RenderedNotice = RenderedMail & { readonly lead: string; readonly quote: string | null };

export function renderNotice(view: NoticeView, language: Locale): RenderedNotice {
  const { t } = spoken[language];
  const title = oneLine(view.title);
  const told = noticeWords(view, language);
  const body: MailBody = {
    language,
    mark: view.exercise ? t("mail.exercise") : null,
    priority: view.priority,
    head: headOf(view, language),
    title,
    lead: told.lead,
    quote: told.quote,
    act: { line: t("mail.open.line"), label: t("mail.open"), url: view.incidentUrl },
    facts: view.service === null ? [] : [{ label: t("mail.service"), text: oneLine(view.service) }],
    also: null,
    notes: [],
    signature: t("mail.signature", { instance: oneLine(view.instance) }),
  };
  const subject = shorten(
    (cut) =>
      capital(
        t("mail.notice.subject", { exercise: view.exercise, what: told.what, title: cut, number: view.shortNumber }),
      ),
    title,
    subjectMax,
  );
  return { subject, text: mailText(body), html: mailHtml(body), lead: told.lead, quote: told.quote };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type NoticeWords = { readonly what: string; readonly lead: string; readonly quote: string | null };

function noticeWords(view: NoticeView, language: Locale): NoticeWords {
  const { t } = spoken[language];
  if (isOfContributor(view)) return contributorWords(view, language);
  if (isOfWork(view)) return workWords(view, language);
  switch (view.notice) {
    case "sources-cleared":
      return clearedWords(view.relapsed ? "relapsed" : "cleared", language);
    case "coordinator-wanted":
      return {
        what: t("mail.notice.coordinator-wanted.subject"),
        lead: t("mail.notice.coordinator-wanted.text", { acceptedBy: oneLine(view.acceptedBy) }),
        quote: null,
      };
    case "advised":
      return {
        what: t("mail.notice.advised.subject"),
        lead: t("mail.notice.advised.text", { by: view.by }),
        quote: view.text,
      };
    case "escalated":
      return {
        what: t("mail.notice.escalated.subject"),
        lead: t(`mail.notice.escalated.${view.kind}`, { by: view.by }),
        quote: view.expected,
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
      return {
        what: t(`mail.notice.${view.notice}.subject`),
        lead: t(`mail.notice.${view.notice}.text`, { by: view.by && oneLine(view.by) }),
        quote: view.quote || null,
      };
    case "assigned":
      return {
        what: t("mail.notice.assigned.subject"),
        lead: t("mail.notice.assigned.text", { by: view.by, to: view.to }),
        quote: null,
      };
    case "target-warned":
    case "target-missed":
    case "outage-warned":
    case "outage-passed":
      return targetWords(view, view.zone, language);
    case "supplier-warned":
    case "supplier-missed":
    case "supplier-next":
      return supplierWords(view, view.zone, language);
    case "obligation-warned":
    case "obligation-missed":
      return legalWords(view, view.zone, language);
  }
}

type WorkNotice = Extract<NoticeContent, { notice: WorkNews }>;
const isOfWork = (view: NoticeView): view is MailIncident & WorkNotice => isWorkNews(view.notice);

function workWords(view: Extract<NoticeContent, { notice: WorkNews }>, language: Locale): NoticeWords {
  const { t } = spoken[language];
  const { notice, by, also, quote } = view;
  return {
    what: t(`mail.notice.${notice}.subject`),
    lead: t(`mail.notice.${notice}.text`, { by: by && oneLine(by), also: also && oneLine(also) }),
    quote,
  };
}

type ContributorNotice = Extract<NoticeContent, { notice: ContributorNews }>;
const isOfContributor = (view: NoticeView): view is MailIncident & ContributorNotice =>
  view.notice.startsWith("contribution-");

function contributorWords(view: ContributorNotice, language: Locale): NoticeWords {
  const { t } = spoken[language];
  const { notice, by, quote, choice, also } = view;
  const values = { by: oneLine(by ?? ""), choice: choice ?? "none", also: oneLine(also ?? "") };
  return {
    what: t(`mail.notice.${notice}.subject`),
    lead: t(`mail.notice.${notice}.text`, values),
    quote: quote || null,
  };
}

const clearedWords = (which: "relapsed" | "cleared", language: Locale): NoticeWords => ({
  what: spoken[language].t(`mail.notice.${which}.subject`),
  lead: spoken[language].t(`mail.notice.${which}.text`),
  quote: null,
});

function legalWords({ notice, law, leg, share, due, own }: LegalNotice, zone: string, language: Locale): NoticeWords {
  const words = lawWords(language);
  const at = parseIso(due);
  const values = {
    ...{
      law: words.law(law),
      leg: words.leg(law, leg),
      recipient: words.recipient(law, leg),
      share: Number(share),
      own,
    },
    due: at === undefined ? null : dateTime(at, zone, language),
  };
  const { t } = spoken[language];
  return {
    what: t(`mail.notice.${notice}.subject`, values),
    lead: t(`mail.notice.${notice}.text`, values),
    quote: null,
  };
}

function targetWords(view: TargetNotice, zone: string, language: Locale): NoticeWords {
  const { t, find } = spoken[language];
  const due = parseIso(view.due);
  const values = {
    clock: find(`clock.name.${view.clock}`) ?? view.clock,
    share: Number(view.share),
    due: due === undefined ? null : dateTime(due, zone, language),
  };
  const [what, lead] = (["subject", "text"] as const).map((part) => t(`mail.notice.${view.notice}.${part}`, values));
  return { what: what ?? "", lead: lead ?? "", quote: null };
}
