/** Maintenance over HTTP: planned for services, once or again, and ended for good. */
import { randomUUID } from "node:crypto";
import * as contract from "../../contract/noise.ts";
import { parseIso, toIso } from "../../core/kernel/time.ts";
import type { Instant, JsonObject, Language } from "../../core/kernel/vocabulary.ts";
import { onWindow } from "../../core/noise/judge.ts";
import { everywhere } from "../../core/noise/matching.ts";
import { type MaintenanceWindow, nextOccurrence } from "../../core/noise/windows.ts";
import { viewerOf } from "../access/viewer.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { type NoiseKnown, nameOf, refuseService, refuseUnlessMay } from "./known.ts";
import { countWaiting, recheckAll } from "./store.ts";
import { endWindow, insertWindow, readWindows, type WindowRow } from "./window-store.ts";

const previewed = 10;

export function windowRoutes(serve: Serve, known: NoiseKnown): void {
  const { pool, clock, directory } = known;
  serve(contract.listMaintenanceWindows, async ({ request }) => {
    const rows = await readWindows(pool);
    const waiting = await countWaiting(
      pool,
      rows.map(({ id }) => onWindow(id)),
    );
    const data = rows.map((row) => viewOf(known, row, waiting.get(onWindow(row.id)) ?? 0, languageOf(request)));
    return { data, nextCursor: null };
  });
  serve(contract.addMaintenanceWindow, async ({ request, body }) => {
    refuseUnlessMay("window", request);
    for (const service of body.services) refuseService(directory(), service);
    const at = clock.now();
    const { name, reason } = body;
    const plan = planOf(body.plan);
    if (nextOccurrence({ when: plan }, at) === null) throw refused("already-over");
    const made: WindowRow = {
      id: randomUUID(),
      version: 1,
      name,
      reason,
      scope: everywhere,
      serviceIds: [...new Set(body.services)],
      when: plan,
      createdBy: viewerOf(request).person.id,
    };
    await known.change(request, async (client) => {
      await insertWindow(client, made, at);
      const data = body as unknown as JsonObject;
      return { id: made.id, kind: "maintenance-window", type: "maintenance-window.added", data, result: null };
    });
    return viewOf(known, made, 0, languageOf(request));
  });
  serve(contract.endMaintenanceWindow, async ({ request, params }) => {
    refuseUnlessMay("window", request);
    const at = clock.now();
    await known.change(request, async (client) => {
      if (!(await endWindow(client, params.id, at))) throw refused("window-unknown");
      await recheckAll(client, onWindow(params.id), at);
      const data = {};
      return { id: params.id, kind: "maintenance-window", type: "maintenance-window.ended", data, result: null };
    });
    return {};
  });
  serve(contract.previewMaintenanceWindow, async ({ body }) => ({
    occurrences: following({ when: planOf(body.plan) }, clock.now()).map(shown),
  }));
}

function planOf(plan: contract.Plan): MaintenanceWindow["when"] {
  if ("again" in plan) return plan;
  return { once: { from: parseIso(plan.once.from) ?? 0, until: parseIso(plan.once.until) ?? 0 } };
}

function following(window: Pick<MaintenanceWindow, "when">, from: Instant) {
  const found: { readonly from: Instant; readonly until: Instant }[] = [];
  for (let at = from; found.length < previewed; ) {
    const next = nextOccurrence(window, at);
    if (next === null) break;
    found.push(next);
    at = next.until;
  }
  return found;
}

const shown = ({ from, until }: { readonly from: Instant; readonly until: Instant }) => ({
  from: toIso(from),
  until: toIso(until),
});

function viewOf({ clock, directory }: NoiseKnown, row: WindowRow, waiting: number, language: Language) {
  const { id, version, name, reason, serviceIds, when, createdBy } = row;
  const at = clock.now();
  const next = nextOccurrence(row, at);
  const { services, people } = directory();
  const state = next === null ? "over" : next.from <= at ? "active" : "planned";
  return {
    id,
    version,
    name,
    reason,
    services: serviceIds.map((one) => ({ id: one, name: nameOf(services.get(one), language) ?? one })),
    plan: ("once" in when ? { once: shown(when.once) } : when) as contract.Plan,
    state: state as contract.MaintenanceWindow["state"],
    occurrence: next && shown(next),
    createdBy: { id: createdBy, name: people.get(createdBy)?.name ?? createdBy },
    waiting,
  };
}
