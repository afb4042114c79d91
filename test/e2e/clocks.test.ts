/** Targets as clocks on the page of an incident: seen running, paused for a reason, and running again; and the hours by which they
 *  are counted, written by whoever keeps them. */
import assert from "node:assert/strict";
import { assertNoFaults, onStage, signedIn } from "./browser.ts";
import { begins } from "./words.ts";

onStage(
  "clocks run, are paused for a reason and run again; a calendar is written on its page",
  async ({ desk, browser }) => {
    const cleo = await desk.person("Cléo Roy", "fr");
    const words = { fr: "Attendre la pompe", en: "Waiting for the pump" };
    const process = {
      targets: [
        { kind: "restore", minutes: 120 },
        { kind: "resolve", minutes: 2_400, openHours: true },
        { kind: "update", minutes: 60 },
      ],
      pauses: [{ id: "pump", words, minutes: 600 }],
    };
    await desk.api("POST", "/api/v1/categories", { id: "flood", nameFr: "Inondation", nameEn: "Flood", process });
    const api = await desk.apiOf(cleo);
    const body = { title: "L’eau monte", categories: ["flood"], impact: 3, urgency: 3 };
    const { number } = await api("POST", "/api/v1/incidents", body);
    await api("POST", `/api/v1/incidents/${number}/accept`, {});
    const reader = await signedIn({ browser, desk }, cleo);
    const { page } = reader;
    const { t } = reader.words;
    await page.goto(`${desk.url}/incidents/${number}`);
    const clocks = page.getByRole("region", { name: t("clocks.title") });
    const restore = clocks.getByRole("listitem").filter({ hasText: t("clock.name.restore") });
    await restore.getByText(/reste 1\u00A0h 5\d\u00A0min/).waitFor();
    assert.equal(await clocks.getByRole("listitem").count(), 3);
    await clocks.getByRole("button", { name: t("clocks.pause") }).click();
    const form = page.getByRole("dialog", { name: t("command.pause-clock.title") });
    await form.getByLabel(t("form.pause")).selectOption("pump");
    await form.getByLabel(t("form.pause-clock.reason")).fill("La pompe arrive ce soir.");
    await form.getByRole("button", { name: begins(t("command.pause-clock.do")) }).click();
    await restore.getByText(/Suspendu depuis .*Attendre la pompe/).waitFor();
    await page.getByText(/Attendre la pompe, .* au plus tard/).waitFor();
    await clocks.getByRole("button", { name: t("clocks.resume") }).click();
    const again = page.getByRole("dialog", { name: t("command.resume-clock.title") });
    await again.getByRole("button", { name: begins(t("command.resume-clock.do")) }).click();
    await clocks.getByRole("button", { name: t("clocks.pause") }).waitFor();
    await page.goto(`${desk.url}/?by=due`);
    await page.getByRole("switch", { name: t("board.by-due") }).waitFor();
    await page
      .getByText(`${t("clock.name.update")} · `)
      .first()
      .waitFor();
    await reader.leave();

    const dan = await desk.person("Dan Five", "en", { level: 5 });
    const keeper = await signedIn({ browser, desk }, dan);
    await keeper.page.goto(`${desk.url}/categories`);
    await keeper.page.getByRole("button", { name: keeper.words.t("calendar.add") }).click();
    const hours = keeper.page.getByRole("dialog", { name: keeper.words.t("calendar.add.title") });
    await hours.getByLabel(keeper.words.t("names.fr")).fill("Piscine");
    await hours.getByLabel(keeper.words.t("names.en")).fill("Swimming pool");
    await hours.getByLabel(keeper.words.t("layer.hours.from")).fill("06:30");
    await hours.getByRole("button", { name: begins(keeper.words.t("calendar.add")) }).click();
    await keeper.page.getByText(/06:30/).waitFor();
    const { data } = await desk.api("GET", "/api/v1/business-calendars");
    assert.deepEqual(
      data.map(({ id, version }: { id: string; version: number }) => [id, version]),
      [
        ["office", 0],
        ["swimming-pool", 1],
      ],
    );
    assertNoFaults(reader, keeper);
    await keeper.leave();
  },
);
