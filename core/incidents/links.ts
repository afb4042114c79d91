/** How incidents hang together: related, one the cause of the other, one a part of the other. Said in both records, unless that
 *  would tell those whom one admits of another that does not admit them; a duplicate is merged instead. Splitting takes tasks,
 *  alerts or a workstream out into an incident of its own, which is then a part: the mirror of merging. */
import { linkCommands } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import type { Instant, LinkKind } from "../kernel/vocabulary.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import type { LinkEvent } from "./link-events.ts";
import type { IncidentState } from "./state.ts";
import { movedTasks, openTask } from "./tasks.ts";
import { openStream } from "./workstreams.ts";

export type Link = {
  readonly incident: string;
  readonly number: string;
  /** What this one is of the other. */
  readonly kind: LinkKind;
  readonly at: Instant;
  readonly by: string;
  readonly reason: string | null;
  /** Which of the workstreams here became it. */
  readonly workstream?: number;
};

/** What the desk knows of the other, and of what both are linked with: the decider of one incident knows no other. What whoever
 *  asks may not see does not count, or a refusal would tell of it. */
export type LinkTarget = {
  readonly id: string;
  readonly itself: boolean;
  readonly number: string;
  readonly exercise: boolean;
  /** What either record says of the other already, from here. */
  readonly linked: LinkKind | null;
  /** Either says that they are linked no more, which the other could not be told. */
  readonly apart: boolean;
  /** Which of both is part of another. */
  readonly isPart: { readonly here: boolean; readonly there: boolean };
  /** Either record speaks of as many as it may. */
  readonly full: boolean;
  /** Which of both records may speak of the other. */
  readonly told: { readonly here: boolean; readonly there: boolean };
};

/** Past so many, an incident is about everything. */
export const linksMax = 100;

const inverses: Readonly<Record<LinkKind, LinkKind>> = {
  related: "related",
  causes: "caused-by",
  "caused-by": "causes",
  "part-of": "has-part",
  "has-part": "part-of",
};
export const inverseOf = (kind: LinkKind): LinkKind => inverses[kind];

export type LinkCommand = Extract<IncidentCommand, { name: (typeof linkCommands)[number] }>;

export const isOfLinks = (command: IncidentCommand): command is LinkCommand =>
  linkCommands.some((name) => name === command.name);

export function decideLinks(state: IncidentState, command: LinkCommand): IncidentEvent[] | Refusal {
  switch (command.name) {
    case "link":
      return link(state, command.input, command.envelope);
    case "unlink":
      return unlink(state, command.input, command.envelope);
    case "split":
      return split(state, command.input);
  }
}

const linkedTo = ({ links }: Pick<IncidentState, "links">, { id, linked, apart }: LinkTarget): LinkKind | null =>
  apart ? null : (links?.find(({ incident }) => incident === id)?.kind ?? linked);

/** A cause is claimed, and a claim has its reason. */
export const linkAsksWhy = (kind: LinkKind): boolean => kind === "causes" || kind === "caused-by";

function link(
  state: IncidentState,
  { kind, target }: CommandInputs["link"],
  { reason }: Envelope,
): IncidentEvent[] | Refusal {
  if (target === undefined) return refuse("incident-unknown");
  const { id, number } = target;
  if (target.itself) return refuse("link-to-itself");
  if (target.exercise !== state.exercise) return refuse("link-exercise-mix");
  if (linkedTo(state, target) !== null) return refuse("already-linked", { number });
  if (target.full) return refuse("links-full", { max: linksMax });
  const refused = refusePart(state, kind, target) ?? refuseUntold(kind, target);
  if (refused) return refused;
  if (linkAsksWhy(kind) && !reason?.trim()) return refuse("reason-required", { command: "link" });
  return [{ type: "incident.linked", data: { incident: id, number, kind } }];
}

/** A part is part of one whole, and a whole that is a part itself takes no part in, as far as whoever asks sees: what nobody saw
 *  may close a circle, so nothing walks from part to whole. */
function refusePart(state: IncidentState, kind: LinkKind, target: LinkTarget): Refusal | null {
  if (kind !== "part-of" && kind !== "has-part") return null;
  const here = { isPart: target.isPart.here, number: state.number };
  const there = { isPart: target.isPart.there, number: target.number };
  const [part, whole] = kind === "part-of" ? [here, there] : [there, here];
  if (part.isPart) return refuse("already-part", { number: part.number });
  return whole.isPart ? refuse("whole-is-part", { number: whole.number }) : null;
}

/** That it is part of another is said by the part at least. */
function refuseUntold(kind: LinkKind, { told: { here, there } }: LinkTarget): Refusal | null {
  const able = kind === "part-of" ? here : kind === "has-part" ? there : here || there;
  return able ? null : refuse("link-restricted");
}

function unlink(
  state: IncidentState,
  { target }: CommandInputs["unlink"],
  { reason }: Envelope,
): IncidentEvent[] | Refusal {
  if (target === undefined) return refuse("incident-unknown");
  const { id, number, told } = target;
  const kind = linkedTo(state, target);
  if (kind === null) return refuse("not-linked", { number });
  if (!told.here && !told.there) return refuse("link-restricted");
  if (!reason?.trim()) return refuse("reason-required", { command: "unlink" });
  return [{ type: "incident.unlinked", data: { incident: id, number, kind } }];
}

/** The tasks that go with it: those named, and all that are open in the workstream. */
function split(state: IncidentState, input: CommandInputs["split"]): IncidentEvent[] | Refusal {
  const { title, workstream: number, alerts = [], into = "", full = false } = input;
  const stream = number === undefined ? null : openStream(state, number);
  if (stream !== null && "refused" in stream) return stream;
  const inStream = (state.tasks ?? []).filter((one) => one.status === "open" && one.workstream === stream?.number);
  const tasks = [...new Set([...(input.tasks ?? []), ...(stream ? inStream.map((one) => one.number) : [])])];
  for (const one of tasks) {
    const task = openTask(state, one);
    if ("refused" in task) return task;
  }
  if (stream === null && tasks.length === 0 && alerts.length === 0) return refuse("split-nothing");
  if (full) return refuse("links-full", { max: linksMax });
  const { offer } = stream ?? {};
  return [
    ...(stream && offer
      ? [
          {
            type: "workstream.offer-ended" as const,
            data: { number: stream.number, personId: offer.to.id, name: offer.to.name, because: "over" as const },
          },
        ]
      : []),
    {
      type: "incident.split",
      data: {
        ...{ into, intoNumber: "", title },
        ...{ workstream: stream?.number ?? null, tasks: tasks.toSorted((a, b) => a - b), alerts: alerts.length },
      },
    },
  ];
}

export const linkEvents = ["incident.linked", "incident.unlinked", "incident.split", "incident.split-off"] as const;

export const isOfLinkage = <Fact extends IncidentEvent>(event: Fact): event is Fact & LinkEvent =>
  linkEvents.some((type) => type === event.type);

/** The other incident that an entry speaks of; null: of none, or it was purged and nobody can tell any more. */
export function otherIn(data: unknown): string | null {
  const { incident, into, from } = (data ?? {}) as { readonly [name: string]: string | undefined };
  return incident ?? into ?? from ?? null;
}

export function evolveLinks(state: IncidentState, event: LinkEvent, stamp: Stamp): Partial<IncidentState> {
  const { actor, occurredAt: at, reason } = stamp;
  const { links = [], apart = [] } = state;
  const others = (id: string): Link[] => links.filter(({ incident }) => incident !== id);
  const said = { at, by: actor.name, reason };
  switch (event.type) {
    case "incident.linked": {
      const { incident, number, kind } = event.data;
      const made = { incident, number, kind, ...said };
      return {
        links: [...others(incident), made],
        ...(apart.length > 0 && { apart: apart.filter((id) => id !== incident) }),
      };
    }
    case "incident.unlinked": {
      const { incident, alone } = event.data;
      return { links: others(incident), ...(alone && { apart: [...apart, incident] }) };
    }
    case "incident.split": {
      const { into: incident, intoNumber: number, workstream } = event.data;
      const made: Link = { incident, number, kind: "has-part", ...said, ...(workstream !== null && { workstream }) };
      return { links: [...links, made], ...movedOut(state, event.data, { at, by: actor.name }) };
    }
    case "incident.split-off": {
      const { from: incident, fromNumber: number } = event.data;
      return { links: [...links, { incident, number, kind: "part-of", ...said }] };
    }
  }
}

/** What left is kept where it was, as what it was, and is nothing to be done here any more. */
function movedOut(
  state: IncidentState,
  { tasks, workstream, title }: Extract<LinkEvent, { type: "incident.split" }>["data"],
  said: { readonly at: Instant; readonly by: string },
): Partial<IncidentState> {
  return {
    tasks: movedTasks(state, tasks, said),
    ...(state.workstreams && {
      workstreams: state.workstreams.map((one) => {
        if (one.number !== workstream) return one;
        const { waits: _, offer: __, ...rest } = one;
        return { ...rest, status: "split", left: { ...said, text: title } };
      }),
    }),
  };
}
