/** Standing rules over HTTP. A change is another version: what was decided by the former one says so. */
import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import * as contract from "../../contract/noise-rules.ts";
import type { JsonObject, Language } from "../../core/kernel/vocabulary.ts";
import { onRule } from "../../core/noise/judge.ts";
import { viewerOf } from "../access/viewer.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import { type NoiseKnown, refuseUnlessMay, scopeOf, shownScope } from "./known.ts";
import { previewRuleOf } from "./preview.ts";
import { deleteRule, insertRule, isNameTaken, type RuleRow, readRule, readRules, updateRule } from "./rule-store.ts";
import { countWaiting, recheckAll } from "./store.ts";
import { refuseUnusable } from "./usable.ts";

export function ruleRoutes(serve: Serve, known: NoiseKnown): void {
  const { pool, clock } = known;
  serve(contract.listNoiseRules, async ({ request }) => {
    const rows = await readRules(pool);
    const waiting = await countWaiting(
      pool,
      rows.map(({ id }) => onRule(id)),
    );
    const data = rows.map((row) => viewOf(known, row, waiting.get(onRule(row.id)) ?? 0, languageOf(request)));
    return { data, nextCursor: null };
  });
  serve(contract.addNoiseRule, async ({ request, body }) => {
    refuseUnlessMay("rule", request);
    const { name, enabled, definition, ...said } = body;
    const scope = scopeOf(said, "may-be-everything");
    const made: RuleRow = { id: randomUUID(), version: 1, name, enabled, scope, definition };
    refuseUnusable(known, made);
    await known.change(request, async (client) => {
      if (await isNameTaken(client, name, made.id)) throw refused("name-taken", { name });
      await insertRule(client, made, clock.now());
      const data = body as unknown as JsonObject;
      return { id: made.id, kind: "noise-rule", type: "noise-rule.added", data, result: null };
    });
    return show(known, request, made.id);
  });
  serve(contract.previewNoiseRule, async ({ request, body }) => {
    const { definition, days, ...said } = body;
    const scope = scopeOf(said, "may-be-everything");
    const tried = { id: randomUUID(), version: 1, name: "", enabled: true, scope };
    /* Looking is for what stands already, too. */
    refuseUnusable(known, { ...tried, definition }, { ...tried, definition });
    return previewRuleOf(known, viewerOf(request), { ...tried, ...definition }, days);
  });
  serve(contract.changeNoiseRule, async ({ request, reply, params, body }) => {
    refuseUnlessMay("rule", request);
    const at = clock.now();
    await known.change(request, async (client) => {
      const row = await readRule(client, params.id);
      if (!row) throw refused("rule-unknown");
      if (!isAsRead(row, request.headers["if-match"])) throw new HttpProblem(412, "precondition-failed");
      const changed = changedBy(row, body);
      refuseUnusable(known, changed, row);
      if (await isNameTaken(client, changed.name, row.id)) throw refused("name-taken", { name: changed.name });
      await updateRule(client, changed);
      await recheckAll(client, onRule(row.id), at);
      const data = body as unknown as JsonObject;
      return { id: row.id, kind: "noise-rule", type: "noise-rule.changed", data, result: null };
    });
    const shown = await show(known, request, params.id);
    reply.header("etag", `"${shown.version}"`);
    return shown;
  });
  serve(contract.removeNoiseRule, async ({ request, params }) => {
    refuseUnlessMay("rule", request);
    const at = clock.now();
    await known.change(request, async (client) => {
      const row = await readRule(client, params.id);
      if (!row) throw refused("rule-unknown");
      await deleteRule(client, row.id);
      await recheckAll(client, onRule(row.id), at);
      const data = { name: row.name };
      return { id: row.id, kind: "noise-rule", type: "noise-rule.removed", data, result: null };
    });
    return {};
  });
}

/** Whoever changes what they have read must not undo what somebody else has changed since. */
const isAsRead = ({ version }: RuleRow, tag: string | undefined): boolean =>
  tag === undefined || tag === "*" || tag === `"${version}"`;

type Change = z.output<typeof contract.changeNoiseRule.body>;

/** What is left out stays as it is; so does the kind. */
function changedBy(row: RuleRow, change: Change): RuleRow {
  const { integrationId, serviceId, matchers, text } = row.scope;
  const said = {
    integration: change.integration === undefined ? integrationId : change.integration,
    service: change.service === undefined ? serviceId : change.service,
    matchers: change.matchers ?? matchers,
    text: change.text === undefined ? text : change.text,
  };
  return {
    id: row.id,
    version: row.version + 1,
    name: change.name ?? row.name,
    enabled: change.enabled ?? row.enabled,
    scope: scopeOf(said, "may-be-everything"),
    definition: change.definition?.kind === row.definition.kind ? change.definition : row.definition,
  };
}

async function show(known: NoiseKnown, request: FastifyRequest, id: string): Promise<contract.NoiseRule> {
  const row = await readRule(known.pool, id);
  if (!row) throw refused("rule-unknown");
  const waiting = await countWaiting(known.pool, [onRule(id)]);
  return viewOf(known, row, waiting.get(onRule(id)) ?? 0, languageOf(request));
}

function viewOf({ directory }: NoiseKnown, row: RuleRow, waiting: number, language: Language): contract.NoiseRule {
  const { id, version, name, enabled, scope, definition } = row;
  return { id, version, name, enabled, ...shownScope(scope, directory(), language), definition, waiting };
}
