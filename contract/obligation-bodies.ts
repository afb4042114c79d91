/** What is said of the obligations of an incident. */
import { z } from "zod";
import { id, instant, text } from "./shapes.ts";

/** Of a law, a leg, a fact, a trait, a question or a field. */
export const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
export const answer = z.enum(["yes", "no", "unknown"]);
/** `not-owed`: it is what the law speaks of, and nothing has to be told of it. `unknown`: the clocks run as if it were owed. */
export const outcome = z.enum(["owed", "not-owed", "out-of-scope", "unknown"]);

const few = { error: "out-of-range" };
const atMost = (max: number) => (record: object) => Object.keys(record).length <= max;

/** With its reasons. Said again, it replaces what was said, which stays in the record. */
export const assessed = {
  law: word,
  outcome,
  answers: z.record(word, answer).refine(atMost(50), few).default({}),
  /** What holds of the incident, in the words of the law; what holds of the organisation is said in its settings. */
  traits: z.array(word).max(50).default([]),
  text: text(5_000),
};

/** When a fact happened, exactly; null: it did not. `toldBy`: on whose word. Said again, it corrects, and wants a reason. */
export const dated = { law: word, fact: word, at: instant.nullable(), toldBy: text(200).nullable().optional() };

/** By field; null takes away what was written, and the record's own answer stands again. */
export const described = { law: word, fields: z.record(word, text(5_000).nullable()).refine(atMost(60), few) };

/** `by`: who submitted it, where it is not whoever records it; `way`: by which platform, form or address. */
export const submitted = {
  law: word,
  leg: word,
  at: instant,
  by: text(200).optional(),
  reference: text(200).nullable().optional(),
  way: text(500).nullable().optional(),
  attachment: id.nullable().optional(),
  /** It was recorded by mistake, at that very time: with the reason, its limit runs again. */
  withdrawn: z.boolean().optional(),
};

/** As the law allows, on the word of an authority; the clock runs on. Without an end, until it is said to be over. */
export const withheld = {
  law: word,
  legs: z.array(word).min(1).max(30),
  authority: text(200),
  from: instant.optional(),
  until: instant.nullable().optional(),
};
