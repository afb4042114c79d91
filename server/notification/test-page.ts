/** The page behind the link of a test: its one button says that the test arrived. Reading it changes nothing. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import { zoned } from "../../core/kernel/time.ts";
import { moment } from "../../languages/format.ts";
import { html } from "../pages/html.ts";
import { type PageFrame, signs, spoken, wholePage } from "../pages/look.ts";
import type { Clock } from "../platform/clock.ts";
import { localeOfPage, sendHtml } from "../platform/http.ts";
import type { Secrets } from "../platform/secrets.ts";
import { acknowledgeTest, findTest, type TestRow } from "./delivery-store.ts";
import { readTestToken, testTokenMs } from "./test-token.ts";

export type TestPageKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly directory: () => Directory;
  readonly url: string;
  readonly insecure: boolean;
  readonly demonstration: boolean;
};

export function testPageRoutes(app: FastifyInstance, known: TestPageKnown): void {
  app.get("/test/:token", async (request, reply) => show(known, request, reply, await open(known, request)));
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 1_000 },
      (_request, _body, done) => done(null, {}),
    );
    scope.post("/test/:token", async (request, reply) => {
      const row = await open(known, request);
      if (row !== null) await acknowledgeTest(known.pool, row.id, known.clock.now());
      return show(known, request, reply, await open(known, request));
    });
  });
}

async function open(known: TestPageKnown, request: FastifyRequest): Promise<TestRow | null> {
  const token = readTestToken(known.secrets, (request.params as { token: string }).token);
  if (!token || known.clock.now() > token.issuedAt + testTokenMs) return null;
  return (await findTest(known.pool, token.outboxId)) ?? null;
}

function show(known: TestPageKnown, request: FastifyRequest, reply: FastifyReply, row: TestRow | null): FastifyReply {
  const person = known.directory().people.get(row?.personId ?? "");
  const language = localeOfPage(request, person);
  const zone = person?.zone ?? known.directory().zone;
  return sendHtml(reply, row === null ? 404 : 200, (nonce) => {
    const frame: PageFrame = {
      nonce,
      language,
      instance: new URL(known.url).host,
      localHour: zoned(known.clock.now(), zone).hour,
      insecure: known.insecure,
      demonstration: known.demonstration,
    };
    return renderTestPage(frame, row && { ...row, now: known.clock.now(), zone });
  });
}

const css = `
.test{display:grid;gap:16px;align-content:start;flex:1;padding:24px 16px}
.test .btn{min-height:72px;font-size:1.1875rem}`;

export function renderTestPage(
  frame: PageFrame,
  test: (Pick<TestRow, "kind" | "acknowledgedAt"> & { readonly now: number; readonly zone: string }) | null,
): string {
  const { t } = spoken[frame.language];
  if (test === null) {
    const body = html`<main class="test"><h1>${t("test.unknown")}</h1><p>${t("test.unknown.text")}</p></main>`;
    return wholePage(frame, { title: t("test.unknown"), css, body });
  }
  const channel = t(`channel.${test.kind}`);
  const at = test.acknowledgedAt === null ? "" : moment(test.acknowledgedAt, test.now, test.zone, frame.language);
  const body =
    test.acknowledgedAt === null
      ? html`<main class="test"><h1>${t("test.title")}</h1><p>${t("test.text", { channel })}</p>
        <form method="post"><input type="hidden" name="action" value="received">
        <button class="btn primary" type="submit">${t("test.received")}</button></form>
        <p class="muted">${t("test.note")}</p></main>`
      : html`<main class="test"><h1>${t("test.title")}</h1>
        <section class="note" role="status"><h2>${signs.done}${t("test.done", { at })}</h2><p>${t("test.done.text", { channel })}</p></section>
        <p class="muted">${t("test.note")}</p></main>`;
  return wholePage(frame, { title: t("test.title"), css, body });
}
