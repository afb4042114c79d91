/** Categories and what they ask, domains that incidents touch: read by all, kept by level 5. */
import * as contract from "../../contract/categories.ts";
import * as lines from "../../contract/category-lines.ts";
import {
  type CategoryProcess,
  definitionFault,
  emptyDefinition,
  functionsIn,
  type ProcessDefinition,
  speaksOfDeclaring,
} from "../../core/directory/category-process.ts";
import type { Category } from "../../core/directory/types.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { CategoryId, JsonObject } from "../../core/kernel/vocabulary.ts";
import { majorCategory } from "../../core/kernel/vocabulary.ts";
import { everything, type Serve } from "../platform/http.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import { refuseUnlessKeeper } from "./catalogue-routes.ts";
import {
  insertCategory,
  insertDomain,
  insertProcess,
  readVersions,
  updateCategory,
  updateDomain,
} from "./category-store.ts";
import { changeBy, type DirectoryKnown } from "./routes.ts";
import { change } from "./store.ts";

const lineOf = ({ process, keywords: { fr, en }, ...category }: Category) => ({
  ...category,
  keywords: { fr: [...fr], en: [...en] },
  version: process.version,
});

export function categoryRoutes(serve: Serve, known: DirectoryKnown): void {
  readingRoutes(serve, known);
  keepingRoutes(serve, known);
  domainRoutes(serve, known);
}

function readingRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(lines.listCategories, async () => everything([...known.directory().categories.values()].map(lineOf)));
  serve(contract.readCategory, ({ params }) => show(known, params.id));
}

async function show(known: DirectoryKnown, id: string): Promise<contract.Category> {
  if (!known.directory().categories.has(id)) await known.changed();
  const category = known.directory().categories.get(id);
  if (!category) throw new HttpProblem(404, "not-found");
  const published = await readVersions(known.pool, id);
  const versions = published.map(({ at, ...one }) => ({ ...one, at: toIso(at) }));
  const came = published.some(({ version }) => version === 1) ? [] : [{ version: 1, at: null, by: null }];
  return { ...lineOf(category), process: definitionOf(category.process), versions: [...versions, ...came] };
}

const definitionOf = ({ category: _, version: __, ...definition }: CategoryProcess): contract.Category["process"] =>
  structuredClone(definition) as contract.Category["process"];

const servicesIn = ({ entry = [] }: ProcessDefinition): string[] => entry.flatMap(({ when }) => when.services ?? []);

function refuseFaulty(known: DirectoryKnown, category: CategoryId, definition: ProcessDefinition): void {
  const fault = definitionFault(definition);
  if (fault) throw refused("process-faulty", fault);
  if (category !== majorCategory && speaksOfDeclaring(definition))
    throw refused("process-faulty", { fault: "declared", id: category });
  const { functions, services, domains, categories, calendars } = known.directory();
  const refuse = (ids: readonly string[], all: ReadonlyMap<string, unknown>, kind: Named): void => {
    const unknown = ids.find((id) => !all.has(id));
    if (unknown !== undefined) throw refused(`${kind}-unknown`, { [kind]: unknown });
  };
  refuse(functionsIn(definition), functions, "function");
  const { teams } = known.directory();
  refuse(definition.teams ?? [], teams, "team");
  const idle = definition.teams?.find((id) => !teams.get(id)?.charter);
  if (idle !== undefined) throw refused("team-without-mandate", { team: idle });
  for (const { when } of definition.entry ?? []) {
    refuse(when.services ?? [], services, "service");
    refuse(when.domains ?? [], domains, "domain");
    refuse(when.categories ?? [], categories, "category");
  }
  const before = categories.get(category)?.process;
  const held = before ? servicesIn(before) : [];
  const retired = servicesIn(definition).find((id) => services.get(id)?.retired && !held.includes(id));
  if (retired !== undefined) throw refused("service-retired", { service: retired });
  refuse(
    definition.targets.flatMap(({ calendar }) => calendar ?? []),
    calendars,
    "calendar",
  );
}

type Named = "function" | "service" | "domain" | "category" | "calendar" | "team";

function keepingRoutes(serve: Serve, known: DirectoryKnown): void {
  serve(contract.addCategory, async ({ request, body }) => {
    refuseUnlessKeeper(request);
    const { id, nameFr, nameEn, keywords = { fr: [], en: [] }, process: definition = emptyDefinition } = body;
    await known.changed();
    refuseFaulty(known, id, definition);
    const by = changeBy(known, request);
    await change(by, async (client) => {
      await insertCategory(client, { id, nameFr, nameEn, keywords }, by.at);
      await insertProcess(client, { category: id, version: 1, definition, at: by.at, by: by.envelope.actor.id });
      return { id, kind: "category", type: "category.added", data: body as JsonObject, result: null };
    });
    await known.changed();
    return show(known, id);
  });
  serve(contract.changeCategory, async ({ request, params, body }) => {
    refuseUnlessKeeper(request);
    await change(changeBy(known, request), async (client) => {
      await updateCategory(client, params.id, body);
      return { id: params.id, kind: "category", type: "category.changed", data: body as JsonObject, result: null };
    });
    await known.changed();
    return show(known, params.id);
  });
  serve(contract.publishCategory, async ({ request, params, body }) => {
    refuseUnlessKeeper(request);
    const { id } = params;
    const { after, process: definition } = body;
    await known.changed();
    refuseFaulty(known, id, definition);
    const before = known.directory().categories.get(id)?.process ?? null;
    if (!before) throw refused("category-unknown", { category: id });
    if (before.version !== after) throw refused("category-changed", { category: id });
    const by = changeBy(known, request);
    const version = after + 1;
    await change(by, async (client) => {
      /* Of two who publish at once, the second finds its number taken. */
      await insertProcess(client, { category: id, version, definition, at: by.at, by: by.envelope.actor.id });
      const data = { version, process: definition } as unknown as JsonObject;
      return { id, kind: "category", type: "category.published", data, result: null };
    });
    await known.changed();
    return show(known, id);
  });
}

function domainRoutes(serve: Serve, known: DirectoryKnown): void {
  const found = async (id: string) => {
    await known.changed();
    const domain = known.directory().domains.get(id);
    if (!domain) throw refused("domain-unknown", { domain: id });
    return domain;
  };
  serve(lines.listDomains, async () => everything([...known.directory().domains.values()]));
  serve(contract.addDomain, async ({ request, body }) => {
    refuseUnlessKeeper(request);
    const by = changeBy(known, request);
    await change(by, async (client) => {
      await insertDomain(client, body, by.at);
      return { id: body.id, kind: "domain", type: "domain.added", data: body as JsonObject, result: null };
    });
    return found(body.id);
  });
  serve(contract.changeDomain, async ({ request, params, body }) => {
    refuseUnlessKeeper(request);
    await change(changeBy(known, request), async (client) => {
      await updateDomain(client, params.id, body);
      return { id: params.id, kind: "domain", type: "domain.changed", data: body as JsonObject, result: null };
    });
    return found(params.id);
  });
}
