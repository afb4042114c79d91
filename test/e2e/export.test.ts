/** What was documented is read in the record, and the record is taken away as one file that proves itself. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertNoFaults, onStage, signedIn } from "./browser.ts";
import { begins, root } from "./words.ts";

const documentation = {
  language: "fr",
  summary: "Le relais de courriel refusait tout envoi.",
  impact: "Deux heures sans courriel vers l’extérieur.",
  workaround: "Le guichet téléphonique a pris les demandes.",
  lessons: "Surveiller l’échéance des certificats.",
};

onStage("a record is read whole and taken away", async ({ t, desk, browser }) => {
  const reader = await desk.person("Élise Tremblay", "fr");
  const api = await desk.apiOf(reader);
  const { number } = await api("POST", "/api/v1/incidents", { title: "Courriels retardés", language: "fr" });
  await api("POST", `/api/v1/incidents/${number}/accept`, {});
  await api("POST", `/api/v1/incidents/${number}/declare-restored`, { text: "Certificat renouvelé." });
  await api("POST", `/api/v1/incidents/${number}/complete-documentation`, documentation);
  const visitor = await signedIn({ browser, desk }, reader, { acceptDownloads: true });
  const { page, words } = visitor;
  await page.goto(`${desk.url}/incidents/${number}`);
  const record = page.getByRole("region", { name: words.t("timeline.title") });

  await t.test("every part of the documentation is in its entry", async () => {
    const entry = record.getByRole("listitem").filter({ hasText: documentation.summary });
    await entry.waitFor();
    const said = (await entry.textContent()) ?? "";
    for (const part of Object.values(documentation).slice(1)) assert.ok(said.includes(part), `${part} in ${said}`);
  });

  await t.test("the file is named after the incident, and verify accepts it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tocsin-export-"));
    try {
      const coming = page.waitForEvent("download");
      await record.getByRole("link", { name: begins(words.t("export.do", { count: 7 }).split(" (")[0] ?? "") }).click();
      const file = await coming;
      assert.equal(file.suggestedFilename(), `${number}.json`);
      const path = join(folder, file.suggestedFilename());
      await file.saveAs(path);
      execFileSync(process.execPath, [join(root, "bin", "tocsin.cjs"), "verify", path], { stdio: "pipe" });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  assertNoFaults(visitor);
  await visitor.leave();
});
