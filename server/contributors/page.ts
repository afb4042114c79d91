/** The page of a contributor: one thing at a time, on a phone, without a script. A link first shows who asks and nothing else, since mail
 *  scanners open links too; a press opens it. Then the question, what was understood of the answer, and thanks. */
import type { Contribution } from "../../core/incidents/contributing.ts";
import { correctionMs } from "../../core/incidents/contributing.ts";
import { type Instant, type Locale, languageOfLocale } from "../../core/kernel/vocabulary.ts";
import { contributorPage } from "../../languages/contributor-page.ts";
import { duration, hour, number, phrase, zoneOffset } from "../../languages/format.ts";
import { labels } from "../../languages/labels.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { type Html, html } from "../pages/html.ts";
import { ownMark, type PageFrame, signs, wholePage } from "../pages/look.ts";
import { inParts } from "./answer.ts";
import { type Shared, sharedWith } from "./page-shared.ts";
import { css } from "./page-style.ts";
import type { ContributorDraft } from "./store.ts";

function thanksFor({ kind, answer }: Contribution) {
  if (kind === "working") return "ask.thanks.working";
  return kind === "ticket" && answer?.choice !== "declined" ? "ask.thanks.ticket" : "ask.thanks.told";
}

const spoken = inEachLocale(contributorPage, labels);
type Words = (typeof spoken)[Locale];

export const steps = ["question", "check", "decline", "forward"] as const;
export type Step = (typeof steps)[number];
/** What is wrong with what was sent. */
export type Wrong =
  | "empty"
  | "choice"
  | "file"
  | "file-empty"
  | "file-large"
  | "file-name"
  | "file-full"
  | "name"
  | "email"
  | "marked"
  | "over";

export type Asking = {
  readonly asked: Contribution;
  /** Whoever gave it on to them. */
  readonly given: string | null;
  /** Whom they gave it on to. */
  readonly next: string | null;
  /** Its mark keeps it inside since. */
  readonly barred: boolean;
  /** Given on, its letter leaves only for somebody of the organisation; the page never says whether it has. */
  readonly inside: boolean;
  readonly exercise: boolean;
  /** All that was shared with the supplier that they are of. */
  readonly shared: Shared | null;
};

type Framed = PageFrame & { readonly now: Instant; readonly zone: string };
type Lost = Framed & { readonly show: "unknown" | "busy" };
type Still = Framed & Asking & { readonly show: "door" | "elsewhere" | "resent" | "resent-lately" | "thanks" | "over" };
type Filling = Framed &
  Asking & {
    readonly show: Step;
    readonly draft: ContributorDraft | null;
    readonly wrong: Wrong | null;
    /** As they were typed, given back with what is wrong. */
    readonly typed: Readonly<Record<string, string>>;
  };
export type ContributorView = Lost | Still | Filling;

export function renderContributorPage(view: ContributorView): string {
  const { language } = view;
  const words = spoken[language];
  const frame = { ...view, address: null };
  if (!("asked" in view)) {
    const title = words.t(`ask.${view.show}`);
    const body = html`${top(view, "")}<main><div class="bd"><h1>${title}</h1><p>${words.t(`ask.${view.show}.text`)}</p></div></main>`;
    return wholePage(frame, { title, css, body });
  }
  const step = "draft" in view && view.show !== "question" ? view.show : "";
  const wrong = "wrong" in view && view.wrong !== null ? `${words.t(headOf(view.wrong))} · ` : "";
  const title = `${wrong}${words.t("ask.title", { by: view.asked.by.name })}`;
  const body = html`${top(view, step)}${view.exercise && html`<p class="ex">${words.t("ask.exercise")}</p>`}<main>${bodyOf(view, words)}</main>`;
  return wholePage(frame, { title, css, body });
}

function bodyOf(view: Still | Filling, words: Words): Html {
  if ("draft" in view) return { question, check, decline, forward }[view.show](view, words);
  switch (view.show) {
    case "door":
      return door(view, words);
    case "elsewhere":
      return elsewhere(view, words);
    case "resent":
    case "resent-lately":
      return said(words.t("ask.resent"), [words.t(view.show === "resent" ? "ask.resent.text" : "ask.resent.wait")]);
    case "thanks":
      return thanks(view, words);
    case "over":
      return over(view, words);
  }
}

function top({ language, instance }: PageFrame, step: string): Html {
  const [other, name] =
    languageOfLocale(language) === "fr" ? (["en", "English"] as const) : (["fr", "Français"] as const);
  const at = step === "" ? "" : `&step=${step}`;
  return html`<header class="hd">${ownMark}<b>${instance}</b>
    <a class="push" href="?lang=${other}${at}" lang="${other}" hreflang="${other}">${name}</a></header>`;
}

/** By when, and how long that is. */
function due({ asked, now, zone, language }: Still | Filling, { t }: Words): Html {
  const left = duration(asked.until - now, language);
  return html`<p class="due"><span>${t("ask.until", { until: phrase("until", asked.until, { now, zone, locale: language }) })}
    <small>${zoneOffset(asked.until, zone)}</small></span>
    <b>${left}</b></p>`;
}

function who({ asked, given, instance }: Still | Filling, { t }: Words): Html {
  const initials = asked.by.name
    .split(/\s+/)
    .map((part) => Array.from(part)[0] ?? "")
    .slice(0, 2)
    .join("");
  return html`<div class="who"><i aria-hidden="true">${initials}</i><div><p><b>${t("ask.head", { by: asked.by.name, kind: asked.kind })}</b></p>
    <small>${given === null ? instance : t("ask.given", { by: given })}</small></div></div>`;
}

const hidden = (language: Locale, action: string): Html =>
  html`<input type="hidden" name="lang" value="${languageOfLocale(language)}"><input type="hidden" name="action" value="${action}">`;

function door(view: Still, words: Words): Html {
  const { t } = words;
  const { asked, given, instance, language } = view;
  return html`${due(view, words)}<div class="bd"><p class="sm">${t("ask.by", { by: asked.by.name, instance })}</p>
    <h1>${t("ask.head", { by: asked.by.name, kind: asked.kind })}</h1>
    ${given !== null && html`<p>${t("ask.given", { by: given })}</p>`}<p>${t("ask.door")}</p></div>
    <form class="dk" method="post">${hidden(language, "open")}<button class="btn primary" type="submit">${t("ask.door.open")}</button></form>`;
}

function elsewhere({ language }: Still, { t }: Words): Html {
  return html`<div class="bd"><h1>${t("ask.elsewhere")}</h1><p>${t("ask.elsewhere.text")}</p></div>
    <form class="dk" method="post">${hidden(language, "resend")}<button class="btn primary" type="submit">${t("ask.elsewhere.send")}</button></form>`;
}

function said(title: string, lines: readonly string[]): Html {
  return html`<div class="bd"><div class="note" role="status"><h1>${signs.done}${title}</h1>${lines.map((line) => html`<p>${line}</p>`)}</div></div>`;
}

const headOf = (wrong: Wrong) => (wrong === "marked" || wrong === "over" ? "ask.refused" : "ask.wrong");

/** Said where the reader lands, and beside what it is about. */
const complaint = (wrong: Wrong | null, { t }: Words): Html | false =>
  wrong !== null &&
  html`<div class="note warn" role="alert"><h2>${signs.warning}${t(headOf(wrong))}</h2><p>${t(`ask.wrong.${wrong}`)}</p></div>`;

const at = (language: Locale, step: Step): string => `?lang=${languageOfLocale(language)}&step=${step}`;

function question(view: Filling, words: Words): Html {
  const { t } = words;
  const { asked, draft, wrong, language, zone } = view;
  const [ticket, said] = inParts(asked, draft?.words ?? null);
  return html`${due(view, words)}<div class="bd">${complaint(wrong, words)}
    ${draft && html`<p class="saved">${signs.done}<span>${t("ask.saved", { at: hour(draft.keptAt, zone) })}</span></p>`}
    ${who(view, words)}${asked.context !== null && html`<p class="why">${asked.context}</p>`}
    ${asked.choices.length === 0 && html`<h1>${asked.text}</h1>`}
    ${asked.kind === "file" && files(view, words)}
    <form class="ask" id="answer" method="post">${hidden(language, "save")}${asked.choices.length > 0 && choices(view, words)}
    ${asked.kind === "ticket" && field({ name: "ticket", label: t("ask.ticket"), value: ticket, optional: true }, words)}
    ${field({ name: "words", label: t(wordsLabel(asked)), value: said, long: true, optional: isOptional(asked) }, words)}</form>
    ${sharedWith(view, words)}</div>
    <div class="dk"><button class="btn primary" type="submit" form="answer">${t("ask.continue")}</button>
    <p class="two"><a class="btn" href="${at(language, "decline")}">${t("ask.not-mine")}</a>
    ${asked.forwardable && html`<a class="btn" href="${at(language, "forward")}">${t("ask.give-on")}</a>`}</p>
    <p class="sm">${t("ask.read", { instance: view.instance })}</p></div>`;
}

const isOptional = ({ choices, kind }: Contribution): boolean => choices.length > 0 || kind === "file";

function wordsLabel({ kind, choices }: Contribution) {
  if (kind === "working") return "ask.words.working";
  if (kind === "ticket") return "ask.ticket.words";
  return kind === "question" && choices.length === 0 ? "ask.words" : "ask.words.more";
}

/** In their words where the kind offers it, as it was written where whoever asked did. */
const choiceWord = ({ kind }: Contribution, choice: string, { t, find }: Words): string =>
  kind === "question" ? choice : (find(`ask.choice.${choice}`) ?? t("ask.words"));

function choices({ asked, draft }: Filling, words: Words): Html {
  return html`<fieldset class="opts"><legend><h1>${asked.text}</h1></legend>${asked.choices.map(
    (one) => html`<label><input type="radio" name="choice" value="${one}"${draft?.choice === one && html` checked`}>
    <span>${choiceWord(asked, one, words)}</span></label>`,
  )}</fieldset>`;
}

function files({ draft, language }: Filling, words: Words): Html {
  const { t } = words;
  if (draft?.file)
    return html`<form class="f1" method="post">${hidden(language, "remove-file")}<p><b>${draft.file.name}</b>
      <small>${t("ask.file.kept", { size: sizeOf(draft.file.bytes, words) })}</small></p>
      <button class="lk" type="submit">${t("ask.file.remove")}</button></form>`;
  return html`<form class="up" method="post" enctype="multipart/form-data">${hidden(language, "file")}
    <label for="file">${t("ask.file.choose")}</label><input id="file" name="file" type="file" required>
    <p class="sm">${t("ask.file.hint")}</p><button class="btn" type="submit">${t("ask.file.send")}</button></form>`;
}

const kiloByte = 1_024;
function sizeOf(bytes: number, { t, locale }: Words): string {
  const kilo = Math.max(1, Math.round(bytes / kiloByte));
  if (kilo < kiloByte) return t("ask.file.kilobytes", { size: number(kilo, locale) });
  return t("ask.file.megabytes", { size: number(bytes / kiloByte / kiloByte, locale, 1) });
}

type Field = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly long?: boolean;
  readonly type?: string;
  readonly optional: boolean;
};

function field({ name, label, value, long, type, optional }: Field, { t }: Words): Html {
  const needed = !optional && html` required`;
  return html`<div class="f"><label for="${name}">${label}${optional && html` <small>${t("ask.optional")}</small>`}</label>
    ${
      long
        ? html`<textarea id="${name}" name="${name}" rows="3" maxlength="5000"${needed}>${value}</textarea>`
        : html`<input id="${name}" name="${name}" type="${type ?? "text"}" maxlength="200" value="${value}"${needed}>`
    }</div>`;
}

function check(view: Filling, words: Words): Html {
  const { t } = words;
  const { asked, draft, language, wrong } = view;
  const line = (label: string, text: string | null): Html | false =>
    text !== null && html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
  const choice = draft?.choice ? choiceWord(asked, draft.choice, words) : null;
  const [ticket, said] = inParts(asked, draft?.words ?? null);
  return html`${due(view, words)}<div class="bd">${complaint(wrong, words)}<h1>${t("ask.check")}</h1>
    <dl class="chk">${line(t("ask.check.question"), asked.text)}${line(t("ask.check.answer"), choice)}
    ${line(t("ask.check.file"), draft?.file?.name ?? null)}
    ${line(t("ask.ticket"), ticket || null)}
    ${line(t(choice === null && !draft?.file ? "ask.check.answer" : "ask.check.words"), said || null)}</dl></div>
    <div class="dk"><form method="post">${hidden(language, "send")}<button class="btn primary" type="submit">${t("ask.send")}</button></form>
    <a class="btn" href="${at(language, "question")}">${t("ask.change")}</a>
    <p class="sm">${t("ask.read", { instance: view.instance })}</p></div>`;
}

const back = (language: Locale, { t }: Words): Html =>
  html`<a class="btn" href="${at(language, "question")}">${t("ask.back")}</a>`;

function decline(view: Filling, words: Words): Html {
  const { t } = words;
  const { asked, language, typed, wrong } = view;
  const why = { name: "words", label: t("ask.decline.words"), value: typed.words ?? "", long: true, optional: true };
  return html`<div class="bd">${complaint(wrong, words)}<h1>${t("ask.decline")}</h1><p>${t("ask.decline.text", { by: asked.by.name })}</p>
    <form class="ask" id="answer" method="post">${hidden(language, "decline")}${field(why, words)}</form></div>
    <div class="dk"><button class="btn primary" type="submit" form="answer">${t("ask.decline.send")}</button>${back(language, words)}</div>`;
}

function forward(view: Filling, words: Words): Html {
  const { t } = words;
  const { asked, language, typed, wrong } = view;
  const by = asked.by.name;
  const value = (name: string): string => typed[name] ?? "";
  return html`<div class="bd">${complaint(wrong, words)}<h1>${t("ask.forward")}</h1><p>${t(view.inside ? "ask.forward.inside" : "ask.forward.text", { by })}</p>
    <form class="ask" id="answer" method="post">${hidden(language, "forward")}
    ${field({ name: "name", label: t("ask.forward.name"), value: value("name"), optional: false }, words)}
    ${field({ name: "email", label: t("ask.forward.email"), value: value("email"), type: "email", optional: false }, words)}
    ${field({ name: "words", label: t("ask.forward.words", { by }), value: value("words"), long: true, optional: true }, words)}</form></div>
    <div class="dk"><button class="btn primary" type="submit" form="answer">${t("ask.forward.send")}</button>${back(language, words)}</div>`;
}

function thanks(view: Still, words: Words): Html {
  const { t } = words;
  const { asked, language, zone } = view;
  const by = asked.by.name;
  const until = Math.min(asked.until, (asked.leftAt ?? 0) + correctionMs);
  const said = [
    asked.answer?.choice && choiceWord(asked, asked.answer.choice, words),
    asked.answer?.file,
    asked.answer?.text?.trim(),
  ];
  return html`<div class="bd"><div class="note" role="status"><h1>${signs.done}${t("ask.thanks")}</h1></div>
    <ul class="ans">${said.filter(Boolean).map((one) => html`<li>${one}</li>`)}</ul>
    <div><h2>${t("ask.thanks.next")}</h2><p>${t(thanksFor(asked), { by })}</p></div>
    ${asked.kind !== "ticket" && html`<p class="sm">${t("ask.thanks.correct", { at: hour(until, zone) })}</p>`}${sharedWith(view, words)}</div>
    <div class="dk"><a class="btn" href="${at(language, "question")}">${t("ask.correct")}</a></div>`;
}

/** Whoever was asked hears what became of it, and to whom to speak; nothing of the incident. */
function over({ asked, barred, inside, next, now, zone, language }: Still, { t }: Words): Html {
  const by = asked.by.name;
  const contact = html`<p class="sm">${t("ask.over.contact", { by })}</p>`;
  if (asked.status === "declined")
    return html`${said(t("ask.declined"), [t("ask.declined.text", { by })])}<div class="dk">${contact}</div>`;
  if (asked.status === "forwarded")
    return html`${said(t(inside ? "ask.forwarded.noted" : "ask.forwarded"), [
      t(inside ? "ask.forwarded.inside" : "ask.forwarded.text", { name: next ?? "", by }),
    ])}<div class="dk">${contact}</div>`;
  const expired = asked.status === "expired" || (asked.status === "asked" && now >= asked.until);
  if (barred && !expired && asked.status === "asked")
    return html`<div class="bd"><h1>${t("ask.over.closed")}</h1><p>${t("ask.over.red", { by })}</p></div>`;
  const why = expired
    ? t("ask.over.expired", { at: phrase("at", asked.until, { now, zone, locale: language }) })
    : t(asked.status === "answered" ? "ask.over.answered" : "ask.over.revoked", { by });
  return html`<div class="bd"><h1>${t("ask.over")}</h1><p>${why}</p>${contact}</div>`;
}
