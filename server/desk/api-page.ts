/** The reference of the API for people, made from the same contract that is served. */
import { scopeOf } from "../../contract/endpoint.ts";
import { endpoints } from "../../contract/endpoints.ts";
import { openApi } from "../../contract/openapi.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { api } from "../../languages/api.ts";
import { endpointSentences } from "../../languages/endpoints.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { problems } from "../../languages/problems.ts";
import { type Html, html } from "../pages/html.ts";
import { brand, type PageFrame, wholePage } from "../pages/look.ts";

const said = inEachLocale(api, endpointSentences, problems);

/** Every code that an answer may have: the `type` of a problem leads here. */
const problemCodes = Object.keys(problems.en).flatMap((id) => (id.endsWith(".title") ? [id.slice(0, -6)] : []));

const css = `
.page{max-width:64rem}
.api{padding:1rem}
.api h1{margin-bottom:.5rem}.api>p{max-width:44rem}
.api nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin-top:1rem;padding:.5rem 0;border-block:1px solid var(--line);font-size:.875rem}
.api nav a{padding:4px 0}
.api h2{margin:2rem 0 .5rem;font-size:1rem}
.api section{border-top:1px solid var(--line);padding:.75rem 0}
.api code{overflow-wrap:anywhere}
.api code,.api pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.8125rem}
.api pre{background:var(--raised);padding:.5rem .75rem;border-radius:6px;overflow-x:auto}
.api dt{font-weight:600;margin-top:.75rem}
.api dd{margin:0;color:var(--muted)}
.api .who{font-size:.875rem;color:var(--muted)}
.api p>a{display:inline-block;min-width:24px;padding:3px 0}
.api summary{padding:2px 0}
.api .m{display:inline-block;min-width:4rem;font-weight:600}
`;

type ApiPageView = Pick<PageFrame, "nonce" | "language" | "insecure">;

export function renderApiPage({ nonce, language, insecure }: ApiPageView): string {
  const { t, find } = said[language];
  const tags = [...new Set(endpoints.map((one) => one.tag))];
  const body = html`${brand("/")}<main class="api"><h1>${t("api-page.title")}</h1><p>${t("api-page.intro")} <code>Authorization: Bearer …</code>. ${t("api-page.machines")} <a href="/api/openapi.json">/api/openapi.json</a></p>
    <nav aria-label="${t("api-page.parts")}">${tags.map((tag) => html`<a href="#part-${tag}">${find(`api-page.tag.${tag}`) ?? tag}</a>`)}<a href="#part-problems">${t("api-page.problems")}</a></nav>
    ${tags.map((tag) => html`<h2 id="part-${tag}">${find(`api-page.tag.${tag}`) ?? tag}</h2>${endpoints.filter((one) => one.tag === tag).map((one) => describe(one, language))}`)}
    <h2 id="part-problems">${t("api-page.problems")}</h2><dl>${problemCodes.map(
      (code) =>
        html`<dt id="${code}"><code>${code}</code> ${find(`${code}.title`) ?? ""}</dt><dd>${find(`${code}.detail`) ?? ""}</dd>`,
    )}</dl></main>`;
  const frame = { nonce, language, instance: "API v1", localHour: null, insecure };
  return wholePage(frame, { title: t("api-page.title"), css, body });
}

function describe(one: (typeof endpoints)[number], language: Locale): Html {
  const { t, find } = said[language];
  const path = one.path.replaceAll(/:(\w+)/g, "{$1}");
  const operation = (
    openApi().paths as Record<
      string,
      Record<string, { requestBody?: { content: Record<string, { schema: unknown }> } }>
    >
  )[path]?.[one.method.toLowerCase()];
  const schema = operation?.requestBody?.content["application/json"]?.schema;
  return html`<section id="${one.id}"><p><span class="m">${one.method}</span><code>${path}</code></p>
    <p>${find(`endpoint.${one.id}`) ?? ""}</p>
    <p class="who">${t(`api-page.access.${one.access}`)}${one.access !== "public" && html` · <code>${scopeOf(one)}</code>`}</p>
    ${schema !== undefined && html`<details><summary>${t("api-page.body")}</summary><pre>${JSON.stringify(schema, null, 2)}</pre></details>`}
    ${one.refusals.length > 0 && html`<p>${one.refusals.map((code) => html`<a href="#${code}"><code>${code}</code></a> `)}</p>`}</section>`;
}
