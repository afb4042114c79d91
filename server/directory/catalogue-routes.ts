/** What helps to record, over HTTP: services and their other words, templates. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import * as contract from "../../contract/directory.ts";
import * as recording from "../../contract/recording.ts";
import { refuseDependencies } from "../../core/directory/dependencies.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Serve } from "../platform/http.ts";
import { refusalProblem, refused } from "../platform/problems.ts";
import { lookAgain } from "./calendar-store.ts";
import {
  deleteTemplate,
  insertTemplate,
  lockTemplate,
  readTemplates,
  type Template,
  type TemplateFields,
  updateService,
  updateTemplate,
} from "./catalogue-store.ts";
import { changeOne } from "./change-routes.ts";
import { each, eachNeeded, one, refuseUnknown } from "./references.ts";
import { changeBy, type DirectoryKnown, serviceView } from "./routes.ts";
import { change } from "./store.ts";
import { readVitalFunctions, updateVitalFunction } from "./vital-store.ts";

/** Whoever answers for the process, or runs the desk. */
const keeperLevel = 5;

export function refuseUnlessKeeper(request: FastifyRequest): void {
  const { level, admin } = viewerOf(request).actor;
  if (!admin && (level ?? 0) < keeperLevel) throw refused("level-five-needed");
}

export function catalogueRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(contract.changeService, async ({ request, params, body }) => {
    const names = [
      ...one("person", body.owner, "/owner"),
      ...one("team", body.team, "/team"),
      ...one("policy", body.policy, "/policy"),
      ...each("vital-function", body.vital ?? [], "/vital"),
      ...one("calendar", body.calendar, "/calendar"),
      ...eachNeeded(body.dependsOn ?? []),
    ];
    const refusal = refuseDependencies(params.id, body.dependsOn ?? []);
    if (refusal) throw refusalProblem(refusal);
    const update = async (client: pg.PoolClient): Promise<void> => {
      await updateService(client, params.id, body);
      if (body.calendar !== undefined) await lookAgain(client, known.clock.now());
    };
    const held = (known.directory().services.get(params.id)?.dependsOn ?? []).map(({ on }) => on);
    await changeOne(known, request, { kind: "service", id: params.id, body, names, held, update });
    const service = known.directory().services.get(params.id);
    if (!service) throw refused("service-unknown", { service: params.id });
    return serviceView(service);
  });
  serve(contract.changeVitalFunction, async ({ request, params, body }) => {
    const names = one("person", body.owner, "/owner");
    const update = (client: pg.PoolClient): Promise<void> => updateVitalFunction(client, params.id, body);
    await changeOne(known, request, { kind: "vital-function", id: params.id, body, names, update });
    const found = (await readVitalFunctions(known.pool)).find(({ id }) => id === params.id);
    if (!found) throw refused("vital-function-unknown", { vitalFunction: params.id });
    return found;
  });
  templateRoutes(serve, known);
}

function templateRoutes(serve: Serve, known: DirectoryKnown): void {
  const refuseNames = async (
    client: pg.PoolClient,
    fields: TemplateFields,
    held: readonly (string | null)[] = [],
  ): Promise<void> => {
    await refuseUnknown(client, one("service", fields.service, "/service"), held);
    const unknown = fields.categories.find((category) => !known.directory().categories.has(category));
    if (unknown !== undefined) throw refused("category-unknown", { category: unknown });
  };
  const written = (id: string, type: string, result: Template) => ({
    id,
    kind: "template",
    type,
    data: { ...result, categories: [...result.categories] },
    result,
  });
  serve(recording.listTemplates, async () => ({ data: await readTemplates(known.pool), nextCursor: null }));
  serve(recording.addTemplate, async ({ request, body }) => {
    refuseUnlessKeeper(request);
    const by = changeBy(known, request);
    return change(by, async (client) => {
      await refuseNames(client, body);
      const id = await insertTemplate(client, body, by.at);
      return written(id, "template.added", { id, ...body });
    });
  });
  serve(recording.changeTemplate, async ({ request, params, body }) => {
    refuseUnlessKeeper(request);
    return change(changeBy(known, request), async (client) => {
      const before = await lockTemplate(client, params.id);
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const after: Template = { ...before, ...given };
      await refuseNames(client, after, [before.service]);
      await updateTemplate(client, params.id, after);
      return written(params.id, "template.changed", after);
    });
  });
  serve(recording.removeTemplate, async ({ request, params }) => {
    refuseUnlessKeeper(request);
    await change(changeBy(known, request), async (client) => {
      await deleteTemplate(client, params.id);
      return { id: params.id, kind: "template", type: "template.removed", data: {}, result: null };
    });
    return {};
  });
}
