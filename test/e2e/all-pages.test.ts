/** Every page of the desk, opened once in each language, and looked at by all who only look: test/e2e/looks has them, each
 *  with what it looks for. It takes the longest, and its name lets it begin early. What needs a page of its own, or does something with it, is told in a story of its own. */
import assert from "node:assert/strict";
import { onStage, type Stage, visit } from "./browser.ts";
import { axeFindsNothing } from "./looks/axe.ts";
import { lookAtFocus } from "./looks/focus.ts";
import { drawnInForcedColours, inForcedColours } from "./looks/forced-colours.ts";
import { everythingNamed, helpInItsPlace } from "./looks/meaning.ts";
import { nothingMoves } from "./looks/motion.ts";
import { quiet } from "./looks/quiet.ts";
import { everyRoom, spacedOut } from "./looks/reflow.ts";
import { largeEnough } from "./looks/targets.ts";
import { everyTitle } from "./looks/titles.ts";
import { skips, whole } from "./looks/whole.ts";
import { setScene } from "./scene.ts";
import { type Look, ordinary, walk } from "./walk.ts";

const eyes = ({ desk }: Stage): Look[] => {
  const { isSeen, isUncovered } = lookAtFocus();
  return [
    everyTitle(desk),
    everythingNamed,
    helpInItsPlace(),
    nothingMoves,
    whole,
    axeFindsNothing,
    inForcedColours(),
    drawnInForcedColours,
    everyRoom,
    spacedOut,
    largeEnough,
    skips,
    isSeen,
    isUncovered,
    quiet,
  ];
};

onStage("every page, looked at in every way", async (stage) => {
  const { t } = stage;
  await t.test("what is wrong would be found", () => spoilt(stage));
  const scene = await setScene(stage.desk);
  const found = await walk(stage, scene, eyes(stage));
  for (const [{ name }, wrong] of found) await t.test(name, () => assert.deepEqual(wrong, []));
});

/** A page with a fault for each of them, but for those that compare pages or wait for a complaint. */
const page = `<html lang="de"><title>x</title><style>
  button { outline: none !important; border: 0; background: #eee; color: #ccc; transition: opacity 1s }
  .box { width: 50px; overflow: hidden; white-space: nowrap }
  .wide { width: 3000px }
  .lost { forced-color-adjust: none; color: #fff; background: #fff }
  .over { position: fixed; inset: 0 0 50%; background: #fff }
</style><main><h1>A</h1><button>B</button><button class="btn">C</button><p class="box">D and more of it</p>
<table><tr><td>E</td></tr></table><p class="wide">F</p><p class="lost">G</p></main><div class="over"></div></html>`;

async function spoilt(stage: Stage): Promise<void> {
  const visitor = await visit(stage.browser, "fr");
  const place = { name: "spoilt", path: "/", signedIn: true, heading: "A" };
  await visitor.page.setContent(page);
  const others = [everyTitle(stage.desk), helpInItsPlace(), quiet].map(({ name }) => name);
  const blind: string[] = [];
  for (const { name, look } of eyes(stage).filter((one) => !others.includes(one.name))) {
    await ordinary(visitor);
    if ((await look(visitor, place, "fr")).length === 0) blind.push(name);
  }
  await visitor.leave();
  assert.deepEqual(blind, []);
}
