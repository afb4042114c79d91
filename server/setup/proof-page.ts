/** The page behind the link of a trial mail. Opening it proves nothing: filters follow links by themselves. Its one button,
 *  pressed by somebody, does. */
import { duration } from "../../languages/format.ts";
import { html } from "../pages/html.ts";
import { brand, type PageFrame, signs, spoken, wholePage } from "../pages/look.ts";

export type ProofView = PageFrame & {
  readonly setupUrl: string;
} & (
    | { readonly kind: "to-prove"; readonly to: string }
    | { readonly kind: "proved"; readonly tookMs: number }
    | { readonly kind: "unknown" }
  );

const css = `
.page main{flex:1;display:grid;gap:16px;align-content:start;padding:20px 16px}
.btn.primary{min-height:72px;font-size:1.1875rem;border-radius:10px}`;

export function renderProofPage(view: ProofView): string {
  const { language } = view;
  const { t } = spoken[language];
  const setup = html`<a class="btn" href="${view.setupUrl}">${t("proof.back")}</a>`;
  switch (view.kind) {
    case "to-prove":
      return wholePage(view, {
        title: t("proof.title"),
        css,
        body: html`${brand()}<main><h1>${t("proof.title")}</h1><p>${t("proof.text", { to: view.to })}</p>
          <form method="post"><button class="btn primary" type="submit">${t("proof.do")}</button></form></main>`,
      });
    case "proved":
      return wholePage(view, {
        title: t("proof.done"),
        css,
        body: html`${brand()}<main><section class="note" role="status"><h1>${signs.done}${t("proof.done")}</h1>
          <p>${t("proof.done.text", { length: duration(view.tookMs, language) })}</p></section>${setup}</main>`,
      });
    case "unknown":
      return wholePage(view, {
        title: t("proof.unknown"),
        css,
        body: html`${brand()}<main><h1>${t("proof.unknown")}</h1><p>${t("proof.unknown.text")}</p>${setup}</main>`,
      });
  }
}
