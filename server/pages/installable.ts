/** What makes the application one that a phone can install: its manifest, and the page that is shown when the desk cannot be
 *  reached. That page is all that a browser keeps (web/public/sw.js): no incident is ever read from a copy. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Locale, languageOfLocale } from "../../core/kernel/vocabulary.ts";
import { localeOfPage, sendHtml } from "../platform/http.ts";
import { html } from "./html.ts";
import { brand, spoken, wholePage } from "./look.ts";

type Known = {
  readonly url: string;
  /** Plain HTTP beyond this machine. */
  readonly insecure: boolean;
};

/** Those of web/ui/tokens.css in the light theme: a manifest has one colour; the page has both. */
const colour = "#fbfbfa";

const icons = [
  { src: "/icon.svg", type: "image/svg+xml", sizes: "any" },
  { src: "/icon-192.png", type: "image/png", sizes: "192x192" },
  { src: "/icon-512.png", type: "image/png", sizes: "512x512" },
  { src: "/icon-maskable-512.png", type: "image/png", sizes: "512x512", purpose: "maskable" },
] as const;

export function manifestIn(locale: Locale): object {
  const { t } = spoken[locale];
  return {
    id: "/",
    name: t("app.name"),
    short_name: "Tocsin",
    description: t("app.description"),
    lang: locale,
    dir: "ltr",
    start_url: "/",
    scope: "/",
    display: "standalone",
    orientation: "any",
    background_color: colour,
    theme_color: colour,
    icons,
    shortcuts: [
      { name: t("app.record"), url: "/?record=true", icons: [{ src: "/icon-192.png", sizes: "192x192" }] },
      { name: t("app.mine"), url: "/?view=mine", icons: [{ src: "/icon-192.png", sizes: "192x192" }] },
    ],
  };
}

const css = `
.page main{flex:1;display:grid;gap:14px;align-content:start;padding:20px 16px}
.note p+p{margin-top:6px}`;

export function renderOfflinePage(locale: Locale, nonce: string | null, { url, insecure }: Known): string {
  const { t } = spoken[locale];
  const instance = new URL(url).host;
  return wholePage(
    { nonce, language: locale, instance, localHour: null, address: null, insecure },
    {
      title: t("offline.title"),
      css,
      body: html`${brand()}<main><h1>${t("offline.title")}</h1>
        <section class="note warn"><h2>${t("offline.nothing")}</h2><p>${t("offline.text")}</p><p>${t("offline.calls")}</p></section>
        <a class="btn primary" href="">${t("offline.again")}</a></main>`,
    },
  );
}

export function installableRoutes(http: FastifyInstance, known: Known): void {
  const localeOf = (request: FastifyRequest): Locale => localeOfPage(request, null);
  http.get("/manifest.webmanifest", (request, reply) =>
    reply
      .header("cache-control", "no-cache")
      .header("vary", "accept-language")
      .header("content-language", languageOfLocale(localeOf(request)))
      .type("application/manifest+json; charset=utf-8")
      .send(JSON.stringify(manifestIn(localeOf(request)))),
  );
  http.get("/offline", (request, reply) =>
    sendHtml(reply, 200, (nonce) => renderOfflinePage(localeOf(request), nonce, known)),
  );
}
