/** The words of what was held back, for all channels. */
import type { Locale, Priority } from "../../core/kernel/vocabulary.ts";
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import type { AccountWords } from "./account-mails.ts";
import { oneLine } from "./mail-layout.ts";

export type DigestIncident = {
  readonly number: string;
  readonly shortNumber: string;
  readonly title: string;
  readonly priority: Priority | null;
  readonly exercise: boolean;
  /** `waiting`: nobody has it, or others must accept too. */
  readonly state: "waiting" | "taken" | "restored" | "ended" | "stopped";
  /** Who has it. */
  readonly by: string | null;
};

export type DigestView = {
  readonly because: "quiet" | "throttled";
  readonly incidents: readonly DigestIncident[];
  /** A sentence each, in their language. */
  readonly news: readonly string[];
  readonly waiting: number;
  readonly possibleDuplicate: boolean;
  readonly url: string;
};

const spoken = inEachLocale(mail, labels);
/** The board has them all. */
const shownMax = 15;
const titleMax = 80;

export function digestWords(view: DigestView, language: Locale, max = shownMax): AccountWords {
  const { t } = spoken[language];
  const { incidents, news, because, waiting } = view;
  const lines = [
    ...incidents.map((one) =>
      t("mail.digest.incident", {
        number: one.shortNumber,
        exercise: one.exercise,
        badge: one.priority === null ? null : `P${one.priority}`,
        title: cut(oneLine(one.title)),
        state: t(`mail.digest.${one.state}`, { by: one.by && oneLine(one.by) }),
      }),
    ),
    ...news,
  ];
  const more = lines.length - max;
  const count = incidents.length;
  const calls = count > 0;
  return {
    head: calls ? t("mail.digest.head", { count }) : t("mail.digest.head.news", { count: news.length }),
    lead: [
      calls ? t(`mail.digest.because.${because}`, { count }) : t("mail.digest.because.news", { count: news.length }),
      ...(calls ? [t("mail.digest.now", { waiting })] : []),
    ].join(" "),
    quote: [...lines.slice(0, max), ...(more > 0 ? [t("mail.digest.more", { count: more })] : [])].join("\n"),
    note: [t("mail.digest.note"), ...(view.possibleDuplicate ? [t("mail.duplicate")] : [])].join(" "),
    act: { line: t("mail.digest.line"), label: t("mail.digest.open"), url: view.url },
  };
}

const cut = (text: string): string => (text.length > titleMax ? `${text.slice(0, titleMax - 1).trimEnd()}…` : text);
