/** A town that works in French and in English, on a busy day: eight incidents in various stages, for pictures. */
import { pagerDutyEvent, type Someone, type TestDesk, whereItIsNoon } from "./desk.ts";
import type { Language } from "./words.ts";

export type Town = {
  readonly zone: string;
  readonly readers: Readonly<Record<Language, Someone>>;
  /** Number of the major incident. */
  readonly major: string;
  /** Title of the alert that waits for an answer. */
  readonly alert: string;
};

type Act = readonly [person: Someone, command: string, minutesAgo: number, body?: object];
type Told = {
  readonly title: string;
  readonly description?: string;
  readonly language: Language;
  readonly service: string;
  readonly minutesAgo: number;
  readonly by: Someone;
  readonly acts: readonly Act[];
};

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export async function openForBusiness(desk: TestDesk): Promise<Town> {
  const zone = whereItIsNoon();
  const person = (name: string, language: Language, level: number) => desk.person(name, language, { level, zone });
  const elise = await person("Élise Tremblay", "fr", 4);
  const sam = await person("Sam Carter", "en", 4);
  const lea = await person("Léa Gagnon", "fr", 3);
  const priya = await person("Priya Nair", "en", 3);
  const called = [elise, sam];
  const payroll = await desk.serviceOf(called, "Paie", "Payroll");
  const permits = await desk.serviceOf(called, "Permis en ligne", "Online permits");
  const network = await desk.serviceOf(called, "Réseau et accès à distance", "Network and remote access");
  const office = await desk.serviceOf(called, "Bureautique", "Office tools");
  const tell = (told: Told) => record(desk, told);

  const major = await tell({
    title: "Permis en ligne\u00a0: erreur 502 à la confirmation",
    description: "Le paiement passe, mais aucun permis n’est délivré. Les citoyens recommencent et paient deux fois.",
    language: "fr",
    service: permits,
    minutesAgo: 58,
    by: lea,
    acts: [
      [elise, "accept", 55],
      [elise, "categorise", 54, { categories: ["major"] }],
      [elise, "confirm-priority", 53, { impact: 1, urgency: 1 }],
      [
        lea,
        "add-observation",
        47,
        { text: "38 % des confirmations échouent depuis la mise en ligne de 10\u00a0h\u00a050." },
      ],
      [sam, "add-observation", 39, { text: "The connection pool of the permits database is exhausted." }],
      [
        elise,
        "decide",
        31,
        {
          text: "Revenir à la version 3.2, paiements suspendus d’ici là.",
          options: ["Agrandir la réserve de connexions"],
        },
      ],
      [elise, "advise-persons", 29, { persons: [sam.id, priya.id], text: "Paiements suspendus; avis sur le portail." }],
      [sam, "record-cause", 12, { text: "Version 3.3 opens a connection for each attachment and never closes it." }],
    ],
  });
  await tell({
    title: "Remote access drops every hour",
    language: "en",
    service: network,
    minutesAgo: 190,
    by: priya,
    acts: [
      [sam, "accept", 180],
      [sam, "categorise", 178, { categories: ["complex"] }],
      [sam, "confirm-priority", 177, { impact: 2, urgency: 2 }],
    ],
  });
  await tell({
    title: "Bulletins de paie en double pour le service des parcs",
    language: "fr",
    service: payroll,
    minutesAgo: 130,
    by: lea,
    acts: [
      [lea, "accept", 120],
      [elise, "confirm-priority", 110, { impact: 3, urgency: 2 }],
    ],
  });
  await tell({
    title: "Badge readers of the north entrance do not answer",
    language: "en",
    service: network,
    minutesAgo: 300,
    by: priya,
    acts: [
      [priya, "accept", 290],
      [sam, "confirm-priority", 285, { impact: 3, urgency: 3 }],
      [sam, "declare-restored", 240, { text: "The controller was restarted." }],
    ],
  });
  await tell({
    title: "Courriels retardés vers l’extérieur",
    language: "fr",
    service: office,
    minutesAgo: 420,
    by: lea,
    acts: [
      [elise, "accept", 410],
      [elise, "categorise", 409, { categories: ["low-impact"] }],
      [elise, "confirm-priority", 408, { impact: 2, urgency: 3 }],
      [elise, "declare-restored", 350, { text: "File d’attente vidée." }],
      [elise, "declare-resolved", 330, { solution: "Certificat du relais renouvelé.", cause: "Certificat expiré." }],
      [elise, "confirm-recovery", 300, { text: "Aucun courriel perdu." }],
    ],
  });
  await tell({
    title: "Printer of floor 3 jams",
    language: "en",
    service: office,
    minutesAgo: 25,
    by: priya,
    acts: [[sam, "confirm-priority", 20, { impact: 4, urgency: 4 }]],
  });
  await tell({
    title: "Carte des chantiers en retard d’un jour",
    language: "fr",
    service: permits,
    minutesAgo: 1_500,
    by: lea,
    acts: [[elise, "dismiss", 1_480, { reason: "La carte suit le calendrier prévu." }]],
  });
  const alert = "Disk almost full on payroll-db1";
  const key = await desk.integration("pagerduty", { name: "Supervision", service: payroll });
  await desk.knock("/v2/enqueue", pagerDutyEvent(key, "payroll-db1", alert));
  for (const one of called) await desk.ackLink(one.email, alert);
  return { zone, readers: { fr: elise, en: sam }, major, alert };
}

async function record(desk: TestDesk, { acts, minutesAgo, by, ...incident }: Told): Promise<string> {
  const reporter = await desk.apiOf(by);
  const made = await reporter("POST", "/api/v1/incidents", { ...incident, occurredAt: ago(minutesAgo) });
  for (const [person, command, at, body = {}] of acts) {
    const api = await desk.apiOf(person);
    await api("POST", `/api/v1/incidents/${made.number}/${command}`, { ...body, occurredAt: ago(at) });
  }
  return made.number;
}
