/** The public form, and what a receipt shows: server pages, no script, no account. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { parseReport } from "../../core/intake/report.ts";
import { toIso } from "../../core/kernel/time.ts";
import { type Locale, languageOfLocale } from "../../core/kernel/vocabulary.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { problems } from "../../languages/problems.ts";
import { spoken } from "../pages/look.ts";
import { localeOfPage, sendHtml } from "../platform/http.ts";
import { HttpProblem } from "../platform/problems.ts";
import {
  formField,
  type ReportField,
  type ReportFormView,
  renderReceipt,
  renderReportForm,
  renderReportThanks,
  reportFields,
  trapField,
} from "./form-page.ts";
import { keepReport, type ReportsKnown } from "./routes.ts";
import { newReceipt, readReceiptState, receiptOf } from "./store.ts";

export type FormKnown = ReportsKnown & {
  readonly url: string;
  /** Plain HTTP beyond this machine. */
  readonly insecure: boolean;
  readonly demonstration: boolean;
};

const said = inEachLocale(problems);
type Body = Readonly<Record<string, string>>;

export function formRoutes(http: FastifyInstance, known: FormKnown): void {
  http.get("/report", (request, reply) => showForm(known, request, reply, empty));
  http.get("/report/:receipt", async (request, reply) => {
    const language = localeOfPage(request, null);
    const found = await readReceiptState(known.pool, (request.params as { receipt: string }).receipt);
    const now = toIso(known.clock.now());
    return sendHtml(reply, found ? 200 : 404, (nonce) =>
      renderReceipt(
        {
          ...frame(known, nonce, language),
          state: found?.state ?? null,
          now,
          zone: known.directory().zone,
          formUrl: "/report",
        },
        language,
      ),
    );
  });
  void http.register(async (scope) => {
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 100_000 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.post("/report", (request, reply) => receive(known, request, reply));
  });
}

async function receive(known: FormKnown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (!known.directory().publicReports) return showForm(known, request, reply, empty);
  const body = (request.body ?? {}) as Body;
  const language = localeOfPage(request, null);
  const values = Object.fromEntries(reportFields.map((name) => [name, body[name] ?? ""]));
  /* Filled by machines only: thanked, and thrown away. */
  if (body[trapField]) return thank(known, reply, language, newReceipt());
  const parsed = parseReport(
    { ...values, language: languageOfLocale(language) },
    { language: languageOfLocale(language) },
  );
  if (!parsed.ok) {
    const errors = parsed.problems.flatMap((one) =>
      one.field === "body" || one.field === "language"
        ? []
        : [{ field: one.field as ReportField, text: sentence(language, one) }],
    );
    return showForm(known, request, reply, { status: 422, values, errors, refused: null });
  }
  const { report } = parsed;
  /* Retired while it was filled in, as one that is gone: what somebody reports is kept without it. */
  const offered = known.directory().services.get(report.service ?? "");
  const service = offered && !offered.retired ? offered.id : null;
  try {
    const kept = { ...report, description: report.description || null, service };
    const form = body[formField];
    const asked = form
      ? receiptOf(
          form,
          reportFields.map((name) => values[name] ?? ""),
        )
      : null;
    const receipt = await keepReport(known, request, kept, asked);
    return thank(known, reply, language, receipt);
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    const refused = said[language].find(`${error.code}.detail`) ?? error.code;
    return showForm(known, request, reply, { status: error.status, values, errors: [], refused });
  }
}

const sentence = (language: Locale, { field, code }: { field: string; code: string }): string =>
  spoken[language].find(`report.field.${field}.${code}`) ??
  said[language].find(`field.${code}`) ??
  said[language].t("field.invalid-value");

type Shown = Pick<ReportFormView, "values" | "errors" | "refused"> & { readonly status: number };

const empty: Shown = { status: 200, values: {}, errors: [], refused: null };

/** Or, when public reports are switched off, the page that says so. */
function showForm(
  known: FormKnown,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, ...shown }: Shown,
): FastifyReply {
  const language = localeOfPage(request, null);
  const offered = [...known.directory().services.values()].filter(({ retired }) => !retired);
  const services = offered.map((one) => ({
    id: one.id,
    name: languageOfLocale(language) === "fr" ? one.nameFr : one.nameEn,
  }));
  const open = known.directory().publicReports;
  const once = newReceipt();
  kept(reply);
  return sendHtml(reply, open ? status : 403, (nonce) =>
    renderReportForm({ ...frame(known, nonce, language), open, services, once, ...shown }, language),
  );
}

/** Going back to it sends nothing again, and finds what was typed: the browser of whoever typed it may keep it, and nobody else. */
const kept = (reply: FastifyReply): FastifyReply => reply.header("cache-control", "private, no-cache");

function thank(known: FormKnown, reply: FastifyReply, language: Locale, receipt: string): FastifyReply {
  kept(reply);
  return sendHtml(reply, 201, (nonce) =>
    renderReportThanks(
      {
        ...frame(known, nonce, language),
        receipt,
        followUrl: `/report/${receipt}`,
        formUrl: "/report",
        at: toIso(known.clock.now()),
        zone: known.directory().zone,
      },
      language,
    ),
  );
}

function frame(known: FormKnown, nonce: string, language: Locale) {
  return {
    nonce,
    language,
    instance: new URL(known.url).host,
    /* Somebody whose zone is not known, and who was not woken by us: their device says whether it is dark. */
    localHour: null,
    insecure: known.insecure,
    demonstration: known.demonstration,
  };
}
