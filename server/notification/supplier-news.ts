/** What is told of a supplier's clock: that it nears its end, that it was missed, whom to call next. */
import type { NoticeCode } from "../../core/desk/effects.ts";
import { parseIso } from "../../core/kernel/time.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { dateTime } from "../../languages/format.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { oneLine } from "./mail-layout.ts";

/** `clock`: what they have not done, or by which clock; `also`: whom to call next. */
export type SupplierNotice = { readonly notice: SupplierNews } & SupplierNewsValues;
export type SupplierNews = Extract<NoticeCode, `supplier-${string}`>;
export type SupplierNewsValues = {
  readonly by: string;
  readonly clock: string;
  readonly share: string;
  readonly due: string;
  readonly also: string;
};

type Said = { readonly what: string; readonly lead: string; readonly quote: null };
const spoken = inEachLocale(mail);

export function supplierWords(view: SupplierNotice, zone: string, language: Locale): Said {
  const { t } = spoken[language];
  const { notice, by, clock, share, due, also } = view;
  const at = parseIso(due);
  const values = {
    ...{ by: oneLine(by), clock, share: Number(share), also: oneLine(also) },
    due: at === undefined ? null : dateTime(at, zone, language),
  };
  return {
    what: t(`mail.notice.${notice}.subject`, values),
    lead: t(`mail.notice.${notice}.text`, values),
    quote: null,
  };
}
