/** The public form by which anybody says that something is wrong, without an account and without a script; the page that
 *  thanks, with the receipt; and what the receipt shows later, which is a state and nothing else. */
import { parseIso } from "../../core/kernel/time.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { phrase } from "../../languages/format.ts";
import { type Html, html } from "../pages/html.ts";
import { brand, type PageFrame, signs, spoken, wholePage } from "../pages/look.ts";

/** Names of the fields as they are posted, in the order of the page. */
export const reportFields = ["title", "description", "service", "name", "contact"] as const;
export type ReportField = (typeof reportFields)[number];
/** Filled by machines only: no person sees it. What comes with it is thanked and thrown away. */
export const trapField = "website";
/** Which form it is, so that one sent twice is one report. */
export const formField = "form";

export type ReportFormView = PageFrame & {
  /** False when public reports are switched off. */
  readonly open: boolean;
  readonly services: readonly { readonly id: string; readonly name: string }[];
  /** What was sent, given back when something is to be corrected. */
  readonly values: Readonly<Partial<Record<ReportField, string>>>;
  /** Sentences in the reader's language. */
  readonly errors: readonly { readonly field: ReportField; readonly text: string }[];
  /** Unguessable; another for each form shown. */
  readonly once: string;
  /** Why the whole was refused: too many, too busy. */
  readonly refused: string | null;
};

const maxLengths: Readonly<Record<ReportField, number>> = {
  title: 200,
  description: 10_000,
  service: 64,
  name: 200,
  contact: 200,
};

const css = `
.page main{flex:1;padding:20px 16px 24px}
h1+p{margin-top:6px}
form{display:grid;gap:18px;margin-top:18px}
.f label{display:flex;gap:8px;align-items:baseline;font-weight:600;margin-bottom:2px}
.f label small{font-size:.8125rem;font-weight:400;color:var(--muted)}
.f .hint{font-size:.875rem;line-height:1.4;color:var(--muted);margin-bottom:6px}
.f input,.f textarea,.f select{display:block;width:100%;min-height:48px;padding:10px 12px;border:1px solid var(--control);border-radius:8px;background:var(--surface);color:var(--text)}
.f textarea{min-height:8.5rem;resize:vertical}
.f input:focus-visible,.f textarea:focus-visible,.f select:focus-visible{outline-offset:1px;border-radius:8px}
.f.bad input,.f.bad textarea,.f.bad select{border:2px solid var(--warn-line);padding:9px 11px}
.err{display:flex;gap:8px;align-items:center;color:var(--warn);font-size:.9375rem;font-weight:600;margin-bottom:6px}
.note{margin-top:16px}.note a{color:inherit}.note li{padding:4px 0}
.urgent{font-size:.9375rem;color:var(--muted);margin-top:10px}
.receipt{margin-top:4px;font:600 1.125rem/1.4 ui-monospace,"SF Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
.more{display:grid;gap:8px;margin-top:18px}
dt{font-size:.875rem;color:var(--muted)}dl{margin-top:16px}
.trap{position:absolute;left:-200vw;width:1px;height:1px;overflow:hidden}`;

export function renderReportForm(view: ReportFormView, language: Locale): string {
  const { t } = spoken[language];
  const title = t(view.open ? "report.title" : "report.off.title");
  const body = view.open
    ? html`${brand()}<main><h1>${title}</h1><p>${t("report.lead")}</p><p class="urgent">${t("report.urgent")}</p>
        ${complaints(view, language)}${form(view, language)}</main>`
    : html`${brand()}<main><h1>${title}</h1><p>${t("report.off.text")}</p></main>`;
  /* What was typed would not follow into the other language. */
  const address = view.errors.length > 0 || view.refused !== null ? null : "";
  /* Whoever hears the page hears its title first. */
  const wrong = address === null ? `${t("page.error")} · ` : "";
  return wholePage({ ...view, language, address }, { title: `${wrong}${title}`, css, body });
}

/** Errors are said twice: here, where the reader lands, and beside each field. */
function complaints(view: ReportFormView, language: Locale): Html | null {
  const { t } = spoken[language];
  if (view.errors.length === 0 && view.refused === null) return null;
  const heading = view.errors.length > 0 ? t("report.errors", { count: view.errors.length }) : t("report.refused");
  const links = view.errors.map(
    (one) => html`<li><a href="#${one.field}">${t(`report.field.${one.field}`)}</a> ${one.text}</li>`,
  );
  return html`<section class="note warn" role="alert"><h2>${signs.warning}${heading}</h2>
    ${view.refused !== null && html`<p>${view.refused}</p>`}${links.length > 0 && html`<ul>${links}</ul>`}</section>`;
}

function form(view: ReportFormView, language: Locale): Html {
  const { t } = spoken[language];
  const input = (name: ReportField, more: Html | null = null): Html =>
    field(view, language, {
      name,
      control: (described) =>
        html`<input id="${name}" name="${name}" type="text" maxlength="${maxLengths[name]}" value="${view.values[name] ?? ""}"${more}${described}>`,
    });
  return html`<form method="post" novalidate><input type="hidden" name="lang" value="${language}">
    <input type="hidden" name="${formField}" value="${view.once}">
    ${input("title", html` required`)}
    ${field(view, language, {
      name: "description",
      control: (described) =>
        html`<textarea id="description" name="description" rows="5" maxlength="${maxLengths.description}"${described}>${view.values.description ?? ""}</textarea>`,
    })}
    ${view.services.length > 0 && services(view, language)}
    ${input("name", html` autocomplete="name"`)}
    ${input("contact", html` autocomplete="email"`)}
    <div class="trap" aria-hidden="true"><label for="${trapField}">${t("report.field.website")}</label>
    <input id="${trapField}" name="${trapField}" type="text" tabindex="-1" autocomplete="off"></div>
    <button class="btn primary" type="submit">${t("report.send")}</button></form>`;
}

function services(view: ReportFormView, language: Locale): Html {
  const { t } = spoken[language];
  const options = view.services.map(
    (one) => html`<option value="${one.id}"${view.values.service === one.id && html` selected`}>${one.name}</option>`,
  );
  return field(view, language, {
    name: "service",
    control: (described) =>
      html`<select id="service" name="service"${described}><option value="">${t("report.field.service.unknown")}</option>${options}</select>`,
  });
}

type Field = { readonly name: ReportField; readonly control: (described: Html) => Html };

function field(view: ReportFormView, language: Locale, { name, control }: Field): Html {
  const { t, find } = spoken[language];
  const error = view.errors.find((one) => one.field === name)?.text;
  const hint = find(`report.field.${name}.hint`);
  const ids = [error !== undefined && `${name}-error`, hint !== undefined && `${name}-hint`].filter(Boolean).join(" ");
  const described = html`${ids !== "" && html` aria-describedby="${ids}"`}${error !== undefined && html` aria-invalid="true"`}`;
  return html`<div class="f${error !== undefined && " bad"}"><label for="${name}">${t(`report.field.${name}`)}
    ${name !== "title" && html`<small>${t("page.optional")}</small>`}</label>
    ${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${error !== undefined && html`<p class="err" id="${name}-error">${signs.warning}${error}</p>`}
    ${control(described)}</div>`;
}

/** `at` is RFC 3339; `followUrl` shows the state later. */
export type ReportThanksView = PageFrame & {
  readonly receipt: string;
  readonly followUrl: string;
  readonly formUrl: string;
  readonly at: string;
  readonly zone: string;
};

export function renderReportThanks(view: ReportThanksView, language: Locale): string {
  const { t } = spoken[language];
  const now = parseIso(view.at) ?? 0;
  const at = phrase("at", now, { now, zone: view.zone, locale: language });
  const body = html`${brand()}<main><section class="note" role="status"><h1>${signs.done}${t("report.thanks.title")}</h1>
    <p>${t("report.thanks.text", { at })}</p></section>
    <dl><dt>${t("report.receipt")}</dt><dd class="receipt">${view.receipt}</dd></dl>
    <div class="more"><a class="btn" href="${view.followUrl}?lang=${language}">${t("report.follow")}</a>
    <a class="btn" href="${view.formUrl}?lang=${language}">${t("report.again")}</a></div></main>`;
  /* Here the address is that of the form: another language is that of the receipt, or it would be lost. */
  return wholePage({ ...view, language, address: view.followUrl }, { title: t("report.thanks.title"), css, body });
}

/** `state` is a stage, or null for a receipt that does not exist. */
export type ReceiptView = PageFrame & {
  readonly state: string | null;
  readonly now: string;
  readonly zone: string;
  readonly formUrl: string;
};

export function renderReceipt(view: ReceiptView, language: Locale): string {
  const { t, find } = spoken[language];
  const now = parseIso(view.now) ?? 0;
  const at = phrase("at", now, { now, zone: view.zone, locale: language });
  const title = t(view.state === null ? "report.unknown" : "report.state.title");
  const shown = view.state === null ? null : (find(`report.state.${view.state}`) ?? find(`stage.${view.state}`));
  const body = html`${brand()}<main><h1>${title}</h1>
    ${
      view.state === null
        ? html`<p>${t("report.unknown.text")}</p>`
        : html`<section class="note calm"><h2>${shown ?? view.state}</h2><p>${t("report.state.text", { at })}</p></section>`
    }
    <div class="more"><a class="btn" href="${view.formUrl}?lang=${language}">${t("report.again")}</a></div></main>`;
  return wholePage({ ...view, language }, { title, css, body });
}
