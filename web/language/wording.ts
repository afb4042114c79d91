/** Every sentence, date and length the app shows, in one language and one zone. */
import type { Language } from "#core/kernel/vocabulary.ts";
import { contacts } from "#languages/contacts.ts";
import * as format from "#languages/format.ts";
import { labels } from "#languages/labels.ts";
import { createMessages } from "#languages/messages.ts";
import { problems } from "#languages/problems.ts";
import { web } from "#languages/web.ts";
import { now } from "../ui/now.ts";

export function wordsFor(language: Language, zone: string) {
  const messages = createMessages(language, web, contacts, labels, problems);
  const ms = (at: number | string): number => (typeof at === "string" ? Date.parse(at) : at);
  return {
    ...messages,
    zone,
    hour: (at: number | string) => format.hour(ms(at), zone),
    /** The hour today, else with its day. */
    moment: (at: number | string) => format.moment(ms(at), now(), zone, language),
    brief: (at: number | string) => format.briefMoment(ms(at), now(), zone, language),
    date: (at: number | string) => format.date(ms(at), zone, language),
    /** In full, for the title of a short form. */
    exact: (at: number | string) => format.zonedDateTime(ms(at), zone, language),
    lasting: (lengthMs: number) => format.duration(lengthMs, language),
    left: (lengthMs: number) => format.countdown(lengthMs, language),
    list: (items: readonly string[]) => format.list(items, language),
    year: () => new Date(now()).getFullYear(),
  };
}

export type Words = ReturnType<typeof wordsFor>;
export type MessageId = Parameters<Words["t"]>[0];
