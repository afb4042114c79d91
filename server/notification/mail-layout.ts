/** One mail as text and as HTML, from the same parts in the same order. */
import type { Locale, Priority } from "../../core/kernel/vocabulary.ts";
import { typo } from "../../languages/typo.ts";
import { type Html, html, stylesheet } from "../pages/html.ts";

export type MailLine = { readonly label: string; readonly text: string };
export type MailLink = { readonly line: string; readonly label: string; readonly url: string };

export type MailBody = {
  readonly language: Locale;
  /** Above everything: an exercise says so first. */
  readonly mark: string | null;
  readonly priority: Priority | null;
  readonly head: string;
  readonly title: string;
  readonly lead: string | null;
  /** Words of a person, with their own line breaks. */
  readonly quote: string | null;
  readonly act: MailLink;
  readonly facts: readonly MailLine[];
  readonly also: MailLink | null;
  readonly notes: readonly string[];
  readonly signature: string;
};

const textWidth = 72;

/** Subjects and headers: no line break, no other control character, nothing that reorders what follows. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** The longest cut of `part` with which `compose` stays within `max` UTF-16 units; never cuts inside a visible character. */
export function shorten(compose: (part: string) => string, part: string, max: number): string {
  const whole = compose(part);
  if (whole.length <= max) return whole;
  const characters = Array.from(
    new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(part),
    (s) => s.segment,
  );
  let room = max - compose("…").length;
  if (room <= 0) return Array.from(compose("…")).slice(0, max).join("").slice(0, max);
  let cut = "";
  for (const one of characters) {
    if (one.length > room) break;
    cut += one;
    room -= one.length;
  }
  return compose(`${cut.trimEnd()}…`);
}

export function mailText(body: MailBody): string {
  const fact = (one: MailLine): string => wrap(typo(`${one.label}:`, body.language), one.text);
  const link = (one: MailLink): string[] => ["", one.line, one.url];
  const lines = [
    ...(body.mark === null ? [] : [body.mark, ""]),
    body.head,
    wrap("", body.title),
    ...(body.lead === null ? [] : ["", wrap("", body.lead)]),
    ...(body.quote === null ? [] : ["", ...body.quote.split(/\r\n|\r|\n/).map((line) => wrap(">", line))]),
    ...link(body.act),
    ...(body.facts.length === 0 ? [] : ["", ...body.facts.map(fact)]),
    ...(body.also === null ? [] : link(body.also)),
    ...body.notes.flatMap((note) => ["", wrap("", note)]),
    "",
    "-- ",
    body.signature,
  ];
  return `${lines.join("\n")}\n`;
}

/** Lines of at most 72 characters; a word longer than that, such as an address, stays whole. */
function wrap(prefix: string, text: string): string {
  const quoted = prefix === ">";
  const lines: string[] = [];
  let line = prefix;
  for (const word of text.split(/[ \t]+/)) {
    if (line.length > 0 && line.length + 1 + word.length > textWidth && line !== prefix) {
      lines.push(line);
      line = quoted ? `> ${word}` : word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

/** Colours of the design tokens that mails need. Clients that drop the style sheet still get a plain, readable mail. */
const css = `
:root{color-scheme:light dark}
body{margin:0;padding:16px;background:#FBFBFA;color:#1B1F1D;font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:34rem;margin:0 auto}
.h{display:inline-block;margin:0;padding:3px 8px;border-radius:4px;border:1px solid #868C86;font-size:14px;font-weight:600}
.p1{background:#5D001D;border-color:#5D001D;color:#FFF}
.p2{background:#B05308;border-color:#B05308;color:#FFF}
h1{font-size:24px;line-height:1.2;letter-spacing:-.018em;margin:12px 0 16px}
.a{display:block;margin:16px 0;padding:20px 16px;border-radius:10px;background:#0B5CAD;color:#FFF;font-size:19px;font-weight:600;text-align:center;text-decoration:none}
dl{margin:0}dt{margin-top:10px;font-size:13px;color:#59615C}dd{margin:0}
blockquote{margin:12px 0;padding-left:12px;border-left:2px solid #868C86;white-space:pre-wrap}
.m{font-weight:600}.n{font-size:14px;color:#59615C}
a{color:#0B5CAD}
@media (prefers-color-scheme:dark){
body{background:#121514;color:#E8ECE9}a{color:#7DB8F2}.a{background:#7DB8F2;color:#0C1A28}dt,.n{color:#A3ADA7}
.p1{background:#E44D72;border-color:#E44D72;color:#15110E}.p2{background:#F3A154;border-color:#F3A154;color:#15110E}
}`;

export function mailHtml(body: MailBody): string {
  const strong = body.priority !== null && body.priority <= 2 ? ` p${body.priority}` : "";
  const facts: Html | false =
    body.facts.length > 0 && html`<dl>${body.facts.map((one) => html`<dt>${one.label}</dt><dd>${one.text}</dd>`)}</dl>`;
  const page = html`<!doctype html>
    <html lang="${body.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark"><title>${body.head}</title>${stylesheet(null, css)}</head>
    <body><main>
    ${body.mark !== null && html`<p class="m">${body.mark}</p>`}
    <p class="h${strong}">${body.head}</p>
    <h1>${body.title}</h1>
    ${body.lead !== null && html`<p>${body.lead}</p>`}
    ${body.quote !== null && html`<blockquote>${body.quote}</blockquote>`}
    <p><a class="a" href="${body.act.url}">${body.act.label}</a></p>
    ${facts}
    ${body.also !== null && html`<p><a href="${body.also.url}">${body.also.label}</a></p>`}
    ${body.notes.map((note) => html`<p class="n">${note}</p>`)}
    <p class="n">${body.signature}</p>
    </main></body></html>`;
  return String(page);
}
