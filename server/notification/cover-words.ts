/** Somebody's turn changes hands, or does not: what each of those concerned is told. */
import type { Locale } from "../../core/kernel/vocabulary.ts";
import type { CoverNews } from "../../core/oncall/cover.ts";
import { dateTime } from "../../languages/format.ts";
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import type { AccountWords } from "./account-mails.ts";
import { oneLine } from "./mail-layout.ts";

type Times = { readonly from: number; readonly until: number };

export type CoverView = Times & {
  readonly news: CoverNews;
  readonly schedule: string;
  /** Whose turn it is, and who did what is told. */
  readonly owner: string;
  readonly by: string;
  readonly inReturn: Times | null;
  readonly message: string | null;
  /** Asked by name, and not among others. */
  readonly named: boolean;
  readonly url: string;
  /** Of whoever is told. */
  readonly zone: string;
};

const spoken = inEachLocale(mail, labels);

export function coverWords(view: CoverView, language: Locale): AccountWords {
  const { t } = spoken[language];
  const at = (instant: number): string => dateTime(instant, view.zone, language);
  const values = {
    owner: oneLine(view.owner),
    by: oneLine(view.by),
    schedule: oneLine(view.schedule),
    from: at(view.from),
    until: at(view.until),
    back: view.inReturn === null ? null : "yes",
    backFrom: view.inReturn === null ? "" : at(view.inReturn.from),
    backUntil: view.inReturn === null ? "" : at(view.inReturn.until),
  };
  const { news } = view;
  return {
    head: t(`mail.cover.${news}.head`, values),
    lead: t(`mail.cover.${news}.text`, values),
    quote: news === "asked" ? view.message : null,
    note: t(news === "asked" && view.named ? "mail.cover.asked.note.named" : `mail.cover.${news}.note`, values),
    act: { line: t("mail.schedule.line"), label: t("mail.schedule"), url: view.url },
  };
}
