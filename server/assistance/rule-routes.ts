/** Rules of requests for assistance: read by all, published as a whole by whoever keeps the process, tried before. */
import type { z } from "zod";
import * as contract from "../../contract/assistance.ts";
import { mayKeepRules } from "../../core/assistance/permission.ts";
import { membersOf, routeAssistance } from "../../core/assistance/routing.ts";
import { type AssistanceSettings, answerMinutesFor, settingsFault } from "../../core/assistance/settings.ts";
import { unknownTargets } from "../../core/desk/targets.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { viewerOf } from "../access/viewer.ts";
import { languageOf, type Serve } from "../platform/http.ts";
import { refusalProblem, refused } from "../platform/problems.ts";
import type { AssistanceServed, Named } from "./known.ts";
import { insertSettings, readSettings } from "./store.ts";
import { becauseOf, partyOf, passedOf } from "./views.ts";

export function assistanceRuleRoutes(serve: Serve, known: AssistanceServed): void {
  serve(contract.readAssistanceRules, () => shown(known));
  serve(contract.publishAssistanceRules, async ({ request, body }) => {
    const { actor } = viewerOf(request);
    if (!mayKeepRules(actor)) throw refused("level-five-needed");
    const { after, ...definition } = body;
    refuseFaulty(definition);
    const at = known.clock.now();
    await known.change(request, async (client) => {
      const { settings } = await readSettings(client);
      const held = settings.rules.flatMap(({ services }) => services);
      await known.refuseUnknown(client, namedIn(definition), held);
      refuseUnknownDomains(known, definition);
      /* Of two who publish at once, the second finds its number taken. */
      const isNext = settings.version === after;
      if (!isNext || !(await insertSettings(client, { ...definition, version: after + 1 }, { at, by: actor.id })))
        throw refused("assistance-rules-changed");
      const data = { version: after + 1, ...definition } as unknown as JsonObject;
      return { id: "rules", kind: "assistance-rules", type: "assistance-rules.published", data, result: null };
    });
    return shown(known);
  });
  serve(contract.previewAssistance, async ({ request, body }) => {
    const { draft, ...wanted } = body;
    if (draft !== null) refuseFaulty(draft);
    const { settings: published } = await readSettings(known.pool);
    const settings = draft === null ? published : { ...draft, version: published.version + 1 };
    const roster = known.directory();
    const { to, because, passed } = routeAssistance(wanted, { settings, roster, tried: [] });
    const language = languageOf(request);
    return {
      to: to && partyOf(roster, to, language),
      because: becauseOf(because, { directory: roster, settings, language }),
      passed: passedOf(roster, passed, language),
      answerMinutes: to && answerMinutesFor(settings, to, wanted),
      members: to === null ? 0 : membersOf(roster, to).length,
    };
  });
}

type Definition = Omit<AssistanceSettings, "version">;

function refuseFaulty(definition: Definition): void {
  const fault = settingsFault(definition);
  if (fault) throw refused("assistance-rules-faulty", fault);
}

function refuseUnknownDomains(known: AssistanceServed, { rules }: Definition): void {
  for (const { domains } of rules) {
    const held = { categories: [], domains };
    const unknown = unknownTargets(known.directory(), { domains }, held);
    if (unknown) throw refusalProblem(unknown);
  }
}

function namedIn({ rules, terms, fallback }: Definition): Named[] {
  return [
    ...rules.flatMap((rule, index) => [
      { ...rule.to, pointer: `/rules/${index}/to` },
      ...rule.services.map((id, place) => ({
        kind: "service" as const,
        id,
        pointer: `/rules/${index}/services/${place}`,
      })),
    ]),
    ...terms.flatMap(({ party, policy }, index) => [
      { ...party, pointer: `/terms/${index}/party` },
      ...(policy === null ? [] : [{ kind: "policy" as const, id: policy, pointer: `/terms/${index}/policy` }]),
    ]),
    ...(fallback === null ? [] : [{ ...fallback, pointer: "/fallback" }]),
  ];
}

async function shown({ pool }: AssistanceServed): Promise<contract.AssistanceRules> {
  const { settings, at, by } = await readSettings(pool);
  return { ...structuredClone(settings), at: at === null ? null : toIso(at), by } as z.output<
    typeof contract.assistanceRules
  >;
}
