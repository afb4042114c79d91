/** The guided set-up and what it proves. Each act answers with where the whole stands, so that a page never guesses. */
import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id, instant, locale, person, text, wallClock, zone } from "./shapes.ts";

/** In the order in which they are best done: each uses what the one before made. */
export const setupSteps = ["address", "mail", "organisation", "service", "on-call", "alert"] as const;
export const setupStep = z.enum(setupSteps);
export type SetupStep = (typeof setupSteps)[number];

export const setup = z.object({
  /** Whether the first administrator is brought here after signing in: the desk is empty and nobody has left this page. */
  lands: z.boolean(),
  leftAt: instant.nullable(),
  skipped: z.array(setupStep),
  /** The last trial mail of whoever asks. */
  mail: z
    .object({
      to: z.string(),
      sentAt: instant,
      refused: z.string().nullable(),
      returnedAt: instant.nullable(),
      /** Wrong codes that may still be typed. */
      triesLeft: z.int(),
    })
    .nullable(),
  /** How far the latest alert of a source has come. */
  alert: z
    .object({
      incident: id,
      number: z.string(),
      title: z.string(),
      source: z.string().nullable(),
      receivedAt: instant,
      sentTo: z.array(person),
      /** Taken by a mail server, which is not yet received. */
      sentAt: instant.nullable(),
      takenAt: instant.nullable(),
      takenBy: z.string().nullable(),
    })
    .nullable(),
});
export type Setup = z.infer<typeof setup>;

const base = { tag: "setup", access: "administrator", success: 200, output: setup } as const;

export const readSetup = endpoint({
  ...base,
  id: "readSetup",
  method: "GET",
  path: "/api/v1/setup",
  refusals: ["not-administrator"],
});
/** `skip` puts a step off, `resume` takes it up again, `left` says that the whole is not proposed any more. */
export const changeSetup = endpoint({
  ...base,
  id: "changeSetup",
  method: "PATCH",
  path: "/api/v1/setup",
  body: z.strictObject({ skip: setupStep.optional(), resume: setupStep.optional(), left: z.boolean().optional() }),
  refusals: ["not-administrator"],
});
/** The origin at which a browser has this desk open: what links in mails will have to lead to. */
export const proveAddress = endpoint({
  ...base,
  id: "proveAddress",
  method: "POST",
  path: "/api/v1/setup/address",
  body: z.strictObject({ origin: z.string().max(300) }),
  refusals: ["not-administrator"],
});
export const sendTrialMail = endpoint({
  ...base,
  id: "sendTrialMail",
  method: "POST",
  path: "/api/v1/setup/mail",
  refusals: ["not-administrator", "no-mail-server", "mail-not-taken"],
});
export const proveMail = endpoint({
  ...base,
  id: "proveMail",
  method: "POST",
  path: "/api/v1/setup/mail/proof",
  body: z.strictObject({ code: z.string().max(40) }),
  refusals: ["not-administrator", "proof-code-wrong", "proof-code-over"],
});
/** Whoever asks is moved to the new zone with the desk, when they were in its former one. */
export const setOrganisation = endpoint({
  ...base,
  id: "setOrganisation",
  method: "POST",
  path: "/api/v1/setup/organisation",
  body: z.strictObject({ language: locale, zone }),
  refusals: ["not-administrator"],
});
const name = text(200);
/** A service and the team that answers for it; whoever asks is in that team. */
export const addFirstService = endpoint({
  ...base,
  id: "addFirstService",
  method: "POST",
  path: "/api/v1/setup/service",
  body: z.strictObject({ nameFr: name, nameEn: name, team: name }),
  refusals: ["not-administrator", "name-taken"],
});
const called = z.union([z.strictObject({ id }), z.strictObject({ name, email: z.email().max(254) })]);
/** A weekly schedule, and the policy that calls it, then the administrators: for every service that has none. */
export const setOnCall = endpoint({
  ...base,
  id: "setOnCall",
  method: "POST",
  path: "/api/v1/setup/on-call",
  body: z.strictObject({
    name,
    people: z.array(called).min(1).max(50),
    /** 1 is Monday. */
    weekday: z.int().min(1).max(7),
    handoverTime: wallClock,
    minutes: z.int().min(1).max(120),
  }),
  refusals: ["not-administrator", "person-unknown", "email-taken"],
});
/** An alert was received, called somebody and was taken in charge: kept as proof. */
export const proveAlert = endpoint({
  ...base,
  id: "proveAlert",
  method: "POST",
  path: "/api/v1/setup/alert",
  refusals: ["not-administrator"],
});
/** Told by whatever makes the copies, once one is made: Tocsin cannot see them. */
export const noteBackup = endpoint({
  id: "noteBackup",
  method: "POST",
  path: "/api/v1/backups",
  tag: "desk",
  access: "administrator",
  body: z.strictObject({ madeAt: instant.optional() }),
  success: 200,
  output: z.object({ madeAt: instant }),
  refusals: ["not-administrator", "occurred-in-future"],
});
