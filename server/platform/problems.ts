/** Problems in the caller's language: a short title, and a sentence that says what to do. */
import type { z } from "zod";
import type { Problem } from "../../contract/shapes.ts";
import type { Unsettled } from "../../core/incidents/unsettled.ts";
import { type Refusal, type RefusalCode, refusalCodes } from "../../core/kernel/refusal.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { list, zonedDateTime } from "../../languages/format.ts";
import { labels } from "../../languages/labels.ts";
import { lawWords } from "../../languages/law-words.ts";
import { inEachLocale, type Values } from "../../languages/messages.ts";
import { problems } from "../../languages/problems.ts";

/** Thrown inside a handler to answer with a problem. */
export class HttpProblem extends Error {
  override name = "HttpProblem";
  readonly status: number;
  readonly code: string;
  readonly extra: Partial<Problem>;
  readonly values: Readonly<Record<string, unknown>>;
  constructor(
    status: number,
    code: string,
    extra: Partial<Problem> = {},
    values: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.status = status;
    this.code = code;
    this.extra = extra;
    this.values = values;
  }
}

const statusOfKind = { permission: 403, absent: 404, state: 409, content: 422 } as const;

export function refusalProblem(refusal: Refusal): HttpProblem {
  const extra = refusal.missing ? { missing: [...refusal.missing] } : {};
  return new HttpProblem(statusOfKind[refusalCodes[refusal.refused]], refusal.refused, extra, refusal.values ?? {});
}

export const refused = (code: RefusalCode, values: Readonly<Record<string, unknown>> = {}): HttpProblem =>
  new HttpProblem(statusOfKind[refusalCodes[code]], code, {}, values);

const said = inEachLocale(problems, labels);

type FieldError = { readonly pointer: string; readonly code: string; readonly detail: string };

export function problemFor(language: Locale, problem: HttpProblem, requestId: string, zone?: string | null): Problem {
  const { find } = said[language];
  const values = sayable(language, problem, zone ?? "UTC");
  const { errors, ...extra } = problem.extra;
  return {
    type: `/api/docs#${problem.code}`,
    title: find(`${problem.code}.title`, values) ?? problem.code,
    status: problem.status,
    detail: find(`${problem.code}.detail`, values) ?? find(`${problem.code}.title`, values) ?? problem.code,
    code: problem.code,
    requestId,
    ...extra,
    ...(errors ? { errors: errors.map((one) => ({ ...one, detail: find(`field.${one.code}`) ?? one.detail })) } : {}),
  };
}

const instantPattern = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Codes inside values become words: milestones, command names; and instants what clocks of the reader say. */
function sayable(language: Locale, problem: HttpProblem, zone: string): Values {
  const { find } = said[language];
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(problem.values)) {
    if (typeof value === "number") values[name] = value;
    else if (name === "command") values[name] = find(`command.${String(value)}.do`) ?? String(value);
    else if (name === "unsettled")
      values[name] = list((value as Unsettled[]).map(lawWords(language).unsettled), language);
    else if (typeof value === "string" && instantPattern.test(value))
      values[name] = zonedDateTime(Date.parse(value), zone, language);
    else values[name] = Array.isArray(value) ? list(value.map(String), language) : String(value);
  }
  const missing = problem.extra.missing ?? [];
  const named = missing.map((one) => find(`milestone.missing.${one}`)).filter((one) => one !== undefined);
  /* What categories ask on top has its words with them: here it is counted. */
  const count = missing.length - named.length;
  const counted = count > 0 ? [find("milestone.missing.criteria", { count }) ?? ""] : [];
  values.missing = list([...named, ...counted], language);
  return values;
}

const codes: Readonly<Record<string, string>> = {
  unrecognized_keys: "unknown-field",
  too_big: "too-long",
  too_small: "too-short",
  invalid_type: "wrong-type",
  invalid_value: "invalid-value",
};

/** One entry a field, as a JSON pointer (RFC 6901). */
export function fieldErrors(error: z.ZodError, where: string): FieldError[] {
  return error.issues.slice(0, 20).flatMap((issue) => {
    const path = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return path.map((one) => ({ pointer: pointerOf(where, one), code: codeOf(issue), detail: issue.message }));
  });
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_format") {
    if (issue.format === "email") return "not-an-email";
    return issue.format === "datetime" || issue.format === "date" ? "not-a-date" : "invalid-value";
  }
  /* A rule of ours says its code itself. */
  if (issue.code === "custom") return issue.message;
  if (issue.code === "invalid_type" && issue.message.includes("undefined")) return "required";
  if ((issue.code === "too_big" || issue.code === "too_small") && issue.origin !== "string") return "out-of-range";
  return codes[issue.code] ?? "invalid-value";
}

function pointerOf(where: string, path: readonly PropertyKey[]): string {
  const parts = path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 100));
  return `${where === "body" ? "" : `/${where}`}/${parts.join("/")}`;
}
