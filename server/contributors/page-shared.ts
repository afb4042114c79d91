/** What was shared with a supplier on an incident, for whoever of theirs holds a link: what they were asked and what they answered, and
 *  nothing else of it. */
import type { Contribution } from "../../core/incidents/contributing.ts";
import { engagementOf } from "../../core/incidents/engagement-state.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import type { Instant, Locale } from "../../core/kernel/vocabulary.ts";
import type { contributorPage } from "../../languages/contributor-page.ts";
import { phrase } from "../../languages/format.ts";
import type { Messages } from "../../languages/messages.ts";
import { type Html, html } from "../pages/html.ts";

export type Shared = {
  readonly name: string;
  readonly ticket: string | null;
  readonly items: readonly {
    readonly at: Instant;
    readonly text: string;
    readonly context: string | null;
    readonly choice: string | null;
    readonly said: string | null;
    readonly answered: boolean;
  }[];
};

/** Null: they are of no supplier, or there is nothing besides what is asked of them here. */
export function sharedOf(incident: IncidentState, { engagement, number }: Contribution): Shared | null {
  const one = engagement === undefined ? undefined : engagementOf(incident, engagement);
  if (!one) return null;
  const others = (incident.contributions ?? []).filter(
    (each) => each.engagement === engagement && each.number !== number && each.status !== "revoked",
  );
  if (others.length === 0 && one.ticket === null) return null;
  return {
    name: one.name,
    ticket: one.ticket,
    items: others.map(({ at, text, context, answer, kind }) => ({
      ...{
        at,
        text,
        context,
        choice: kind === "question" ? null : (answer?.choice ?? null),
        answered: answer !== undefined,
      },
      said:
        [kind === "question" ? answer?.choice : null, answer?.text?.trim(), answer?.file].filter(Boolean).join(" – ") ||
        null,
    })),
  };
}

type View = { readonly shared: Shared | null; readonly now: Instant; readonly zone: string; readonly language: Locale };
type Words = Pick<Messages<keyof (typeof contributorPage)["en"]>, "t" | "find">;

export function sharedWith({ shared, now, zone, language }: View, { t, find }: Words): Html | false {
  if (shared === null) return false;
  const when = (at: Instant): string => phrase("at", at, { now, zone, locale: language });
  return html`<section class="shd"><h2>${t("ask.shared", { name: shared.name })}</h2>
    ${shared.ticket !== null && html`<p>${t("ask.ticket")} <b>${shared.ticket}</b></p>`}
    <ul class="ans">${shared.items.map((one) => {
      const said = [one.choice && (find(`ask.choice.${one.choice}`) ?? one.choice), one.said]
        .filter(Boolean)
        .join(". ");
      return html`<li>${one.text}${one.context !== null && html`<small>${one.context}</small>`}<small>${t("ask.shared.asked", { at: when(one.at) })} · ${
        one.answered ? t("ask.shared.answered", { said }) : t("ask.shared.waiting")
      }</small></li>`;
    })}</ul><p class="sm">${t("ask.shared.only")}</p></section>`;
}
