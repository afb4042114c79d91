/** Two ways of looking that change everything drawn: colours forced by the reader, and no motion. What was told by a
 *  background must be told otherwise, the focus must be seen, and nothing may move. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { desktop, onStage, phone, type Stage, signedIn, type Visitor } from "./browser.ts";
import { type Place, type Scene, setScene } from "./scene.ts";
import { roundByTab } from "./tabbing.ts";
import { begins } from "./words.ts";

onStage("colours forced and motion stilled", async (stage) => {
  const scene = await setScene(stage.desk);
  await stage.t.test("in forced colours no state is told by a background only", () => inForcedColours(stage, scene));
  await stage.t.test("in forced colours the focus is seen wherever it goes", () => focusIsSeen(stage, scene));
  await stage.t.test("with reduced motion nothing moves", () => nothingMoves(stage, scene));
});

async function open({ page, words: { t } }: Visitor, url: string, { path, heading }: Place): Promise<void> {
  await page.goto(`${url}${path}`);
  if (path.includes("record=true")) await page.getByRole("dialog", { name: t("record.title") }).waitFor();
  else await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

const inside = (scene: Scene): readonly Place[] =>
  scene.places("fr").filter((place) => place.signedIn && !place.path.startsWith("/api/"));

/** What is drawn of an element without its background. Backgrounds do not count even when they are a system colour. */
const drawn = `const drawn = (one) => {
  const style = getComputedStyle(one);
  const line = (side) =>
    parseFloat(style["border" + side + "Width"]) > 0 && style["border" + side + "Style"] !== "none"
      ? style["border" + side + "Style"] + style["border" + side + "Width"] + style["border" + side + "Color"]
      : "";
  return [
    style.color,
    style.fontWeight,
    style.textDecorationLine,
    style.outlineStyle === "none" ? "" : style.outlineStyle + style.outlineWidth + style.outlineColor,
    ...["Top", "Right", "Bottom", "Left"].map(line),
  ].join(" ");
};
const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 0;
const named = (one) => one.className + " “" + one.textContent.trim().slice(0, 40) + "”";
const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);`;

/** Each state that the app shows, beside the same thing without it: they must differ in more than a background. */
const states = `(() => {
  ${drawn}
  const wrong = [];
  const pairs = [
    [".nav a[aria-current]", ".nav a:not([aria-current])"],
    [".tabbar a[aria-current]", ".tabbar a:not([aria-current])"],
    [".tabs a[aria-current]", ".tabs a:not([aria-current])"],
    ['.seg [aria-pressed="true"]', '.seg [aria-pressed="false"]:not([aria-disabled="true"])'],
    ['.langs [aria-pressed="true"]', '.langs [aria-pressed="false"]'],
    ['.btn[aria-disabled="true"]', '.btn:not([aria-disabled="true"], .primary, .quiet)'],
    [".btn.primary:not([aria-disabled='true'])", '.btn:not([aria-disabled="true"], .primary, .quiet)'],
  ];
  let compared = 0;
  for (const [on, off] of pairs) {
    const [one, other] = [all(on)[0], all(off)[0]];
    if (!one || !other) continue;
    compared += 1;
    if (drawn(one) === drawn(other)) wrong.push(on + " looks like " + off);
  }
  const bordered = (one) => parseFloat(getComputedStyle(one).borderTopWidth) > 0 && getComputedStyle(one).borderTopStyle !== "none";
  for (const one of all(".btn, .prio, .chip, .plate, .input, .field, .composer, dialog:not(.panel), .pill"))
    if (!bordered(one)) wrong.push("no edge is drawn around " + named(one));
  for (const one of all(".prio"))
    if (!one.querySelector("svg") || !/P[1-5]/.test(one.textContent)) wrong.push("no shape or no word in " + named(one));
  for (const one of all(".state"))
    if (one.firstElementChild.textContent.trim() === "") wrong.push("a state without its word");
  for (const one of all(".ticks i.on, .ticks i.now"))
    if (getComputedStyle(one).backgroundColor === getComputedStyle(document.body).backgroundColor)
      wrong.push("a tick that is reached cannot be seen");
  for (const one of all(".rail li"))
    if (getComputedStyle(one, "::before").backgroundColor === getComputedStyle(document.body).backgroundColor)
      wrong.push("a milestone stands nowhere on the rail");
  return { wrong: [...new Set(wrong)], compared };
})()`;

async function inForcedColours(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.fr, { forcedColors: "active" });
  const wrong: string[] = [];
  let compared = 0;
  for (const place of inside(scene)) {
    await open(visitor, stage.desk.url, place);
    for (const [size, viewport] of Object.entries({ desktop, phone })) {
      await visitor.page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"] as const) {
        await visitor.page.emulateMedia({ forcedColors: "active", colorScheme });
        const found = await visitor.page.evaluate<{ wrong: string[]; compared: number }>(states);
        compared += found.compared;
        wrong.push(...found.wrong.map((one) => `${place.name}, ${size}, ${colorScheme}: ${one}`));
      }
    }
  }
  await visitor.leave();
  assert.deepEqual(wrong, []);
  assert.ok(compared > 0, "states were compared");
}

/** The focused element or something around it has an outline; whoever reads must be able to see it. */
const focus = `(one) => {
  const outlined = (one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 &&
      style.outlineColor !== getComputedStyle(document.body).backgroundColor;
  };
  for (let at = one; at && at !== document.body; at = at.parentElement) if (outlined(at)) return null;
  return (one.className || one.tagName) + " “" + one.textContent.trim().slice(0, 40) + "”";
}`;

async function focusIsSeen(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.fr);
  const { page } = visitor;
  const wrong: string[] = [];
  for (const place of inside(scene)) {
    await open(visitor, stage.desk.url, place);
    for (const forcedColors of ["active", "none"] as const) {
      await page.emulateMedia({ forcedColors });
      const hidden = await roundByTab(page, focus);
      wrong.push(...hidden.map((one) => `${place.name}, forced colours ${forcedColors}: no outline on ${one}`));
    }
  }
  await visitor.leave();
  assert.deepEqual(wrong, []);
}

const moving = `[
  ...document.getAnimations().map((one) => "animation " + (one.animationName ?? one.transitionProperty ?? "")),
  ...[...document.querySelectorAll("*")].flatMap((one) => {
    const style = getComputedStyle(one);
    const lasts = (value) => value.split(",").some((part) => parseFloat(part) > 0);
    return [
      ...(lasts(style.transitionDuration) ? ["transition on " + (one.className || one.tagName)] : []),
      ...(lasts(style.animationDuration) ? ["animation on " + (one.className || one.tagName)] : []),
      ...(style.scrollBehavior === "smooth" ? ["smooth scrolling of " + (one.className || one.tagName)] : []),
    ];
  }),
]`;

async function nothingMoves(stage: Stage, scene: Scene): Promise<void> {
  const visitor = await signedIn(stage, scene.people.fr, { reducedMotion: "reduce" });
  const { page } = visitor;
  const { t } = visitor.words;
  const wrong: string[] = [];
  const look = async (where: string): Promise<void> => {
    wrong.push(...(await page.evaluate<string[]>(moving)).map((one) => `${where}: ${one}`));
  };
  for (const place of inside(scene)) {
    await open(visitor, stage.desk.url, place);
    await look(place.name);
  }
  const incident = inside(scene).find((place) => place.name === "incident");
  assert.ok(incident);
  await open(visitor, stage.desk.url, incident);
  await page.getByRole("button", { name: begins(t("acts.open")) }).click();
  await page.getByRole("dialog", { name: t("acts.title") }).waitFor();
  await look("the list of acts");
  await page.keyboard.press("Escape");
  await hovered(page);
  await look("a button under the pointer");
  await visitor.leave();
  assert.deepEqual([...new Set(wrong)], []);
}

const hovered = (page: Page): Promise<void> => page.locator(".btn").first().hover();
