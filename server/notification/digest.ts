/** What was held back for somebody, in one message: each incident as it stands by now, what waits first. */

import { toIso } from "../../core/kernel/time.ts";
import type { Language, Locale, Priority } from "../../core/kernel/vocabulary.ts";
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import type { AccountWords } from "./account-mails.ts";
import { type Composed, type Composing, shortNumber } from "./compose.ts";
import { oneLine } from "./mail-layout.ts";
import type { Message } from "./message.ts";
import type { Inspected, Loaded } from "./store.ts";

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
  readonly waiting: number;
  readonly possibleDuplicate: boolean;
  readonly url: string;
};

export function createDigest(known: Composing) {
  return ({ claimed, person, point }: Composed, held: readonly Inspected[]): Message => ({
    content: { kind: "digest", view: viewOf(known, held, person.language) },
    language: person.locale ?? person.language,
    key: `outbox/${claimed.id}/${point.id}`,
    thread: `contact/${point.id}/${person.id}`,
    at: toIso(claimed.dueAt),
    recipient: person.name,
    instance: new URL(known.url).host,
    settingsUrl: `${known.url}/notifications`,
  });
}

function viewOf(known: Composing, held: readonly Inspected[], language: Language): DigestView {
  const incidents = held
    .flatMap((one) =>
      one.loaded === null ? [] : [{ ...incidentOf(known, one.loaded, language), ...stateOf(one, one.loaded) }],
    )
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  return {
    because: held.some(({ claimed }) => claimed.payload.held === "quiet") ? "quiet" : "throttled",
    incidents,
    waiting: incidents.filter(({ state }) => state === "waiting").length,
    possibleDuplicate: held.some(({ claimed, withdrawn }) => withdrawn === null && claimed.possibleDuplicate),
    url: `${known.url}/`,
  };
}

/** What waits before what does not, then the most pressing. */
const placeOf = ({ state, priority }: DigestIncident): number => (state === "waiting" ? 0 : 10) + (priority ?? 0);

const incidentOf = (known: Composing, { incident }: Loaded, language: Language) => ({
  number: incident.number,
  shortNumber: shortNumber(incident.number),
  title: known.titleOf(incident, language),
  priority: incident.priority,
  exercise: incident.exercise,
});

function stateOf({ withdrawn }: Inspected, { incident }: Loaded): Pick<DigestIncident, "state" | "by"> {
  const { ended, acceptedBy, milestones } = incident;
  if (withdrawn === null) return { state: "waiting", by: null };
  if (ended !== null) return { state: "ended", by: null };
  if (acceptedBy !== null) return { state: "taken", by: acceptedBy.name };
  const works = milestones.restored !== undefined || milestones.resolved !== undefined;
  return { state: works ? "restored" : "stopped", by: null };
}

const spoken = inEachLocale(mail, labels);
/** The board has them all. */
const shownMax = 15;
const titleMax = 80;

export function digestWords(view: DigestView, language: Locale, max = shownMax): AccountWords {
  const { t } = spoken[language];
  const { incidents, because, waiting } = view;
  const lines = incidents.slice(0, max).map((one) =>
    t("mail.digest.incident", {
      number: one.shortNumber,
      exercise: one.exercise,
      badge: one.priority === null ? null : `P${one.priority}`,
      title: cut(oneLine(one.title)),
      state: t(`mail.digest.${one.state}`, { by: one.by && oneLine(one.by) }),
    }),
  );
  const more = incidents.length - max;
  const now = t("mail.digest.now", { waiting });
  return {
    head: t("mail.digest.head", { count: incidents.length }),
    lead: [t(`mail.digest.because.${because}`, { count: incidents.length }), now].join(" "),
    quote: [...lines, ...(more > 0 ? [t("mail.digest.more", { count: more })] : [])].join("\n"),
    note: [t("mail.digest.note"), ...(view.possibleDuplicate ? [t("mail.duplicate")] : [])].join(" "),
    act: { line: t("mail.digest.line"), label: t("mail.digest.open"), url: view.url },
  };
}

const cut = (text: string): string => (text.length > titleMax ? `${text.slice(0, titleMax - 1).trimEnd()}…` : text);
