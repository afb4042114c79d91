/** Known errors: what is wrong and not put right yet, with what helps until it is; and which of them an incident shows. */
import { z } from "zod";
import { likelyReasons } from "../core/kernel/vocabulary.ts";
import { endpoint } from "./endpoint.ts";
import { id, instant, language, list, text } from "./shapes.ts";

const knownError = z.object({
  id,
  nameFr: z.string(),
  nameEn: z.string(),
  /** What helps meanwhile: in one language at least. */
  workaroundFr: z.string().nullable(),
  workaroundEn: z.string().nullable(),
  /** Which services show it; none: any may. */
  services: z.array(id),
  /** Put right: proposed no more. */
  retired: z.boolean(),
});
export type KnownErrorView = z.infer<typeof knownError>;

const name = text(200);
const workaround = text(5_000).nullable();
const services = z.array(id).max(50);
const faults = ["level-five-needed", "workaround-required", "service-unknown", "service-retired"] as const;

export const listKnownErrors = endpoint({
  id: "listKnownErrors",
  method: "GET",
  path: "/api/v1/known-errors",
  tag: "directory",
  access: "member",
  success: 200,
  output: list(knownError),
  refusals: [],
});

export const addKnownError = endpoint({
  id: "addKnownError",
  method: "POST",
  path: "/api/v1/known-errors",
  tag: "directory",
  access: "member",
  body: z.strictObject({
    nameFr: name,
    nameEn: name,
    workaroundFr: workaround.default(null),
    workaroundEn: workaround.default(null),
    services: services.default([]),
  }),
  success: 201,
  output: knownError,
  refusals: [...faults, "known-errors-full"],
});

export const changeKnownError = endpoint({
  id: "changeKnownError",
  method: "PATCH",
  path: "/api/v1/known-errors/:id",
  tag: "directory",
  access: "member",
  params: z.strictObject({ id }),
  body: z.strictObject({
    nameFr: name.optional(),
    nameEn: name.optional(),
    workaroundFr: workaround.optional(),
    workaroundEn: workaround.optional(),
    services: services.optional(),
    retired: z.boolean().optional(),
  }),
  success: 200,
  output: knownError,
  refusals: [...faults, "known-error-unknown", "known-errors-full"],
});

const shown = z.object({
  id,
  name: z.string(),
  /** In the language of whoever reads, where it is written in it. */
  workaround: z.object({ text: z.string(), language }),
  retired: z.boolean(),
  /** Who said that it shows it, and when; null: it is only likely. */
  linked: z.object({ at: instant, by: z.string() }).nullable(),
  why: z.array(z.enum(likelyReasons)),
});
export type ShownErrorView = z.infer<typeof shown>;

/** Those that somebody said it shows, then the likeliest. */
export const readKnownErrors = endpoint({
  id: "readKnownErrors",
  method: "GET",
  path: "/api/v1/incidents/:id/known-errors",
  tag: "incidents",
  access: "member",
  params: z.strictObject({ id: z.string().max(64) }),
  success: 200,
  output: z.object({ data: z.array(shown) }),
  refusals: ["incident-unknown"],
});
