/** Nothing moves out of the screen of a wall, whatever the titles are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plateUnits, roomFor, roomUnits, rowUnits } from "./room.ts";

const short = { title: "VPN" };
const long = { title: "The payment gateway refuses every transaction by card since the update of last night" };
const many = (count: number) => Array.from({ length: count }, () => long);

test("what is shown fits, and a title has two lines where that hides no incident", () => {
  for (const majors of [[], [short], [long], [long, short], many(2), many(3)])
    for (const count of [0, 1, 3, 5, 6, 9, 40]) {
      const { room, tall } = roomFor(majors, many(count));
      const plates = majors.reduce((sum, one) => sum + (one === long ? plateUnits.two : plateUnits.one), 0);
      const shown = Math.min(room, count);
      assert.ok(plates + shown * (tall ? rowUnits.two : rowUnits.one) <= roomUnits, `${majors.length} ${count}`);
      if (tall) assert.equal(shown, count, "tall rows hide nothing");
    }
  assert.deepEqual(roomFor([], many(5)), { room: 5, tall: true });
  assert.deepEqual(roomFor([], many(6)), { room: 8, tall: false });
});
