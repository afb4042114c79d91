/** Where the keyboard is: never under something else, back where it was when a dialog closes, at the fault when something is
 *  to be corrected; large enough to be hit by a thumb; and not taken by a key that nobody meant. */
import assert from "node:assert/strict";
import { desktop, onStage, phone, type Stage, signedIn, visit } from "./browser.ts";
import { type Scene, setScene } from "./scene.ts";
import { roundByTab } from "./tabbing.ts";

onStage("the keyboard and the thumb", async (stage) => {
  const scene = await setScene(stage.desk);
  const { t } = stage;
  const seen = await lookAround(stage, scene);
  await t.test("what has the focus is not covered", () => assert.deepEqual([...seen.covered], []));
  await t.test("a dialog gives the focus back to what opened it", () => givenBack(stage, scene));
  await t.test("what is to be corrected is said first, and leads to its field", () => corrected(stage));
  await t.test("on a phone a thumb finds 44 points", () => largeEnough(stage, scene, seen.small));
  await t.test("single keys can be switched off", () => keysOff(stage, scene));
  await t.test("a password may be pasted, and is named to its keeper", () => pasted(stage));
});

/** Of five points of the box, one at least is its own: WCAG 2.4.11 asks that it be not entirely hidden. */
const covered = `(one) => {
  const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
  if (width === 0 || height === 0) return null;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const points = [[x, y], [left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]];
  const seen = points.some(([a, b]) => {
    const there = document.elementFromPoint(a, b);
    return there !== null && (one.contains(there) || there.contains(one) && there.closest("label") !== null);
  });
  return seen ? null : (one.className || one.tagName) + " “" + (one.textContent || one.ariaLabel || "").trim().slice(0, 40) + "”";
}`;

/** Each page is opened once, and looked at in both sizes for all that a size can spoil. */
async function lookAround(stage: Stage, scene: Scene) {
  const visitor = await signedIn(stage, scene.people.fr);
  const { page } = visitor;
  const [hidden, tooSmall] = [new Set<string>(), new Set<string>()];
  for (const place of scene.places("fr").filter((one) => one.signedIn && !one.path.startsWith("/api/"))) {
    await page.goto(`${stage.desk.url}${place.path}`);
    await page.getByRole("heading", { level: 1, name: place.heading, includeHidden: true }).waitFor();
    for (const [size, viewport] of Object.entries({ desktop, phone })) {
      await page.setViewportSize(viewport);
      for (const found of await roundByTab(page, covered)) hidden.add(`${place.name}, ${size}: ${found}`);
    }
    for (const found of await page.evaluate<string[]>(small)) tooSmall.add(`${place.name}: ${found}`);
  }
  await page.goto(stage.desk.url);
  await page.getByRole("button", { name: visitor.words.t("shell.more") }).click();
  await page.getByRole("dialog").waitFor();
  for (const found of await page.evaluate<string[]>(small)) tooSmall.add(`sheet: ${found}`);
  await visitor.leave();
  return { covered: hidden, small: tooSmall };
}

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

/** Links inside a sentence are excepted, as are those of a list whose whole row is theirs. */
const small = `(() => {
  const wrong = [];
  for (const one of document.querySelectorAll("button, .btn, .input, select, summary, .tabbar a, .nav a, input[type=radio], input[type=checkbox]")) {
    if (!one.checkVisibility() || one.closest(".vh, [hidden]")) continue;
    const held = one.closest("label") ?? one;
    const { width, height } = held.getBoundingClientRect();
    if (height < 44 - 0.5 || width < 24) wrong.push((one.className || one.tagName) + " " + Math.round(width) + "×" + Math.round(height) + " “" + one.textContent.trim().slice(0, 30) + "”");
  }
  return [...new Set(wrong)];
})()`;

async function largeEnough(stage: Stage, scene: Scene, inside: ReadonlySet<string>): Promise<void> {
  const { page, leave } = await visit(stage.browser, "fr", { viewport: phone });
  const wrong = [...inside];
  for (const place of scene.places("fr").filter((one) => !one.signedIn)) {
    await page.goto(`${stage.desk.url}${place.path}`);
    await page.getByRole("heading", { level: 1, name: place.heading, includeHidden: true }).waitFor();
    wrong.push(...(await page.evaluate<string[]>(small)).map((one) => `${place.name}: ${one}`));
  }
  await leave();
  assert.deepEqual(wrong, []);
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
