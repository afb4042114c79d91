/** What was changed on a service stands beside its incident, in the reader's language, with a link that leads out safely. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, onStage, type Stage, signedIn } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";

onStage("changes beside an incident", async (stage) => {
  const { t, desk } = stage;
  const french = await desk.person("Élise Tremblay", "fr", { admin: true });
  const english = await desk.person("Kim Lee", "en");
  const number = await burning(stage, french);
  await t.test("in French, on a desk", () => stands(stage, french, number));
  await t.test("in English", () => stands(stage, english, number));
});

async function burning({ desk }: Stage, called: Someone): Promise<string> {
  const service = await desk.serviceOf([called], "Paie", "Payroll");
  const key = await desk.integration("pagerduty", { name: "Supervision", service });
  await desk.knock("/v2/change/enqueue", {
    routing_key: key,
    payload: { summary: "payroll 4.12 deployed", source: "ci" },
    links: [{ href: "https://ci.example.org/412", text: "Build 412" }],
  });
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, "payroll-db1", "Disk full on payroll-db1"));
  const { data } = await desk.api("GET", "/api/v1/incidents");
  return data[0].number;
}

async function stands(stage: Stage, person: Someone, number: string): Promise<void> {
  const visitor = await signedIn(stage, person);
  const { page, words } = visitor;
  await page.goto(`${stage.desk.url}/incidents/${number}`);
  const part = page.getByRole("region", { name: words.t("changes.title") });
  await part.getByText("payroll 4.12 deployed").waitFor();
  const link = part.getByRole("link", { name: "Build 412" });
  assert.equal(await link.getAttribute("href"), "https://ci.example.org/412");
  assert.equal(await link.getAttribute("rel"), "noreferrer");
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}
