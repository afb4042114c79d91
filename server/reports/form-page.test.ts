import assert from "node:assert/strict";
import { test } from "node:test";
import { type ReportFormView, renderReceipt, renderReportForm, renderReportThanks, reportFields } from "./form-page.ts";

const frame = { language: "fr", nonce: "abc", instance: "desk.test", localHour: 12, insecure: false } as const;
const form: ReportFormView = {
  ...frame,
  open: true,
  services: [{ id: "s1", name: "Paie" }],
  values: {},
  errors: [],
  once: "abcdefgh",
  refused: null,
};

test("the form posts its five fields to the same address, with a trap for machines", () => {
  const page = renderReportForm(form, "fr");
  for (const name of reportFields) assert.match(page, new RegExp(`<label for="${name}">`));
  assert.match(page, /<form method="post"/);
  assert.match(page, /class="trap" aria-hidden="true">.*name="website"[^>]*tabindex="-1"/s);
  assert.match(page, /name="lang" value="fr"/);
  assert.match(page, /type="hidden" name="form" value="abcdefgh"/);
  assert.doesNotMatch(page, /<script| style=/);
});

test("what was sent comes back, with each error beside its field and in the summary", () => {
  const page = renderReportForm(
    {
      ...form,
      values: { title: "", description: "a <b>\n c", service: "s1" },
      errors: [{ field: "title", text: "Manquant." }],
    },
    "fr",
  );
  assert.match(page, /aria-describedby="title-error title-hint" aria-invalid="true"/);
  assert.match(page, /id="title-error">.*Manquant\./);
  assert.match(page, /role="alert">.*<a href="#title">/s);
  assert.match(page, />a &lt;b&gt;\n c<\/textarea>/);
  assert.match(page, /<option value="s1" selected>/);
});

test("no service known, no question about it; reports off, no form", () => {
  assert.doesNotMatch(renderReportForm({ ...form, services: [] }, "en"), /<select/);
  assert.doesNotMatch(renderReportForm({ ...form, open: false }, "en"), /<form/);
});

test("the receipt is shown, then its state and nothing else", () => {
  const thanks = renderReportThanks(
    {
      ...frame,
      receipt: "abc123",
      followUrl: "/report/abc123",
      formUrl: "/report",
      at: "2026-10-15T07:02:00Z",
      zone: "America/Toronto",
    },
    "en",
  );
  assert.match(thanks, /abc123<\/dd>/);
  assert.match(thanks, /at 03:02/);
  const receipt = (state: string | null) =>
    renderReceipt({ ...frame, state, now: "2026-10-15T07:02:00Z", zone: "America/Toronto", formUrl: "/report" }, "fr");
  assert.match(receipt("reported"), /Reçu, pas encore traité/);
  assert.match(receipt("closed"), /<h2>Clos<\/h2>/);
  assert.match(receipt(null), /Récépissé inconnu/);
});

test("the page is less than 20 kB without what people wrote", () => {
  for (const language of ["fr", "en"] as const) {
    assert.ok(Buffer.byteLength(renderReportForm(form, language)) < 20_000);
  }
});
