/** Help that people of the city ask of one another, in either language: one that ended well, one that waits, one for the incident
 *  under way, and one that nobody takes. */
import type { AssistanceCommand, NewRequest } from "../core/assistance/decide.ts";
import type { IncidentLink } from "../core/assistance/events.ts";
import { type AssistanceSettings, firstSettings, type Party } from "../core/assistance/settings.ts";
import { dayMs, hourMs, minuteMs } from "../core/kernel/time.ts";
import type { Instant } from "../core/kernel/vocabulary.ts";
import type { Cast } from "./cast.ts";
import type { FunctionName, PersonName, TeamName } from "./organisation.ts";

const nothing = { kinds: [], words: [], domains: [], services: [], sites: [] } as const;

export function assistanceRules(cast: Cast): Omit<AssistanceSettings, "version"> {
  const duty = (name: FunctionName): Party => ({ kind: "function", id: cast.functions[name] });
  const team = (name: TeamName): Party => ({ kind: "team", id: cast.teams[name] });
  const terms = (party: Party, answerMinutes: number, urgentMinutes: number, policy: string | null = null) => ({
    party,
    answerMinutes,
    urgentMinutes,
    policy,
  });
  return {
    kinds: firstSettings.kinds,
    rules: [
      { ...nothing, words: ["renseignements personnels", "personal information"], to: duty("privacy") },
      { ...nothing, kinds: ["legal"], to: duty("legal") },
      { ...nothing, words: ["contrat", "contract", "bail", "lease"], to: duty("legal") },
      { ...nothing, kinds: ["facilities"], to: team("buildings") },
      { ...nothing, kinds: ["communications"], to: duty("communications") },
      { ...nothing, kinds: ["people"], to: duty("hr") },
      {
        ...nothing,
        kinds: ["technical"],
        services: [cast.services.network, cast.services.telephony],
        to: team("network"),
      },
    ],
    terms: [
      terms(duty("legal"), 8 * 60, 60),
      terms(team("buildings"), 4 * 60, 30),
      terms(duty("communications"), 2 * 60, 20),
      terms(team("network"), 4 * 60, 30, cast.policies.network),
    ],
    fallback: team("desk"),
  };
}

export type AskedAct = {
  readonly by: string;
  readonly at: Instant;
  readonly command: AssistanceCommand;
  readonly reason?: string;
};
export type AskedStory = {
  readonly wanted: NewRequest;
  readonly by: string;
  readonly at: Instant;
  readonly acts: readonly AskedAct[];
};

const plain = {
  details: null,
  urgent: false,
  domains: [],
  service: null,
  site: null,
  incident: null,
  exercise: false,
} as const;

/** `incident`: one that is under way; without one, nobody asks for it. */
export function helpAsked(cast: Cast, now: Instant, incident: IncidentLink | null): readonly AskedStory[] {
  const by = (name: PersonName) => cast.people[name];
  return [
    {
      wanted: {
        ...plain,
        direction: "inbound",
        title: "Le chauffage ne marche pas à la salle du conseil",
        details: "Il fait 15 degrés depuis ce matin, et le conseil siège à 19 h.",
        kind: "facilities",
        language: "fr",
        site: "Hôtel de ville",
      },
      by: by("josee"),
      at: now - 2 * dayMs,
      acts: [
        { by: by("robert"), at: now - 2 * dayMs + 11 * minuteMs, command: { name: "accept" } },
        {
          by: by("robert"),
          at: now - 2 * dayMs + 95 * minuteMs,
          command: { name: "end", outcome: "done", text: "Une vanne était restée fermée après les travaux." },
        },
        { by: by("josee"), at: now - 2 * dayMs + 3 * hourMs, command: { name: "confirm" } },
      ],
    },
    {
      wanted: {
        ...plain,
        direction: "inbound",
        title: "Can we end the lease of the east library early?",
        details: "The roof leaks again, and the owner does not answer.",
        kind: "other",
        language: "en",
        site: "East library",
      },
      by: by("linda"),
      at: now - 40 * minuteMs,
      acts: [],
    },
    {
      wanted: {
        ...plain,
        direction: "inbound",
        title: "A generator for the community centre on Saturday",
        kind: "supplier",
        language: "en",
      },
      by: by("guillaume"),
      at: now - 5 * hourMs,
      acts: [
        {
          by: by("jordan"),
          at: now - 4 * hourMs,
          command: { name: "decline" },
          reason: "We rent computers, not generators.",
        },
      ],
    },
    ...(incident === null ? [] : [forIncident(cast, now, incident)]),
  ];
}

const forIncident = (cast: Cast, now: Instant, incident: IncidentLink): AskedStory => ({
  wanted: {
    ...plain,
    direction: "outbound",
    title: "Préparer un avis pour la page d’accueil, dans les deux langues",
    details: "Ce qui ne marche pas, ce qui marche, et l’heure de la prochaine nouvelle.",
    kind: "communications",
    language: "fr",
    incident,
  },
  by: cast.people.elise,
  at: now - 30 * minuteMs,
  acts: [{ by: cast.people.fatou, at: now - 24 * minuteMs, command: { name: "accept" } }],
});
