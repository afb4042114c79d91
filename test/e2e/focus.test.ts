/** Where the keyboard is: back where it was when a dialog closes, at the fault when something is to be corrected; large
 *  enough to be hit by a thumb, in what opens too; and not taken by a key that nobody meant. */
import assert from "node:assert/strict";
import { onStage, phone, type Stage, signedIn, visit } from "./browser.ts";
import { small } from "./looks/targets.ts";
import { type Scene, setScene } from "./scene.ts";

onStage("the keyboard and the thumb", async (stage) => {
  const scene = await setScene(stage.desk);
  const { t } = stage;
  await t.test("a dialog gives the focus back to what opened it", () => givenBack(stage, scene));
  await t.test("what is to be corrected is said first, and leads to its field", () => corrected(stage));
  await t.test("on a phone a thumb finds 44 points in what opens", () => largeEnough(stage, scene));
  await t.test("single keys can be switched off", () => keysOff(stage, scene));
  await t.test("a password may be pasted, and is named to its keeper", () => pasted(stage));
});

async function givenBack(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.fr);
  const { page, words } = visitor;
  for (const name of [words.t("keys.open"), words.t("locale.open")]) {
    const opener = page.getByRole("button", { name, exact: true });
    await opener.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press("Tab");
      const inside = await page.evaluate(
        "document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)",
      );
      assert.ok(inside, "the page behind is out of reach");
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await opener.and(page.locator(":focus")).count(), 1, `focus is back on ${name}`);
  }
  await visitor.leave();
}

async function corrected(stage: Stage): Promise<void> {
  const visitor = await visit(stage.browser, "fr");
  const { page, words } = visitor;
  await page.goto(`${stage.desk.url}/report?lang=fr`);
  await page.getByRole("button", { name: words.t("report.send") }).click();
  const summary = page.getByRole("alert");
  await summary.waitFor();
  const title = page.getByRole("textbox", { name: words.t("report.field.title") });
  assert.equal(await title.getAttribute("aria-invalid"), "true");
  const described = (await title.getAttribute("aria-describedby")) ?? "";
  for (const id of described.split(" ")) assert.equal(await page.locator(`#${id}`).count(), 1, id);
  await summary.getByRole("link").first().click();
  assert.equal(await title.and(page.locator(":focus")).count(), 1, "its link leads to the field");
  assert.match(await page.title(), new RegExp(`^${words.t("page.error")}`), "its title says so first");
  await visitor.leave();
}

async function largeEnough(stage: Stage, scene: Scene): Promise<void> {
  const { page, words, leave } = await signedIn(stage, scene.people.fr, { viewport: phone });
  await page.getByRole("button", { name: words.t("shell.more") }).click();
  await page.getByRole("dialog").waitFor();
  assert.deepEqual(await page.evaluate<string[]>(small), []);
  await leave();
}

async function keysOff(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.fr);
  const { page, words } = visitor;
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: words.t("keys.title") }).waitFor();
  await page.getByRole("checkbox", { name: words.t("keys.on") }).uncheck();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  for (const key of ["c", "?", "j", "a", "/"]) await page.keyboard.press(key);
  assert.equal(await page.getByRole("dialog").count(), 0, "no key opens anything");
  assert.equal(new URL(page.url()).search, "");
  await visitor.leave();
}

async function pasted(stage: Stage): Promise<void> {
  const visitor = await visit(stage.browser, "fr");
  const { page, words } = visitor;
  await page.goto(`${stage.desk.url}/sign-in`);
  const password = page.getByLabel(words.t("signin.password"));
  assert.equal(await password.getAttribute("autocomplete"), "current-password");
  assert.equal(await page.getByLabel(words.t("signin.email")).getAttribute("autocomplete"), "username");
  await password.focus();
  await page.evaluate(`(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "pasted-password");
    globalThis.kept = !document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  })()`);
  assert.equal(await page.evaluate("globalThis.kept"), false, "nothing prevents a paste");
  await visitor.leave();
}
