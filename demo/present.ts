/** What is open when the desk starts: something in each stage, each as old as it would be. */
import type { Around } from "../core/drills/world.ts";
import type { ImpactCommand } from "../core/impact/commands.ts";
import { minuteMs, toIso } from "../core/kernel/time.ts";
import type { Instant, Language } from "../core/kernel/vocabulary.ts";
import type { SecurityCommand } from "../core/security/commands.ts";
import type { Thread } from "./agenda.ts";
import type { PersonName } from "./organisation.ts";
import { groupOf } from "./play.ts";
import type { Act, Hurt, Outside, Present, Secured } from "./situation.ts";
import { burning } from "./situations/open.ts";
import { quiet } from "./situations/open-quiet.ts";
import { engage } from "./suppliers.ts";
import { act, type Command, hurt, inWords, open, report, secure, signal, type Telling } from "./telling.ts";

export function present(telling: Telling, at: Instant): Thread[] {
  const named = new Map<string, string>();
  return [...burning, ...quiet].map((one) => tell({ telling, told: one, named }, at));
}

/** `named`: incidents that others are merged into, or linked to. */
type Going = { readonly telling: Telling; readonly told: Present; readonly named: Map<string, string> };

function* tell(going: Going, at: Instant): Thread {
  const { telling, told, named } = going;
  const ago = (minutes: number): Instant => at - Math.round(minutes * minuteMs);
  yield ago(told.minutesAgo);
  const id = begin(telling, told);
  if (told.name !== undefined) named.set(told.name, id);
  const acts = told.acts.map(([who, minutesAgo, command, around]) => ({
    minutesAgo,
    run: () => carryOut(going, { id, who, command, around }),
  }));
  const secured = (told.secured ?? []).map((one) => ({ minutesAgo: one[1], run: () => protect(going, id, one) }));
  const hurts = (told.hurts ?? []).map((one) => ({ minutesAgo: one[1], run: () => hurtBy(going, id, one) }));
  const outside = (told.outside ?? []).map((step) => ({
    minutesAgo: step[0],
    run: () => askOutside(telling, { id, language: told.language, step }),
  }));
  const engaged = (told.engaged ?? []).map(([minutesAgo, who, given]) => ({
    minutesAgo,
    run: () => engage(telling, id, who, given),
  }));
  for (const { minutesAgo, run } of [...acts, ...secured, ...hurts, ...engaged, ...outside].toSorted(
    (one, other) => other.minutesAgo - one.minutesAgo,
  )) {
    yield ago(minutesAgo);
    run();
  }
}

type Asking = { readonly id: string; readonly language: Language; readonly step: Outside };

function askOutside({ world, cast }: Telling, { id, language, step: [, who, given] }: Asking): void {
  const say = (value: unknown): unknown => {
    if (typeof value === "string") return inWords(value, language);
    return Array.isArray(value) ? value.map(say) : value;
  };
  const spoken = (part: object): object =>
    Object.fromEntries(Object.entries(part).map(([name, value]) => [name, name === "to" ? value : say(value)]));
  const said = {
    ...given,
    ...("ask" in given && { ask: spoken(given.ask) }),
    ...("answer" in given && { answer: spoken(given.answer) }),
  } as Outside[2];
  const refused = world.contribute(id, who && cast.people[who], said);
  if (refused) throw new Error(`nobody outside may ${given.do}: ${JSON.stringify(refused)}`);
}

function begin(telling: Telling, told: Present): string {
  const { language, service, from } = told;
  const say = (text: string): string => inWords(text, language);
  const title = say(told.title);
  const written = { title, description: told.description ? say(told.description) : null, language, service };
  if ("person" in from) return open(telling, from.person, written);
  if ("reporter" in from) return report(telling, { ...written, name: from.reporter });
  const { integration, severity, source, key, also = [] } = from.alert;
  const groupKey = groupOf(from.alert, key);
  const all = [{ key, title }, ...also.map((one) => ({ key: one.key, title: say(one.title) }))];
  telling.busy.add(`${integration}/${key}`);
  return signal(
    telling,
    integration,
    all.map((one) => ({ ...one, severity, source, groupKey })),
  );
}

type Doing = { readonly id: string; readonly who: PersonName; readonly command: Act[2]; readonly around: Act[3] };

function carryOut({ telling, told, named }: Going, { id, who, command, around = {} }: Doing): void {
  const { cast } = telling;
  const say = (text: string): string => inWords(text, told.language);
  const spoken = (value: unknown): unknown => {
    if (typeof value === "string") return say(value);
    return Array.isArray(value) ? value.map(spoken) : value;
  };
  const { name, team, persons, person, to, into, incident, dueIn, untilIn, ...rest } = command;
  const input = {
    ...Object.fromEntries(Object.entries(rest).map(([field, value]) => [field, spoken(value)])),
    ...(into && { into: named.get(into) }),
    ...(incident && { incident: named.get(incident) }),
    ...(person && { person: cast.people[person] }),
    ...(dueIn !== undefined && { due: toIso(telling.world.now() + dueIn * minuteMs) }),
    ...(untilIn !== undefined && { until: toIso(telling.world.now() + untilIn * minuteMs) }),
    ...(team && { team: cast.teams[team] }),
    ...(persons && { persons: persons.map((one) => cast.people[one]) }),
    ...(to && {
      to: to in cast.functions ? cast.functions[to as keyof typeof cast.functions] : cast.people[to as PersonName],
    }),
  };
  const { reason, lateBy } = around;
  const said: Around = {
    ...(reason !== undefined && { reason: say(reason) }),
    ...(lateBy !== undefined && { occurredAt: telling.world.now() - lateBy * minuteMs }),
  };
  act(telling, id, who, { name, input } as Command, said);
}

function protect({ telling, told }: Going, id: string, [who, , { name, input, to }, reason]: Secured): void {
  const say = (value: unknown): unknown => (typeof value === "string" ? inWords(value, told.language) : value);
  const written = Object.fromEntries(Object.entries(input).map(([field, value]) => [field, say(value)]));
  const command = { name, input: { ...written, ...(to && { person: telling.cast.people[to] }) } } as SecurityCommand;
  secure(telling, id, who, command, reason === undefined ? {} : { reason: inWords(reason, told.language) });
}

function hurtBy({ telling, told }: Going, id: string, [who, , said, lateBy]: Hurt): void {
  const { cast, world } = telling;
  const note = said.note === undefined ? {} : { note: inWords(said.note, told.language) };
  const command: ImpactCommand =
    "domain" in said
      ? { name: "measure-impact", input: { ...said, ...note } }
      : "service" in said
        ? { name: "state-affected", input: { ...said, ...note, service: cast.services[said.service] } }
        : { name: "rule-out-affected", input: { ...note, service: cast.services[said.notAffected] } };
  hurt(telling, id, who, command, lateBy === undefined ? {} : { occurredAt: world.now() - lateBy * minuteMs });
}
