/** Help is asked of somebody, and what becomes of it: what each of those concerned is told. */
import type { AssistanceNews } from "../../core/assistance/telling.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { assistanceMail } from "../../languages/assistance-mail.ts";
import { dateTime } from "../../languages/format.ts";
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import type { AccountWords } from "./account-mails.ts";
import { oneLine } from "./mail-layout.ts";

export type AssistanceNewsView = {
  readonly news: AssistanceNews;
  readonly number: string;
  readonly title: string;
  readonly details: string | null;
  readonly urgent: boolean;
  readonly asker: string;
  /** Who did what is told. */
  readonly by: string;
  readonly reason: string | null;
  /** Whoever is asked, by name. */
  readonly to: string | null;
  readonly answerBy: number | null;
  readonly incident: string | null;
  readonly outcome: string | null;
  readonly exercise: boolean;
  readonly url: string;
  /** Of whoever is told. */
  readonly zone: string;
};

const spoken = inEachLocale(assistanceMail, mail, labels);

export function assistanceWords(view: AssistanceNewsView, language: Locale): AccountWords {
  const { t } = spoken[language];
  const { news } = view;
  const values = {
    number: view.number,
    title: oneLine(view.title),
    asker: oneLine(view.asker),
    by: oneLine(view.by),
    to: view.to && oneLine(view.to),
    urgent: view.urgent,
    until: view.answerBy && dateTime(view.answerBy, view.zone, language),
    incident: view.incident,
  };
  const head = t(`mail.assistance.${news}.head`, values);
  return {
    head: view.exercise ? `${t("mail.exercise")} ${head}` : head,
    lead: t(`mail.assistance.${news}.text`, values),
    quote: quoteOf(view),
    note: t(`mail.assistance.${news}.note`, values),
    act: { line: t("mail.assistance.line"), label: t("mail.assistance.open"), url: view.url },
  };
}

/** Words of a person: what is asked, why it came back, how it ended. */
function quoteOf({ news, details, title, reason, outcome }: AssistanceNewsView): string | null {
  switch (news) {
    case "asked":
    case "raised":
    case "warned":
      return details === null ? title : `${title}\n${details}`;
    case "ended":
      return outcome;
    case "reopened":
    case "withdrawn":
      return reason;
    default:
      return null;
  }
}
