/** Which laws are the organisation's own: read by all, said by level 5 or an administrator. */
import * as contract from "../../contract/incident-obligations.ts";
import { type Refusal, refuse } from "../../core/kernel/refusal.ts";
import type { JsonObject, Locale } from "../../core/kernel/vocabulary.ts";
import { type BoundLaw, entityTraitsOf, targetable } from "../../core/obligations/bound.ts";
import { headOf, type Law } from "../../core/obligations/law.ts";
import { lawNamed, laws } from "../../core/obligations/laws.ts";
import { limitSaid } from "../../core/obligations/limit.ts";
import { lawWords } from "../../languages/law-words.ts";
import { everything, localeOf, type Serve } from "../platform/http.ts";
import { refusalProblem, refused } from "../platform/problems.ts";
import { refuseUnknownPlaces } from "../platform/public-holidays.ts";
import { refuseUnlessKeeper } from "./catalogue-routes.ts";
import { deleteLaw, lookAtLegalClocks, type NewBoundLaw, writeLaw } from "./law-store.ts";
import { changeBy, type DirectoryKnown } from "./routes.ts";
import { change } from "./store.ts";

export function lawRoutes(serve: Serve, known: DirectoryKnown): void {
  const shown = (law: Law, locale: Locale): contract.LawSetting =>
    settingOf(law, known.directory().laws.get(law.id), { locale, zone: known.directory().zone });
  serve(contract.listLaws, async ({ request }) => everything(laws.map((law) => shown(law, localeOf(request)))));
  serve(contract.bindLaw, async ({ request, body }) => {
    refuseUnlessKeeper(request);
    const law = named(body.law);
    const wrong = wrongFor(law, body);
    if (wrong) throw refusalProblem(wrong);
    if (body.place !== null) await refuseUnknownPlaces([body.place]);
    const by = changeBy(known, request);
    await change(by, async (client) => {
      await writeLaw(client, body, { by: by.envelope.actor.id, at: by.at });
      await lookAtLegalClocks(client, law.id, by.at);
      return { id: law.id, kind: "law", type: "law.bound", data: body as unknown as JsonObject, result: null };
    });
    await known.changed();
    return shown(law, localeOf(request));
  });
  serve(contract.unbindLaw, async ({ request, params }) => {
    refuseUnlessKeeper(request);
    const law = named(params.law);
    const by = changeBy(known, request);
    await change(by, async (client) => {
      await deleteLaw(client, law.id);
      await lookAtLegalClocks(client, law.id, by.at);
      return { id: law.id, kind: "law", type: "law.unbound", data: {}, result: null };
    });
    await known.changed();
    return {};
  });
}

function named(id: string): Law {
  const law = lawNamed(id);
  if (!law) throw refused("clock-unknown", { clock: id });
  return law;
}

function wrongFor({ legs }: Law, { traits, targets }: NewBoundLaw): Refusal | null {
  const own = entityTraitsOf(legs);
  const trait = traits.find((one) => !own.includes(one));
  if (trait !== undefined) return refuse("trait-unknown", { trait });
  const without = targetable(legs);
  const leg = Object.keys(targets).find((one) => !without.includes(one));
  return leg === undefined ? null : refuse("leg-unknown", { leg });
}

type Reader = { readonly locale: Locale; readonly zone: string };

function settingOf(law: Law, bound: BoundLaw | undefined, { locale, zone }: Reader): contract.LawSetting {
  const words = lawWords(locale);
  return {
    ...headOf(law),
    ...{ name: words.law(law.id), source: words.source(law.id), note: words.note(law.id) },
    legs: law.legs.map(({ id, limit }) => ({
      ...{ id, name: words.leg(law.id, id), recipient: words.recipient(law.id, id) },
      limit: limitSaid(limit),
    })),
    traits: entityTraitsOf(law.legs).map((id) => ({ id, name: words.trait(id) })),
    bound: bound
      ? {
          ...{ traits: [...bound.traits], targets: { ...bound.targets }, place: bound.place },
          zone: bound.days.zone === zone ? null : bound.days.zone,
        }
      : null,
  };
}
