/** Marked red, an incident is for those who read it on the desk: what leaves for anybody, and what a link shows without signing in, says
 *  which one it is and that there is something to read, and nothing that was written. */
import type { IncidentState } from "../../core/incidents/state.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";

type Marked = Pick<IncidentState, "tlp">;
type Payload = Readonly<Record<string, unknown>>;

const spoken = inEachLocale(mail);

export const isUntold = ({ tlp }: Marked): boolean => tlp === "red";

export const untoldTitle = (language: Language): string => spoken[language].t("mail.red.title");
export const untoldText = (language: Language): string => spoken[language].t("mail.red.text");

/** What people wrote, under the names that notices give it. */
const written = ["quote", "text", "expected"] as const;

/** In place of what was written, that it is to be read; of what was chosen or named, nothing. */
export function tellable(payload: Payload, incident: Marked, language: Language): Payload {
  if (!isUntold(incident)) return payload;
  const { title: _, choice: __, ...kept } = payload;
  const said = untoldText(language);
  return { ...kept, ...Object.fromEntries(written.flatMap((name) => (name in kept ? [[name, said]] : []))) };
}
