/** What was held back for somebody, in one message: each incident as it stands by now, what waits first; then news. */

import { toIso } from "../../core/kernel/time.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { isUntold, untoldTitle } from "../pages/marked.ts";
import { accountWords } from "./account-mails.ts";
import { type Composed, type Composing, createCompose, shortNumber } from "./compose.ts";
import { coverWords } from "./cover-words.ts";
import type { DigestIncident, DigestView } from "./digest-words.ts";
import { oneLine } from "./mail-layout.ts";
import type { Message } from "./message.ts";
import { pushOf } from "./pushes.ts";
import type { Inspected, Loaded } from "./store.ts";

export function createDigest(known: Composing) {
  const compose = createCompose(known);
  return ({ claimed, person, point }: Composed, held: readonly Inspected[]): Message => ({
    content: {
      kind: "digest",
      view: {
        ...viewOf(known, held, person.language),
        news: held.flatMap(({ claimed: one, loaded }) => {
          const message = one.kind === "page" ? null : compose({ claimed: one, person, point }, loaded);
          return message ? [oneLine(sentenceOf(message))] : [];
        }),
      },
    },
    language: person.locale ?? person.language,
    key: `outbox/${claimed.id}/${point.id}`,
    thread: `contact/${point.id}/${person.id}`,
    at: toIso(claimed.dueAt),
    recipient: person.name,
    instance: new URL(known.url).host,
    settingsUrl: `${known.url}/notifications`,
  });
}

/** What alone says what there is to know: of an incident, which; of a turn, when. */
function sentenceOf(message: Message): string {
  const { content, language } = message;
  if (content.kind === "cover") return coverWords(content.view, language).lead;
  if (content.kind === "assistance") return accountWords(content, message).lead;
  return pushOf(message).title;
}

function viewOf(known: Composing, held: readonly Inspected[], language: Language): Omit<DigestView, "news"> {
  const incidents = held
    .flatMap((one) =>
      one.loaded === null || one.claimed.kind !== "page"
        ? []
        : [{ ...incidentOf(known, one.loaded, language), ...stateOf(one, one.loaded) }],
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
  title: isUntold(incident) ? untoldTitle(language) : known.titleOf(incident, language),
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
