/** The reference of the API for people, made from the same contract that is served. */
import { scopeOf } from "../../contract/endpoint.ts";
import { endpoints } from "../../contract/endpoints.ts";
import { openApi } from "../../contract/openapi.ts";
import { refusalCodes } from "../../core/kernel/refusal.ts";
import type { Language } from "../../core/kernel/vocabulary.ts";
import { api } from "../../languages/api.ts";
import { createMessages } from "../../languages/messages.ts";
import { problems } from "../../languages/problems.ts";
import { type Html, html } from "../pages/html.ts";
import { wholePage } from "../pages/look.ts";

const said = { fr: createMessages("fr", api, problems), en: createMessages("en", api, problems) };

const css = `
.api{max-width:60rem;margin:0 auto;padding:1rem}
.api h2{margin:2rem 0 .5rem;font-size:1rem}
.api section{border-top:1px solid var(--line);padding:.75rem 0}
.api code{overflow-wrap:anywhere}
.api code,.api pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.8125rem}
.api pre{background:var(--raised);padding:.5rem .75rem;border-radius:6px;overflow-x:auto}
.api dt{font-weight:600;margin-top:.75rem}
.api dd{margin:0;color:var(--muted)}
.api p>a{display:inline-block;min-width:24px;padding:3px 0}
.api summary{padding:2px 0}
.api .m{display:inline-block;min-width:4rem;font-weight:600}
`;

export function renderApiPage(nonce: string, language: Language): string {
  const { t, find } = said[language];
  const tags = [...new Set(endpoints.map((one) => one.tag))];
  const body = html`<main class="api"><h1>${t("api-page.title")}</h1><p>${t("api-page.intro")}</p>
    ${tags.map((tag) => html`<h2>${find(`api-page.tag.${tag}`) ?? tag}</h2>${endpoints.filter((one) => one.tag === tag).map((one) => describe(one, language))}`)}
    <h2>${t("api-page.problems")}</h2><dl>${Object.keys(refusalCodes).map(
      (code) =>
        html`<dt id="${code}"><code>${code}</code> ${find(`${code}.title`) ?? ""}</dt><dd>${find(`${code}.detail`) ?? ""}</dd>`,
    )}</dl></main>`;
  return wholePage({ nonce, language, instance: "API v1", localHour: null }, { title: t("api-page.title"), css, body });
}

function describe(one: (typeof endpoints)[number], language: Language): Html {
  const { t } = said[language];
  const path = one.path.replaceAll(/:(\w+)/g, "{$1}");
  const operation = (
    openApi().paths as Record<
      string,
      Record<string, { requestBody?: { content: Record<string, { schema: unknown }> } }>
    >
  )[path]?.[one.method.toLowerCase()];
  const schema = operation?.requestBody?.content["application/json"]?.schema;
  return html`<section id="${one.id}"><p><span class="m">${one.method}</span><code>${path}</code></p>
    <p>${t(`api-page.access.${one.access}`)}${one.access !== "public" && html` · <code>${scopeOf(one)}</code>`}</p>
    ${schema !== undefined && html`<details><summary>${t("api-page.body")}</summary><pre>${JSON.stringify(schema, null, 2)}</pre></details>`}
    ${one.refusals.length > 0 && html`<p>${one.refusals.map((code) => html`<a href="#${code}"><code>${code}</code></a> `)}</p>`}</section>`;
}
