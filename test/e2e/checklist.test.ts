/** What a desk lacks to reach somebody is said to those who can put it right, and to nobody else; a call that was given up
 *  stands out and leads to its incident. */
import assert from "node:assert/strict";
import { violations } from "./axe.ts";
import { assertNoFaults, onStage, type Stage, signedIn } from "./browser.ts";
import { pagerDutyEvent, type Someone } from "./desk.ts";
import { until } from "./until.ts";

const alert = "Disk almost full on payroll-db1";

onStage("the checklist and its outbox", async (stage) => {
  const { t, desk } = stage;
  const admin = await desk.person("Élise Tremblay", "fr", { admin: true });
  const other = await desk.person("Kim Lee", "en");
  await t.test("what is missing is said on the board, and an empty outbox teaches", () => isSaid(stage, admin));
  await t.test("a call that was given up stands out and leads to its incident", () => standsOut(stage, admin));
  await t.test("somebody who could not put it right reads nothing of it", () => isSpared(stage, other));
});

async function isSaid(stage: Stage, admin: Someone): Promise<void> {
  const visitor = await signedIn(stage, admin);
  const { page, words } = visitor;
  const { t } = words;
  const line = page.getByRole("complementary", { name: t("shell.checklist") });
  await line.getByText(t("trouble.page-sent")).waitFor();
  await line.getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: t("shell.checklist") }).waitFor();
  await page.getByText(t("doctor.advice.page-sent")).waitFor();
  await page.getByText(t("outbox.none"), { exact: true }).waitFor();
  assert.deepEqual(await violations(page), []);
  assertNoFaults(visitor);
  await visitor.leave();
}

async function standsOut(stage: Stage, admin: Someone): Promise<void> {
  const { desk } = stage;
  desk.post.script = () => "never";
  const service = await desk.serviceOf([admin], "Paie", "Payroll");
  const key = await desk.integration("pagerduty", { name: "Supervision", service });
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, "payroll-db1", alert));
  await until("the call is given up", async () => {
    const { data } = await desk.api("GET", "/api/v1/outbox");
    return (data as { status: string; to: string }[]).some((one) => one.status === "dead" && one.to === admin.email);
  });
  const visitor = await signedIn(stage, admin);
  const { page, words } = visitor;
  const { t } = words;
  const line = page.getByRole("complementary", { name: t("shell.checklist") });
  await line.getByText(/\d/).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.goto(`${desk.url}/checklist`);
  const group = page.getByRole("rowgroup").filter({ hasText: t("outbox.group.dead") });
  const row = group.getByRole("row").filter({ hasText: admin.email }).first();
  await row.getByText("scripted: never").waitFor();
  assert.deepEqual(await violations(page), []);
  await row.getByRole("link").click();
  await page.getByRole("heading", { level: 1, name: alert }).waitFor();
  assertNoFaults(visitor);
  await visitor.leave();
}

async function isSpared(stage: Stage, other: Someone): Promise<void> {
  const visitor = await signedIn(stage, other);
  const { page, words } = visitor;
  await page.getByText(alert).first().waitFor();
  assert.equal(await page.getByRole("complementary", { name: words.t("shell.checklist") }).count(), 0);
  assert.equal(await page.getByRole("link", { name: words.t("shell.checklist") }).count(), 0);
  assertNoFaults(visitor);
  await visitor.leave();
}
