/** Options out of the contract's shapes: a field that the API gains is an option here at once, and never means anything
 *  else. Only its words are ours. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import type { Said } from "./console.ts";

type Json = {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly (string | number)[];
  readonly items?: Json;
  readonly anyOf?: readonly Json[];
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
};

export type Field = {
  /** In the API. */
  readonly name: string;
  readonly flag: string;
  /** `pair`: `name=value`, any number of times, for an object whose names are not known beforehand. */
  readonly form: "text" | "number" | "yes" | "pair";
  readonly choices: readonly string[];
  readonly repeated: boolean;
  readonly required: boolean;
  /** An id, for which a name may be given. */
  readonly id: boolean;
  /** `--derogation REASON` for `{derogation: {reason}}`. */
  readonly inside: string | null;
};

export function fieldsOf(schema: z.ZodType): Field[] {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json;
  return Object.entries(json.properties ?? {}).map(([name, one]) => fieldOf(name, one, json.required ?? []));
}

function fieldOf(name: string, shape: Json, required: readonly string[]): Field {
  const json = narrowed(shape);
  const pair = json.type === "object" && json.properties === undefined;
  const repeated = json.type === "array" || pair;
  const one = repeated && !pair ? narrowed(json.items ?? {}) : json;
  const inner = Object.keys(one.properties ?? {});
  const choices = (one.enum ?? []).map(String);
  const yes = one.type === "boolean" || choices.join() === "true,false";
  const number = one.type === "number" || one.type === "integer";
  return {
    name,
    flag: flagOf(name),
    form: pair ? "pair" : yes ? "yes" : number ? "number" : "text",
    choices: yes ? [] : choices,
    repeated,
    required: required.includes(name),
    id: one.format === "uuid",
    inside: inner.length === 1 ? (inner[0] ?? null) : null,
  };
}

/** What may be absent or one of several forms: the list when there is one, else the first that is no null. */
function narrowed(json: Json): Json {
  const forms = json.anyOf?.filter((one) => one.type !== "null") ?? [];
  const chosen = forms.find((one) => one.type === "array") ?? forms[0] ?? json;
  return Array.isArray(chosen.type)
    ? { ...chosen, type: chosen.type.find((one) => one !== "null") ?? "string" }
    : chosen;
}

/** `occurredAt` is `--occurred-at`; what may be repeated is given one at a time: `categories` is `--category`. */
export function flagOf(name: string): string {
  const one = plurals[name] ?? name;
  return `--${one.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
const plurals: Readonly<Record<string, string>> = {
  categories: "category",
  domains: "domain",
  persons: "person",
  options: "option",
  values: "value",
  observables: "observable",
  entries: "entry",
  choices: "choice",
  answers: "answer",
  traits: "trait",
  fields: "field",
  legs: "leg",
};

export function addFields(command: Command, fields: readonly Field[], said: Said): void {
  for (const field of fields) {
    const words = said.find(`field.${command.name()}.${field.name}`) ?? said.t(`field.${field.name}` as "field.reason");
    const value = said.find(`value.${field.choices.length > 0 ? "choice" : field.form}`) ?? said.t("value.text");
    const option = new Option(
      field.form === "yes" ? field.flag : `${field.flag} <${value}>`,
      field.repeated ? `${words} ${said.t("help.repeated")}` : words,
    );
    option.makeOptionMandatory(field.required);
    if (field.form !== "yes") option.argParser(parserOf(field, said));
    if (field.choices.length > 0) option.argChoices = [...field.choices];
    command.addOption(option);
  }
}

type Parsed = string | number | readonly (string | number)[];

function parserOf(field: Field, said: Said): (value: string, before: Parsed | undefined) => Parsed {
  return (value, before) => {
    const read = field.form === "number" ? Number(value) : value;
    const bad = field.choices.length > 0 ? !field.choices.includes(value) : Number.isNaN(read);
    if (field.form === "pair" && !/^[^=]+=/.test(value)) throw new InvalidArgumentError(said.t("usage.pair"));
    if (bad)
      throw new InvalidArgumentError(said.t("usage.possible", { values: field.choices.join(", ") || "1, 2, 3…" }));
    return field.repeated ? [...(Array.isArray(before) ? before : []), read] : read;
  };
}

/** One of a closed list, any number of times. */
export function repeatedChoice<T extends string>(choices: readonly T[], said: Said) {
  return (value: string, before: readonly T[] | undefined): T[] => {
    const found = choices.find((one) => one === value);
    if (found === undefined) throw new InvalidArgumentError(said.t("usage.possible", { values: choices.join(", ") }));
    return [...(before ?? []), found];
  };
}

export function wholeNumber(min: number, max: number, { t }: Said) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(t("oncall.prove.range", { min, max }));
    return value;
  };
}

export type Given = Readonly<Record<string, unknown>>;

/** What the API is sent, out of what was given; `query` holds booleans as words. */
export function valuesOf(
  fields: readonly Field[],
  given: Given,
  as: "body" | "query" = "body",
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = given[attributeOf(field)];
    if (value === undefined) continue;
    if (field.form === "yes") values[field.name] = as === "query" ? "true" : true;
    else if (field.form === "pair") values[field.name] = pairsOf(value as readonly string[]);
    else values[field.name] = field.inside === null ? value : { [field.inside]: value };
  }
  return values;
}

/** Nothing after the sign is null: what was there is taken away. */
const pairsOf = (given: readonly string[]): Record<string, string | null> =>
  Object.fromEntries(given.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1) || null]));

/** The parser's own name for what it read. */
export const attributeOf = (field: Field): string =>
  field.flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
