/** What is to be submitted for one leg, made of what is known: a text that a person takes away, completes and submits. What nobody has
 *  said is marked where it belongs. */
import type { Directory } from "../../core/desk/directory.ts";
import type { Obligation } from "../../core/incidents/obligations.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import type { Instant, Language, Locale } from "../../core/kernel/vocabulary.ts";
import { dateTime } from "../../languages/format.ts";
import { lawWords } from "../../languages/law-words.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { obligationPages } from "../../languages/obligation-pages.ts";
import { fieldsIn, fieldsOfLeg } from "./obligation-view.ts";
import { titleOf } from "./views.ts";

const said = inEachLocale(obligationPages);

export type Drafting = {
  readonly directory: Directory;
  readonly language: Language;
  /** Which variety of it, for hours and dates. */
  readonly locale: Locale;
  readonly at: Instant;
  readonly late: boolean;
};

export type DraftText = { readonly fileName: string; readonly text: string; readonly missing: string[] };

export function draftOf(
  incident: IncidentState,
  obligation: Obligation,
  leg: string,
  { directory, language, locale, at, late }: Drafting,
): DraftText {
  const { t } = said[locale];
  const words = lawWords(locale);
  const zone = directory.laws.get(obligation.law)?.days.zone ?? directory.zone;
  const moment = (instant: Instant): string => `${dateTime(instant, zone, locale)} (${zone})`;
  const values = fieldsIn(obligation, incident, { directory, language });
  const fields = fieldsOfLeg(obligation.law, leg, late).map((id) => ({ name: words.field(id), ...values.get(id) }));
  const missing = fields.filter(({ from }) => !from).map(({ name }) => name);
  const parts = fields.map(({ name, value, at: when, from }) => {
    const answer = value ?? (when === null || when === undefined ? t("draft.missing") : moment(when));
    return `## ${name}\n\n${from ? plain(answer) : `**${answer}**`}`;
  });
  const { law } = obligation;
  const text = [
    `# ${words.leg(law, leg)}`,
    [
      `- ${t("draft.law", { law: words.law(law), source: words.source(law) })}`,
      `- ${t("draft.to", { recipient: words.recipient(law, leg) })}`,
      `- ${t("draft.incident", { number: incident.number, title: plain(titleOf(incident.title, language)) })}`,
      `- ${t("draft.made", { moment: moment(at) })}`,
    ].join("\n"),
    `> ${t("draft.warning", { missing: missing.length })}`,
    ...parts,
  ].join("\n\n");
  return { fileName: `${incident.number}-${law}-${leg}-${language}.md`, text: `${text}\n`, missing };
}

/** What people wrote stays what they wrote: no line of it becomes a heading or a list of ours. */
const plain = (text: string): string =>
  text.replaceAll(/^(\s*)([#>*+-]|\d+\.)(?=\s)/gm, "$1\\$2").replaceAll(/[<`]/g, "\\$&");
