/** The look of the pages that the server makes itself: same tokens as the web, in one style sheet, no script, no request
 *  besides the page. Kept small: an acknowledgement page weighs less than 20 kB in all. */
import { type Locale, languageOfLocale, type Priority } from "../../core/kernel/vocabulary.ts";
import { labels } from "../../languages/labels.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { pages } from "../../languages/pages.ts";
import { drawing, type Html, html, stylesheet } from "./html.ts";

export const spoken = inEachLocale(pages, labels);

const light = `color-scheme:light;--bg:#FBFBFA;--surface:#FFF;--raised:#F2F3F1;--text:#1B1F1D;--muted:#59615C;--line:#D5D8D4;--control:#868C86;
--accent:#0B5CAD;--on-accent:#FFF;--focus:#0B5CAD;--ok:#1B6E5A;--warn:#753007;--warn-line:#B05308;
--p2:#B05308;--p2-on:#FFF;--p2-b:#B05308;--p3:#EAAC00;--p3-on:#15110E;--p3-b:#7A5A00;
--p4:#66B0E1;--p4-on:#15110E;--p4-b:#2B6F9E;--p5:#E8F0EC;--p5-on:#1B1F1D;--p5-b:#5A605E;
--plate:#5D001D;--plate-soft:#F3D5DC`;
const dark = `color-scheme:dark;--bg:#121514;--surface:#191D1B;--raised:#222725;--text:#E8ECE9;--muted:#A3ADA7;--line:#343B38;--control:#7A837E;
--accent:#7DB8F2;--on-accent:#0C1A28;--focus:#9CCBFF;--ok:#5CC8AB;--warn:#FFA241;--warn-line:#F3A154;
--p2:#F3A154;--p2-on:#15110E;--p2-b:#F3A154;--p3:#F7EE9B;--p3-on:#15110E;--p3-b:#F7EE9B;
--p4:#034595;--p4-on:#FFF;--p4-b:#6FA8E8;--p5:#272A28;--p5-on:#E8ECE9;--p5-b:#7A837E;
--plate:#3F0C1B;--plate-soft:#F0B9C6`;

/** `.night` is for a page opened at night on a phone that was left in its light theme. */
const base = `
:root{${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
:root.night{${dark}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--text);font:400 1rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",sans-serif;-webkit-font-smoothing:antialiased}
h1,h2,p,ol,ul,dl,dd{margin:0;padding:0}ol,ul{list-style:none}
h1{font-size:1.5rem;line-height:1.2;font-weight:600;letter-spacing:-.018em;text-wrap:balance;overflow-wrap:anywhere}
b,strong{font-weight:600}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
time,.t{white-space:nowrap;font-variant-numeric:tabular-nums}
svg{display:block;flex:none}
button,input,textarea,select{font:inherit;color:inherit}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
.vh{position:absolute;width:1px;height:1px;margin:-1px;padding:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0}
.muted{color:var(--muted)}
.page{display:flex;flex-direction:column;min-height:100vh;min-height:100dvh;max-width:34rem;margin:0 auto}
.id{font:.8125rem ui-monospace,"SF Mono",Menlo,Consolas,monospace;letter-spacing:-.02em;color:var(--muted);white-space:nowrap}
.push{margin-left:auto}
.brand{display:flex;align-items:center;gap:8px;padding:14px 16px 0;font-weight:600;letter-spacing:-.012em}.brand a{display:flex;gap:8px;align-items:center;min-height:32px;color:inherit;text-decoration:none}
.prio{display:inline-flex;align-items:center;gap:6px;height:26px;padding:0 8px 0 5px;border:1px solid;border-radius:4px;font-size:.8125rem;font-weight:600;white-space:nowrap;line-height:1}
.prio.p2{background:var(--p2);color:var(--p2-on);border-color:var(--p2-b)}.prio.p3{background:var(--p3);color:var(--p3-on);border-color:var(--p3-b)}
.prio.p4{background:var(--p4);color:var(--p4-on);border-color:var(--p4-b)}.prio.p5{background:var(--p5);color:var(--p5-on);border-color:var(--p5-b)}
.chip{display:inline-flex;align-items:center;height:26px;padding:0 8px;border:1px solid currentColor;border-radius:4px;font-size:.8125rem;font-weight:600;line-height:1;white-space:nowrap}
.btn{display:flex;align-items:center;justify-content:center;gap:8px;width:100%;min-height:56px;padding:4px 12px;border:1px solid var(--control);border-radius:8px;background:var(--surface);color:var(--text);font-weight:600;line-height:1.2;text-align:center;text-decoration:none;cursor:pointer}
.btn:hover{background:var(--raised)}
.btn.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.btn.primary:hover{background:var(--accent);text-decoration:underline}
.note{border:2px solid var(--ok);border-radius:8px;padding:12px;font-size:.9375rem;line-height:1.4}
.note h1,.note h2{display:flex;gap:8px;align-items:center;color:var(--ok);font-size:1.25rem;line-height:1.25;font-weight:600;letter-spacing:-.012em;margin-bottom:2px}
.note.warn{border-color:var(--warn-line)}.note.warn h2{color:var(--warn);font-size:1rem}
.note.calm{border:1px solid var(--control)}.note.calm h2{color:var(--text)}
.made-up{padding:4px 16px;border-bottom:1px solid var(--control);background:var(--raised);font-size:.8125rem;text-align:center}
.foot{display:flex;flex-wrap:wrap;gap:4px 16px;justify-content:space-between;align-items:center;padding:8px 16px 12px;font-size:.875rem;color:var(--muted)}
.foot a{min-height:32px;display:inline-flex;align-items:center}
@media (forced-colors:active){.prio,.chip,.plate,.btn,.note{border:1px solid CanvasText}}
@media print{.btn,form{display:none}}`;

const icon = (inside: string, size = 15): Html =>
  drawing(
    `<svg width="${size}" height="${size}" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">${inside}</svg>`,
  );
const stroke = (inside: string, size: number): Html =>
  drawing(
    `<svg width="${size}" height="${size}" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${inside}</svg>`,
  );

const shapes: Readonly<Record<Priority, Html>> = {
  1: icon('<path fill-rule="evenodd" d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5zM7.1 4.3 5.4 5.5v1.7l1.5-.8v5.3h2V4.3z"/>'),
  2: icon('<path d="M8 1.2 15.4 14.6H.6z"/>'),
  3: icon(
    '<path d="M8 1.2 14.8 8 8 14.8 1.2 8z" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 1.2V14.8L1.2 8z"/>',
  ),
  4: icon('<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="1.8"/>'),
  5: icon('<rect x="2" y="6.7" width="12" height="2.6" rx=".5"/>'),
};

export const signs = {
  done: stroke('<path d="M3 8.5 6.5 12 13 4.5"/>', 20),
  warning: stroke('<rect x="1.75" y="1.75" width="12.5" height="12.5" rx="2"/><path d="M8 4.5v4.2M8 11v.6"/>', 18),
  because: icon('<circle cx="3" cy="4" r="2"/><circle cx="13" cy="4" r="2"/><circle cx="8" cy="12.5" r="2"/>', 11),
};

export const ownMark = drawing(
  '<svg width="20" height="20" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><path d="M1.5 2h21v3.2h-21zM12 6.7c3.6 0 5.3 2.3 5.3 5.5 0 2.6.9 4 3.2 5.3v1.7h-17v-1.7c2.3-1.3 3.2-2.7 3.2-5.3 0-3.2 1.7-5.5 5.3-5.5zM13.3 20.6h6.2a3.1 3.1 0 0 1-6.2 0z"/></svg>',
);

/** Whose page this is, for those who come to it from elsewhere. A link only where the reader may follow it. */
export const brand = (home?: string): Html =>
  html`<header class="brand">${home === undefined ? html`${ownMark}Tocsin` : html`<a href="${home}">${ownMark}Tocsin</a>`}</header>`;

/** Shape, number and word, always the three. */
export function priorityBadge(priority: Priority, language: Locale): Html {
  const { t } = spoken[language];
  const words = t("priority.badge", { priority, word: t(`priority.${priority}`) });
  return html`<span class="prio p${priority}">${shapes[priority]}${words}</span>`;
}

/** What every page of the server's own is given by whoever sends it. */
export type PageFrame = {
  readonly language: Locale;
  /** Of the one style block; null only in tests. */
  readonly nonce: string | null;
  /** Name of this desk, or of its host. */
  readonly instance: string;
  /** Hour of the day where the reader is: from 21 to 7 the page is dark whatever the phone says. Null: as the phone says. */
  readonly localHour: number | null;
  /** The same page in the other language, without its query; null where there is none, as after a form was sent. */
  readonly address?: string | null;
  /** Plain HTTP beyond this machine: said on every page. */
  readonly insecure: boolean;
  /** This desk holds made-up data: said on every page. */
  readonly demonstration?: boolean;
};

const favicon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath fill='%235D001D' d='M1.5 2h21v3.2h-21zM12 6.7c3.6 0 5.3 2.3 5.3 5.5 0 2.6.9 4 3.2 5.3v1.7h-17v-1.7c2.3-1.3 3.2-2.7 3.2-5.3 0-3.2 1.7-5.5 5.3-5.5zM13.3 20.6h6.2a3.1 3.1 0 0 1-6.2 0z'/%3E%3C/svg%3E";

export function isNight(localHour: number | null): boolean {
  return localHour !== null && (localHour >= 21 || localHour < 7);
}

/** A whole page. `css` is the page's own part of the style sheet. `same-origin`: the address of a page may be a secret,
 *  and goes to no other site. */
export function wholePage(
  frame: PageFrame,
  { title, css, body }: { readonly title: string; readonly css: string; readonly body: Html },
): string {
  const { language } = frame;
  const { t } = spoken[language];
  return String(html`<!doctype html>
    <html lang="${language}"${isNight(frame.localHour) && html` class="night"`}><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="referrer" content="same-origin"><meta name="robots" content="noindex">
    <meta name="color-scheme" content="light dark">
    <title>${title} · Tocsin</title><link rel="icon" href="${favicon}">${stylesheet(frame.nonce, base + css)}</head>
    <body>${frame.demonstration === true && html`<aside class="made-up" aria-label="${t("doctor.check.demonstration")}">${t("page.demonstration")}</aside>`}<div class="page">${body}
    <footer class="foot"><span>${t("page.signature", { instance: frame.instance })}</span>${frame.address !== null && otherLanguage(language, frame.address ?? "")}
    ${frame.insecure && html`<span>${t("page.insecure")}</span>`}</footer></div></body></html>`);
}

function otherLanguage(language: Locale, address: string): Html {
  return languageOfLocale(language) === "fr"
    ? html`<a href="${address}?lang=en" lang="en" hreflang="en">English</a>`
    : html`<a href="${address}?lang=fr" lang="fr" hreflang="fr">Français</a>`;
}
