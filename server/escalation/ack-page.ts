/** The page behind the link of a call: opened half asleep, on a phone, without signing in. It says what burns, since when,
 *  how bad, why this person, and what happens next if nobody answers; its first button takes the incident. Reading it
 *  changes nothing. A link that is not good says nothing of any incident. */
import { parseIso } from "../../core/kernel/time.ts";
import type { Impact, Locale, Priority, Severity, Stage, Urgency } from "../../core/kernel/vocabulary.ts";
import { countdown, duration, hour, list, phrase } from "../../languages/format.ts";
import { type Html, html } from "../pages/html.ts";
import { brand, type PageFrame, priorityBadge, signs, spoken, wholePage } from "../pages/look.ts";

/** Instants are RFC 3339. */
export type AckIncident = {
  /** `INC-412`. */
  readonly shortNumber: string;
  readonly title: string;
  readonly description: string | null;
  readonly priority: Priority | null;
  readonly impact: Impact | null;
  readonly urgency: Urgency | null;
  readonly severity: Severity | null;
  readonly service: string | null;
  readonly since: string;
  readonly openAlerts: number;
  readonly exercise: boolean;
  readonly incidentUrl: string;
};

export type AckNext = { readonly at: string; readonly name: string | null };

export type AckEscalation = {
  readonly kind: "functional" | "hierarchical" | "team";
  readonly by: string | null;
  readonly expected: string;
};

export type AckState =
  | {
      readonly kind: "to-take";
      readonly why: {
        readonly reason: string;
        readonly schedule: string | null;
        readonly until: string | null;
        readonly silent: readonly string[];
        readonly inTurn?: true;
      };
      /** Null when nobody is left to call. */
      readonly next: AckNext | null;
      /** Why what was just sent was refused, in the reader's language. */
      readonly refused: string | null;
      /** What is asked of this person, when it is not to take the incident. */
      readonly escalation?: AckEscalation | undefined;
    }
  | { readonly kind: "escalation-held"; readonly at: string }
  | { readonly kind: "team-joined"; readonly at: string; readonly name: string }
  | {
      readonly kind: "taken-by-you";
      readonly at: string;
      readonly coordinates: boolean;
      /** Names of those who are told of it. */
      readonly seenBy: readonly string[];
    }
  | { readonly kind: "taken-by-other"; readonly name: string; readonly at: string }
  | {
      readonly kind: "declined";
      /** Null: some time before. */
      readonly at: string | null;
      /** Names of those who are being called now, whoever reads it left out; null when nobody is. */
      readonly called: readonly string[] | null;
      readonly of: AckEscalation["kind"] | null;
    }
  | { readonly kind: "ended"; readonly stage: Stage; readonly at: string };

export type AckView = PageFrame & {
  readonly now: string;
  /** Zone of the person called, IANA. */
  readonly zone: string;
} & (
    | {
        readonly incident: AckIncident;
        readonly state: AckState;
        /** `noted`: what they wrote was just added. `noting`: they came to write something. */
        readonly note?: "noted" | "noting" | undefined;
        /** The others who were called, latest first; `status` as in a page of the paging state. */
        readonly called: readonly { readonly at: string; readonly name: string; readonly status: string }[];
      }
    | { readonly incident: null; readonly signInUrl: string }
  );

type Shown = Extract<AckView, { state: AckState }>;

const declineReasons = ["unavailable", "other-incident", "not-my-field", "not-fit", "no-access"] as const;
const descriptionMax = 280;
const calledMax = 6;

const css = `
.top{padding:14px 16px 16px;border-bottom:1px solid var(--line)}
.top .l{display:flex;flex-wrap:wrap;align-items:center;gap:8px 10px}
.top .push{font-size:.9375rem}
.top h1{margin:12px 0 6px}
.top .bad{color:var(--muted);font-size:.9375rem;line-height:1.4;overflow-wrap:anywhere}
.top .bad+.bad{margin-top:4px}
.plate{background:var(--plate);color:#FFF;border-bottom:0;--focus:#FFF}
.plate .bad,.plate .id{color:var(--plate-soft)}
.plate .prio{background:#FFF;color:#5D001D;border-color:#FFF}
.acts{display:flex;flex-direction:column;flex:1}
.mid{display:grid;gap:14px;flex:1;align-content:start;padding:14px 16px}
.why{display:flex;gap:9px;font-size:.9375rem;line-height:1.4}.why svg{margin-top:.3em;color:var(--muted)}
.next{display:grid;grid-template-columns:auto 1fr;gap:0 12px;align-items:center;border:1px solid var(--line);border-radius:8px;padding:10px 12px;background:var(--surface);font-size:.875rem;color:var(--muted);line-height:1.4}
.next .t{font-size:1.5rem;font-weight:600;letter-spacing:-.02em;line-height:1.1;color:var(--text)}
.next b{color:var(--text)}
.sub{font-size:.8125rem;font-weight:400;line-height:1.45;color:var(--muted);padding-bottom:4px}
.calls{border-top:1px solid var(--line);font-size:.875rem}
.calls li{display:grid;grid-template-columns:52px 1fr;padding:8px 0;border-bottom:1px solid var(--line)}
.calls time{color:var(--muted)}
.dock{display:grid;gap:8px;padding:8px 16px 2px;position:sticky;bottom:0;background:var(--bg)}
.dock .primary{min-height:72px;font-size:1.1875rem;border-radius:10px}
details>summary{list-style:none}summary::-webkit-details-marker{display:none}
details[open]>summary{border-radius:8px 8px 0 0;border-bottom-color:var(--line)}
.say{display:grid;gap:8px;border:1px solid var(--control);border-top:0;border-radius:0 0 8px 8px;padding:10px 12px 12px;background:var(--surface)}
.say label{font-size:.875rem;color:var(--muted)}
.say textarea{width:100%;min-height:96px;border:1px solid var(--control);border-radius:8px;background:var(--bg);color:var(--text);padding:10px;font:inherit}
.say select{width:100%;min-height:48px;border:1px solid var(--control);border-radius:8px;background:var(--bg);color:var(--text);padding:0 10px}`;

export function renderAckPage(view: AckView, language: Locale): string {
  const { t } = spoken[language];
  const frame = { ...view, language };
  if (view.incident === null) {
    return wholePage(frame, { title: t("ack.unknown.title"), css, body: unknown(view.signInUrl, language) });
  }
  const { incident } = view;
  return wholePage(frame, {
    title: t("ack.title", { priority: incident.priority, number: incident.shortNumber }),
    css,
    body: html`${head(view, incident, language)}
      <main class="acts"><div class="mid">${view.note === "noted" && note("", t("ack.noted"), html`<p>${t("ack.noted.text")}</p>`)}
      ${middle(view, view.state, language)}${others(view, language)}</div>
      ${dock(incident, view, language)}</main>`,
  });
}

function unknown(signInUrl: string, language: Locale): Html {
  const { t } = spoken[language];
  return html`${brand()}<main class="mid"><h1>${t("ack.unknown")}</h1><p>${t("ack.unknown.text")}</p>
    <a class="btn" href="${signInUrl}">${t("ack.sign-in")}</a></main>`;
}

const ms = (iso: string): number => parseIso(iso) ?? 0;

function said(kind: "at" | "until" | "since", iso: string, view: AckView, language: Locale): string {
  return phrase(kind, ms(iso), { now: ms(view.now), zone: view.zone, locale: language });
}

function head(view: AckView, incident: AckIncident, language: Locale): Html {
  const { t } = spoken[language];
  const loud = incident.priority === 1;
  return html`<header class="top${loud && " plate"}"><p class="l">
    ${incident.exercise && html`<span class="chip">${t("page.exercise")}</span>`}
    ${incident.priority !== null && priorityBadge(incident.priority, language)}
    <span class="id">${incident.shortNumber}</span>
    <time class="push" datetime="${view.now}">${hour(ms(view.now), view.zone)}</time></p>
    <h1>${incident.title}</h1>
    ${incident.description !== null && html`<p class="bad">${cut(incident.description)}</p>`}
    <p class="bad">${howBad(view, incident, language)}</p></header>`;
}

/** Service, since when, how many alerts, impact and urgency: whatever is known, in one line. */
function howBad(view: AckView, incident: AckIncident, language: Locale): string {
  const { t } = spoken[language];
  const since = ms(incident.since);
  const length = duration(ms(view.now) - since, language);
  const known = [
    incident.service,
    t("ack.since", { since: said("since", incident.since, view, language), length }),
    incident.openAlerts > 0 ? t("ack.alerts", { count: incident.openAlerts }) : null,
    incident.impact === null ? null : t("ack.impact", { word: t(`impact.${incident.impact}`).toLowerCase() }),
    incident.urgency === null ? null : t("ack.urgency", { word: t(`urgency.${incident.urgency}`).toLowerCase() }),
    incident.priority === null && incident.severity !== null
      ? t("ack.severity", { word: t(`severity.${incident.severity}`).toLowerCase() })
      : null,
  ];
  return known.filter((one) => one !== null).join(" · ");
}

function cut(text: string): string {
  const characters = Array.from(text.trim());
  return characters.length <= descriptionMax ? text.trim() : `${characters.slice(0, descriptionMax).join("")}…`;
}

function middle(view: AckView, state: AckState, language: Locale): Html {
  const { t } = spoken[language];
  const at = (iso: string): string => said("at", iso, view, language);
  switch (state.kind) {
    case "to-take":
      return html`${state.refused !== null && note("warn", t("ack.refused"), html`<p>${state.refused}</p>`)}
        ${state.escalation && askedFor(state.escalation, language)}
        ${whyYou(view, state.why, language)}${nextStep(view, state.next, language)}`;
    case "taken-by-you": {
      const sentences = [
        t("ack.mine.stopped"),
        t(state.coordinates ? "ack.mine.coordinates" : "ack.mine.coordination-wanted"),
        ...(state.seenBy.length > 0
          ? [t("ack.mine.seen", { names: list(state.seenBy, language), count: state.seenBy.length })]
          : []),
      ];
      return note("", t("ack.mine", { at: at(state.at) }), html`<p>${sentences.join(" ")}</p>`);
    }
    case "team-joined":
      return note("", t("ack.team.joined", { at: at(state.at), name: state.name }), html`<p>${t("ack.team.text")}</p>`);
    case "escalation-held":
      return note("", t("ack.escalation.held", { at: at(state.at) }), html`<p>${t("ack.escalation.text")}</p>`);
    case "taken-by-other":
      return note("calm", t("ack.taken"), html`<p>${t("ack.taken.text", { name: state.name, at: at(state.at) })}</p>`);
    case "declined": {
      const left = state.of === null ? "none" : "none-apart";
      const { called } = state;
      const key = called === null ? left : called.length === 0 ? "again" : "named";
      const words = t(`ack.declined.${key}`, { names: list(called ?? [], language), count: called?.length });
      const title = state.at === null ? t("ack.declined.before") : t("ack.declined", { at: at(state.at) });
      return note(key === left ? "warn" : "calm", title, html`<p>${words}</p>`);
    }
    case "ended": {
      const words = t("ack.ended.text", { stage: t(`stage.${state.stage}`), at: at(state.at) });
      return note("calm", t("ack.ended"), html`<p>${words}</p>`);
    }
  }
}

function note(kind: "" | "warn" | "calm", title: string, text: Html): Html {
  const sign = kind === "" ? signs.done : kind === "warn" ? signs.warning : null;
  return html`<section class="note ${kind}" role="status"><h2>${sign}${title}</h2>${text}</section>`;
}

function askedFor({ kind, by, expected }: AckEscalation, language: Locale): Html {
  const { t } = spoken[language];
  return note("calm", t(`ack.escalation.${kind}`, { by }), html`<p>${cut(expected)}</p>`);
}

type ToTake = Extract<AckState, { kind: "to-take" }>;

function whyYou(view: AckView, why: ToTake["why"], language: Locale): Html {
  const { t, find } = spoken[language];
  const until = why.until === null ? null : said("until", why.until, view, language);
  const reason = find(`reason.reached.${why.reason}.sentence`, { schedule: why.schedule, until }) ?? why.reason;
  const turn = why.inTurn && t("reason.reached.in-turn");
  const silent =
    why.silent.length > 0 &&
    t("reason.reached.silent", { names: list(why.silent, language), count: why.silent.length });
  return html`<p class="why">${signs.because}<span><span class="vh">${t("ack.because")} </span><b>${t("ack.why")}</b>
    ${reason} ${turn} ${silent}</span></p>`;
}

function nextStep(view: AckView, next: AckNext | null, language: Locale): Html {
  const { t } = spoken[language];
  if (next === null) return html`<p class="next">${t("ack.next.none")}</p>`;
  const at = hour(ms(next.at), view.zone);
  const left = ms(next.at) - ms(view.now);
  const then = t(next.name === null ? "ack.next.unnamed" : "ack.next.named", { at, name: next.name });
  return html`<p class="next"><span class="t">${left > 0 ? countdown(left, language) : t("ack.next.due")}</span>
    <span>${then}</span></p>`;
}

function others(view: AckView, language: Locale): Html | null {
  const { t, find } = spoken[language];
  if (view.incident === null || view.called.length === 0 || view.state.kind === "ended") return null;
  const rows = view.called.slice(0, calledMax).map(
    (one) => html`<li><time datetime="${one.at}">${hour(ms(one.at), view.zone)}</time>
      <span>${one.name} <span class="muted">· ${find(`page.status.${one.status}`) ?? one.status}</span></span></li>`,
  );
  return html`<section><h2 class="sub">${t("ack.called")}</h2><ol class="calls">${rows}</ol></section>`;
}

/** The acts, within reach of a thumb. The first form's first button takes the incident: outside tools rely on it. */
function dock(incident: AckIncident, view: Pick<Shown, "state" | "note">, language: Locale): Html {
  const { t } = spoken[language];
  const { state } = view;
  const asked = view.note === "noting";
  const noting = state.kind !== "ended" && (asked || state.kind === "to-take") && noteForm(asked, language);
  if (state.kind !== "to-take") {
    return html`<div class="dock">${noting}<a class="btn" href="${incident.incidentUrl}">${t("ack.open")}</a></div>`;
  }
  const { escalation } = state;
  const take = escalation ? t(escalation.kind === "team" ? "ack.team.take" : "ack.escalation.take") : t("ack.take");
  return html`<div class="dock">
    <form method="post"><input type="hidden" name="action" value="${escalation ? "escalation" : "accept"}">
    <button class="btn primary" type="submit">${take}</button></form>
    <details><summary class="btn">${t("ack.decline")}</summary>
    <form class="say" method="post"><input type="hidden" name="action" value="decline">
    <label for="reason">${t("ack.decline.reason")}</label>
    <select id="reason" name="reason">${declineReasons.map((one) => html`<option>${t(`ack.decline.${one}`)}</option>`)}</select>
    <button class="btn" type="submit">${t("ack.decline.send")}</button></form></details>${noting}</div>`;
}

function noteForm(open: boolean, language: Locale): Html {
  const { t } = spoken[language];
  const begins = open ? html`<details open>` : html`<details>`;
  const field = open
    ? html`<textarea id="note" name="text" required maxlength="2000" autofocus></textarea>`
    : html`<textarea id="note" name="text" required maxlength="2000"></textarea>`;
  return html`${begins}<summary class="btn">${t("ack.note")}</summary>
    <form class="say" method="post"><input type="hidden" name="action" value="note">
    <label for="note">${t("ack.note.label")}</label>
    ${field}
    <button class="btn" type="submit">${t("ack.note.send")}</button></form></details>`;
}
