/** Who is away, over HTTP. An absence takes its person out of the layers of every schedule. */
import * as contract from "../../contract/oncall.ts";
import { toIso } from "../../core/kernel/time.ts";
import { viewerOf } from "../access/viewer.ts";
import { everything, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { type OnCallKnown, refuseForOthers } from "./known.ts";
import { endRow, findAbsence, insertAbsence, stretchOf } from "./schedule-store.ts";

type Row = { readonly id: string; readonly person: string; readonly from_at: number; readonly until_at: number };

export function absenceRoutes(serve: Serve, known: OnCallKnown): void {
  const { pool, clock, change } = known;
  serve(contract.listAbsences, async () => {
    const { rows } = await pool.query<Row>(
      "select id, person_id as person, from_at, until_at from absences where until_at > $1 order by from_at, id limit 2000",
      [clock.now()],
    );
    return everything(
      rows.map(({ id, person, from_at, until_at }) => ({ id, person, from: toIso(from_at), until: toIso(until_at) })),
    );
  });
  serve(contract.addAbsence, async ({ request, body: { person, ...body } }) => {
    const mine = viewerOf(request).person.id;
    const personId = person ?? mine;
    refuseForOthers(request, personId);
    const at = clock.now();
    const span = stretchOf(body);
    if (span.until <= at) throw refused("already-over");
    const id = await change(request, async (client) => {
      await known.refuseUnknownPeople(client, [{ id: personId, pointer: "/person" }]);
      const made = await insertAbsence(client, { ...span, personId }, { at, by: mine });
      const data = { absence: made, ...body };
      return { id: personId, kind: "person", type: "person.absence-added", data, result: made };
    });
    return { id, person: personId, ...body };
  });
  serve(contract.endAbsence, async ({ request, params }) => {
    const at = clock.now();
    await change(request, async (client) => {
      const row = await findAbsence(client, params.id);
      if (!row) throw refused("absence-unknown");
      refuseForOthers(request, row.person_id);
      if (row.until_at <= at) throw refused("already-over");
      await endRow(client, "absences", params.id, at);
      const data = { absence: params.id };
      return { id: row.person_id, kind: "person", type: "person.absence-ended", data, result: null };
    });
    return {};
  });
}
