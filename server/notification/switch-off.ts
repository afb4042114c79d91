/** A receiver that answers 410 wants nothing more, ever: its contact point is switched off, which is recorded, shown, and told
 *  to its owner where they can still be reached. */

import { type Envelope, systemActor } from "../../core/kernel/stamp.ts";
import { hourMs } from "../../core/kernel/time.ts";
import { pointForNotices } from "../../core/notification/turns.ts";
import { insertOutbox } from "../platform/outbox.ts";
import type { ContactKnown } from "./contact-routes.ts";
import type { ContactRow } from "./contact-store.ts";

type Known = Pick<ContactKnown, "clock" | "directory" | "change" | "changed" | "wake">;

const noticeNotAfterMs = 12 * hourMs;

export function createSwitchOff(known: Known): (point: ContactRow) => Promise<void> {
  return async (point) => {
    const now = known.clock.now();
    const envelope: Envelope = {
      at: now,
      actor: systemActor("channel"),
      cause: { kind: "contact-point", id: point.id },
    };
    const person = known.directory().people.get(point.personId);
    const contactPoints = person?.contactPoints.filter((one) => one.id !== point.id) ?? [];
    const told = pointForNotices({ contactPoints });
    await known.change(envelope, async (client) => {
      const { rowCount } = await client.query(
        "update contact_points set enabled = false, disabled_because = 'gone' where id = $1 and enabled",
        [point.id],
      );
      if (told && rowCount === 1)
        await insertOutbox(client, {
          key: `switched-off/${point.id}/${now}`,
          kind: "switched-off",
          personId: point.personId,
          channel: told.kind,
          pointId: told.id,
          payload: { address: point.address },
          now,
          notAfter: now + noticeNotAfterMs,
        });
      const data = { because: "gone" };
      return { id: point.id, kind: "contact-point", type: "contact-point.switched-off", data, result: null };
    });
    await known.changed();
    known.wake();
  };
}
