/** Tells people of new holes of the proof of reach, and in which words. */
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import type { JsonObject, Locale } from "../../core/kernel/vocabulary.ts";
import type { HoleNotice } from "../../core/routing/hole-notice.ts";
import { dateTime } from "../../languages/format.ts";
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import type { Clock } from "../platform/clock.ts";
import type { AccountWords } from "./account-mails.ts";
import { oneLine } from "./mail-layout.ts";
import { insertNews } from "./news.ts";

export type HolesPayload = { readonly holes: HoleNotice["holes"] };
type Known = { readonly clock: Clock; readonly directory: () => Directory };

export function createHoleNews({ clock, directory }: Known) {
  return async (client: pg.PoolClient, notices: readonly HoleNotice[]): Promise<void> => {
    const now = clock.now();
    for (const { personId, holes } of notices)
      await insertNews(client, {
        kind: "holes",
        key: `holes/${now}`,
        person: directory().people.get(personId),
        payload: { holes } as unknown as JsonObject,
        now,
      });
  };
}

/** Out of reach at every hour. */
const addressed = ["team", "function", "owner", "person"] as const;
type Addressed = (typeof addressed)[number];
const isAddressed = (of: string): of is Addressed => addressed.some((one) => one === of);

export type HolesView = {
  readonly holes: readonly {
    readonly of: "service" | "no-service" | "escalation" | "last-resort" | Addressed;
    /** Of the service, of the policy, or of whoever is out of reach; else nothing. */
    readonly name: string;
    readonly spans: readonly { readonly from: number; readonly until: number }[];
  }[];
  readonly url: string;
  /** Of whoever is told. */
  readonly zone: string;
};

const spoken = inEachLocale(mail, labels);
/** Of each service; the page has them all. */
const shownMax = 5;

export function holeWords({ holes, url, zone }: HolesView, language: Locale): AccountWords {
  const { t } = spoken[language];
  const at = (instant: number): string => dateTime(instant, zone, language);
  const ever = (of: Addressed, name: string): string[] => [
    t(`mail.holes.${of}`, { name: oneLine(name) }),
    t("mail.holes.ever"),
  ];
  const timed = holes.filter(({ of }) => !isAddressed(of));
  const always = holes.flatMap(({ of, name }) => (isAddressed(of) ? ever(of, name) : []));
  const lines = timed.flatMap(({ of, name, spans }) => [
    of === "service" ? oneLine(name) : t(`mail.holes.${of}`, { name: oneLine(name) }),
    ...spans.slice(0, shownMax).map(({ from, until }) => t("mail.holes.span", { from: at(from), until: at(until) })),
    ...(spans.length > shownMax ? [t("mail.holes.more", { count: spans.length - shownMax })] : []),
  ]);
  const count = holes.reduce((sum, { spans }) => sum + spans.length, 0);
  return {
    head: t("mail.holes.head", { count }),
    lead: t("mail.holes.text"),
    quote: [...lines, ...always].join("\n"),
    note: t("mail.holes.note"),
    act: { line: t("mail.holes.line"), label: t("mail.holes.open"), url },
  };
}
