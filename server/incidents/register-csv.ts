/** A register for a spreadsheet: one line for each law of each incident. */
import type { RegisterView } from "../../contract/incident-obligations.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import type { Register } from "../../core/obligations/registers.ts";
import { csvOf } from "../../languages/csv.ts";
import { lawWords } from "../../languages/law-words.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { obligationPages } from "../../languages/obligation-pages.ts";

const said = inEachLocale(obligationPages);

type Row = RegisterView["data"][number];

export function registerCsv({ fields }: Register, rows: readonly Row[], locale: Locale): string {
  const { t } = said[locale];
  const words = lawWords(locale);
  const head = [
    ...[t("register.incident"), t("register.title"), t("register.law"), t("register.outcome"), t("register.reasons")],
    ...[t("register.assessed-by"), t("register.assessed-at"), t("register.facts")],
    ...fields.map(words.field),
    ...[t("register.submissions"), t("register.keep-until")],
  ];
  const lines = rows.map((row) => [
    ...[row.incident.number, row.incident.title, row.law.name, t(`outcome.${row.outcome}`), row.reasons],
    ...[row.assessedBy, row.assessedAt, row.facts.map(({ name, at }) => `${name}: ${at}`).join("\n")],
    ...row.fields.map(({ value, at }) => value ?? at ?? ""),
    row.submissions
      .map(({ leg, recipient, at, by, reference }) =>
        [leg.name, recipient, at, by, reference].filter(Boolean).join(", "),
      )
      .join("\n"),
    row.keepUntil ?? "",
  ]);
  return csvOf([head, ...lines]);
}
