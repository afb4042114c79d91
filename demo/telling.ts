/** What every story of the demonstration is told with: the world it acts in, its people by name, its own chance, and what is
 *  to be kept beside the record. Whatever the desk refuses is a mistake of the story, and stops it. */
import type { Signal } from "../core/alerts/decide.ts";
import type { SignalsOutcome } from "../core/desk/handling.ts";
import type { DeskInput } from "../core/desk/inputs.ts";
import type { Chance } from "../core/drills/chance.ts";
import type { Around, World } from "../core/drills/world.ts";
import type { ImpactCommand } from "../core/impact/commands.ts";
import { wordWanted } from "../core/incidents/confirming-restored.ts";
import type { IncidentState } from "../core/incidents/state.ts";
import type { Mint } from "../core/kernel/id.ts";
import { isRefusal } from "../core/kernel/refusal.ts";
import { minuteMs, zoned } from "../core/kernel/time.ts";
import type { Instant, Language } from "../core/kernel/vocabulary.ts";
import type { SecurityCommand } from "../core/security/commands.ts";
import { typo } from "../languages/typo.ts";
import { lettingIn, outsideOf } from "./admitting.ts";
import type { Thread } from "./agenda.ts";
import type { Cast } from "./cast.ts";
import { type IntegrationName, integrations, type PersonName, people, type ServiceName, zone } from "./organisation.ts";

export type Command = Extract<DeskInput, { kind: "command" }>["command"];

/** What somebody in town wrote in the public form. */
export type ToldReport = {
  readonly id: string;
  readonly incidentId: string;
  readonly title: string;
  readonly description: string | null;
  readonly language: Language;
  readonly name: string | null;
  readonly contact: string | null;
  readonly service: string | null;
  readonly at: Instant;
};

export type Noted = { readonly integrationId: string; readonly at: Instant; readonly results: SignalsOutcome };

export type Telling = {
  readonly world: World;
  readonly cast: Cast;
  readonly chance: Chance;
  readonly mint: Mint;
  readonly reports: ToldReport[];
  readonly noted: Noted[];
  /** Keys of machines whose last incident goes on: the same again would join it, and has no life of its own. */
  readonly busy: Set<string>;
};

export const stateOf = ({ world }: Telling, id: string): IncidentState => world.case(id).incident;

export function act(telling: Telling, id: string, who: PersonName, command: Command, around: Around = {}): void {
  const advised = command.name === "advise-persons" ? command.input.persons : [];
  admit(telling, id, [telling.cast.people[who], ...advised]);
  const refused = telling.world.command(id, telling.cast.people[who], command, around);
  if (refused) throw new Error(`${who} may not ${command.name} ${titleIn(telling, id)}: ${JSON.stringify(refused)}`);
}

const caretaker = {
  fr: "La personne de garde du bâtiment, au téléphone",
  en: "The caretaker of the building, by telephone",
} as const;

/** As its categories ask: the owner of the service says first that it works, or somebody who used it did by telephone. */
export function confirmRecovery(telling: Telling, id: string, who: PersonName, text: string, notNeeded: boolean): void {
  const { world } = telling;
  const state = stateOf(telling, id);
  const owner = world.directory().services.get(state.service ?? "")?.ownerId;
  if (wordWanted(state) !== null && owner) {
    admit(telling, id, [owner]);
    const said = world.command(id, owner, { name: "confirm-restored", input: { working: true, text: null } });
    if (said) throw new Error(`${owner} may not say that ${titleIn(telling, id)} works: ${JSON.stringify(said)}`);
  }
  const wanted = wordWanted(stateOf(telling, id)) !== null;
  const confirmedBy = wanted ? { confirmedBy: inWords(caretaker[state.language], state.language) } : {};
  act(telling, id, who, { name: "confirm-recovery", input: { text, notNeeded, ...confirmedBy } });
}

export function secure(telling: Telling, id: string, who: PersonName, command: SecurityCommand, around: Around): void {
  const { world, cast } = telling;
  const given = command.name === "hand-over-evidence" ? command.input.person : undefined;
  admit(telling, id, [cast.people[who], ...(given === undefined ? [] : [given])]);
  const refused = world.secure(id, cast.people[who], command, around);
  if (refused) throw new Error(`${who} may not ${command.name} ${titleIn(telling, id)}: ${JSON.stringify(refused)}`);
}

export function hurt(telling: Telling, id: string, who: PersonName, command: ImpactCommand, around: Around): void {
  const { world, cast } = telling;
  admit(telling, id, [cast.people[who]]);
  const refused = world.hurt(id, cast.people[who], command, around);
  if (refused) throw new Error(`${who} may not ${command.name} ${titleIn(telling, id)}: ${JSON.stringify(refused)}`);
}

function admit({ world }: Telling, id: string, people: readonly string[]): void {
  for (const person of outsideOf(world.directory(), world.case(id).incident, people)) {
    const letting = lettingIn(world.directory(), world.case(id).incident);
    if (letting === null) return;
    const { by, ...around } = letting;
    world.command(id, by, { name: "grant-access", input: { person } }, around);
  }
}

function titleIn(telling: Telling, id: string): string {
  const { title } = stateOf(telling, id);
  return "text" in title ? title.text : title.code;
}

export type Written = { readonly title: string; readonly description: string | null; readonly language: Language };
type Opening = Written & { readonly service: ServiceName; readonly around?: Around };

export function open(telling: Telling, who: PersonName, { service, around = {}, ...written }: Opening): string {
  const { world, cast } = telling;
  return opened(world.open(cast.people[who], { ...written, service: cast.services[service] }, around));
}

/** In the public form, with or without a name. */
export function report(telling: Telling, { service, name, ...written }: Opening & { readonly name: string }): string {
  const { world, cast, mint, reports } = telling;
  const id = mint(world.now());
  const serviceId = cast.services[service];
  const said = {
    ...written,
    service: serviceId,
    origin: { kind: "report" as const, reportId: id, name: name || null },
  };
  const incidentId = opened(world.open(null, said, { via: "form" }));
  reports.push({
    ...written,
    id,
    incidentId,
    name: name || null,
    contact: contactOf(telling, name),
    service: serviceId,
    at: world.now(),
  });
  return incidentId;
}

/** A number that is never given to anybody, or an address that leads nowhere. */
function contactOf({ chance }: Telling, name: string): string | null {
  if (name === "") return null;
  if (chance.happens(0.5)) return `819 555-01${String(chance.below(100)).padStart(2, "0")}`;
  const plain = name.normalize("NFD").replaceAll(/[\p{M}’]/gu, "");
  return `${plain.toLowerCase().replaceAll(" ", ".")}@courriel.example`;
}

const opened = (id: ReturnType<World["open"]>): string => {
  if (isRefusal(id)) throw new Error(`an incident could not be opened: ${JSON.stringify(id)}`);
  return id;
};

type Said = Pick<Signal, "key" | "title" | "severity" | "source"> & Partial<Signal>;

/** What a machine sends; the incident that the first of them came to. */
export function signal(telling: Telling, from: IntegrationName, said: readonly Said[]): string {
  const { world, cast, noted } = telling;
  const stateful = integrations[from].kind === "alertmanager";
  const integrationId = cast.integrations[from];
  const results = world.signal(
    integrationId,
    said.map((one) => ({
      groupKey: one.key,
      action: "trigger",
      stateful,
      startsAt: stateful ? world.now() : null,
      leaseUntil: null,
      by: null,
      details: null,
      ...one,
    })),
  );
  noted.push({ integrationId, at: world.now(), results });
  return results[0]?.incidentId ?? "";
}

/** Goes on that many minutes later. */
export function* wait(telling: Telling, minutes: number): Thread {
  yield telling.world.now() + Math.round(minutes * minuteMs);
}

/** Somewhere between the two, in minutes, more often near the lower. */
export function* pause(telling: Telling, from: number, to: number): Thread {
  const { chance } = telling;
  yield* wait(telling, from + (to - from) * chance.next() * chance.next() + chance.next());
}

/** At once during working hours, otherwise some time after they begin. */
export function* officeHours(telling: Telling): Thread {
  const { world, chance } = telling;
  const now = zoned(world.now(), zone);
  const hour = now.hour + now.minute / 60;
  if (now.dayOfWeek <= 5 && hour >= 8 && hour < 16.75) return;
  let day = now.toPlainDate();
  if (hour >= 16.75 || now.dayOfWeek > 5) day = day.add({ days: 1 });
  while (day.dayOfWeek > 5) day = day.add({ days: 1 });
  const opens = day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from("08:10") });
  yield opens.epochMilliseconds + Math.round((3 + 55 * chance.next()) * minuteMs);
}

/** French spacing is applied here, never typed. */
export function inWords(text: string, language: Language, filled: Readonly<Record<string, string>> = {}): string {
  const whole = text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => filled[name] ?? hole);
  return typo(whole, language === "fr" ? "fr-CA" : "en");
}

/** Of some people, those who write that language; all of them when nobody does. */
export function speaking<Name extends PersonName>(who: readonly Name[], language: Language): readonly Name[] {
  const those = who.filter((one) => people[one].language === language);
  return those.length > 0 ? those : who;
}
