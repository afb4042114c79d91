/** Every page of the desk, opened once in each language, and looked at by all who only look: test/e2e/looks has them, each
 *  with what it looks for. What needs a page of its own, or does something with it, is told in a story of its own. */
import assert from "node:assert/strict";
import { onStage } from "./browser.ts";
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
import { walk } from "./walk.ts";

onStage("every page, looked at in every way", async (stage) => {
  const scene = await setScene(stage.desk);
  const { isSeen, isUncovered } = lookAtFocus();
  const looks = [
    everyTitle(stage.desk),
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
  const found = await walk(stage, scene, looks);
  for (const [{ name }, wrong] of found) await stage.t.test(name, () => assert.deepEqual(wrong, []));
});
