/** The sentences of the record, which arrive with the page that shows it. */
import type { Locale } from "#core/kernel/vocabulary.ts";
import { createMessages, type Messages } from "#languages/messages.ts";
import { record } from "#languages/record.ts";

const made = new Map<Locale, Messages<keyof typeof record.en>>();

export function recordWords(locale: Locale): Messages<keyof typeof record.en> {
  const known = made.get(locale) ?? createMessages(locale, record);
  made.set(locale, known);
  return known;
}
