/** The one place that knows CEL and RE2, so that an expression written by a person can never stop the desk: whatever the
 *  source, whatever the values, compiling and evaluating return a value or an error, in a bounded time.
 *
 *  How the bound holds. Every node of the parsed expression is metered: it costs one unit each time it is evaluated, plus
 *  the weight of what it hands to an operator or a function (those run inside the library, in time proportional to it).
 *  When the budget is spent, everything stops. Structure is refused earlier, when it is written: length, nodes, depth, one
 *  comprehension inside another at most. What the library does in unbounded time or in the process's own zone (`matches`,
 *  `duration`, `join`, dates) is replaced here. Measured: see `budget`. */
import { type ASTNode, Environment, type ParseResult } from "@marcbachmann/cel-js";
import { patternOf } from "./pattern.ts";
import { hourMs, minuteMs, parseIso, secondMs, toIso, zoned } from "./time.ts";
import type { Json } from "./vocabulary.ts";

export const maxSourceLength = 2_000;
/** Items of a list (or keys of a map) that a comprehension agrees to go through. */
export const maxIterated = 1_000;
/** `a.all(x, b.exists(y, …))` is one inside another. */
const maxNestedComprehensions = 2;
/** Below this depth values are not compared nor passed to functions: the library makes, and keeps, one type a shape. */
const maxOperandDepth = 4;
const maxJoinedLength = 100_000;
/** Units of one evaluation. Measured: a unit takes 50 to 100 ns, an error 10 µs, a usual condition 2 µs in all; the worst
 *  expressions and patterns found stop within 10 ms, 30 ms the first time they run. */
const budget = 100_000;
const errorUnits = 60;
const getterUnits = 20;
const charactersPerUnit = 16;
/** Characters × instructions in one unit: 1 ns each as a rule, 100 when a text is made to defeat RE2's cache of states. */
const patternStepsPerUnit = 2;

/** `timestamp` values are given as instants (milliseconds). Whole numbers inside `dyn` are doubles, as JSON has it. */
export type VariableType = "dyn" | "string" | "bool" | "int" | "double" | "list" | "map" | "timestamp";
export type Variables = Readonly<Record<string, VariableType>>;

export type Condition = {
  readonly source: string;
  /** Type of the result as far as it is known before running: `bool`, `string`, `list<string>`, `dyn`… */
  readonly type: string;
  readonly variables: Variables;
  readonly run: ParseResult;
};

/** The library finds the type of a value by its constructor: classes, then. Both count milliseconds. */
class Moment {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

class Span extends Moment {}

/** One evaluation at a time: nothing here waits. */
const meter = { left: 0, charged: undefined as unknown };
const exhausted = new Error("the expression takes too long on these values");

function spend(units: number): void {
  meter.left -= units;
  if (meter.left < 0) throw exhausted;
}

/** Never throws: an error is text in English, with the place in the source when it is known. */
export function compile(source: string, variables: Variables): Condition | { readonly error: string } {
  if (source.length > maxSourceLength) return { error: `longer than ${maxSourceLength} characters` };
  try {
    const environment = template.clone();
    for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
    const run = environment.parse(source);
    inspect(run.ast, "through", 0);
    const checked = run.check();
    if (!checked.valid) return { error: messageOf(checked.error) };
    return { source, type: checked.type ?? "dyn", variables, run };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

/** Never throws. Whole numbers beyond 2^53 come out as text, as in protobuf's JSON; times as RFC 3339 and ISO 8601. */
export function evaluate(
  condition: Condition,
  values: Readonly<Record<string, Json>>,
): { readonly value: Json } | { readonly error: string } {
  meter.left = budget;
  meter.charged = undefined;
  try {
    const value = toJson(condition.run(bind(condition.variables, values)));
    // `exists` and `||` swallow errors of their operands, this one included.
    return meter.left < 0 ? { error: exhausted.message } : { value };
  } catch (error) {
    return { error: meter.left < 0 ? exhausted.message : messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  const { summary, range } = error as Error & { summary?: string; range?: { start: number } };
  const text = (summary ?? error.message).replaceAll(`${ours}(`, "(");
  return range === undefined ? text : `${text} (at ${range.start + 1})`;
}

function bind(variables: Variables, values: Readonly<Record<string, Json>>): Record<string, unknown> {
  const bound: Record<string, unknown> = Object.create(null);
  for (const [name, type] of Object.entries(variables)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (type === "int" && typeof value === "number") bound[name] = BigInt(value);
    else if (type === "timestamp" && typeof value === "number") bound[name] = new Moment(value);
    else bound[name] = value;
  }
  return bound;
}

function toJson(value: unknown): Json {
  spend(1);
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === "string") {
    spend(value.length / charactersPerUnit);
    return value;
  }
  if (value instanceof Span) return Temporal.Duration.from({ milliseconds: value.ms }).toString();
  if (value instanceof Moment) return toIso(value.ms);
  if (Array.isArray(value)) return value.map(toJson);
  const prototype = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) throw new Error("the result has no JSON form");
  const entries = Object.entries(value as object).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(entries.map(([key, member]) => [key, toJson(member)]));
}

/** How a node's value is used: handed to an operator or a function, iterated over, or only passed through. */
type Use = "operand" | "iterated" | "through";

/** Marks our own version of a library function; names that end so are not offered to a source. */
const ours = "_";
const replaced = new Set(["matches", "join", "timestamp", "duration"]);
const comprehensions = new Set(["all", "exists", "exists_one", "map", "filter"]);
const functions = new Set(["size", "int", "double", "string", "bool", "dyn", "type", "has", "timestamp", "duration"]);
const getters: Readonly<Record<string, (at: Temporal.ZonedDateTime) => number>> = {
  getFullYear: (at) => at.year,
  getMonth: (at) => at.month - 1,
  getDate: (at) => at.day,
  getDayOfMonth: (at) => at.day - 1,
  getDayOfWeek: (at) => at.dayOfWeek % 7,
  getDayOfYear: (at) => at.dayOfYear - 1,
  getHours: (at) => at.hour,
  getMinutes: (at) => at.minute,
  getSeconds: (at) => at.second,
  getMilliseconds: (at) => at.millisecond,
};
const methods = new Set([
  ...comprehensions,
  ...Object.keys(getters),
  ...["size", "startsWith", "endsWith", "contains", "matches", "lowerAscii", "upperAscii", "trim"],
  ...["indexOf", "lastIndexOf", "substring", "split", "join"],
]);

/** Refuses what is not offered, puts our functions in place of the library's, and meters every node. */
function inspect(node: ASTNode, use: Use, nesting: number): void {
  attachMeter(node, use);
  switch (node.op) {
    case "value":
      if (typeof node.args === "object" && node.args !== null) throw new Error("bytes and unsigned are not supported");
      return;
    case "id":
      return;
    case "call":
      return inspectCall(node.args, nesting);
    case "rcall":
      return inspectMethod(node.args, nesting);
    case ".":
    case ".?":
    case "[]":
    case "[?]":
      inspect(node.args[0], "through", nesting);
      return typeof node.args[1] === "string" ? undefined : inspect(node.args[1], "operand", nesting);
    case "?:":
      inspect(node.args[0], "operand", nesting);
      inspect(node.args[1], "through", nesting);
      return inspect(node.args[2], "through", nesting);
    case "list":
    case "map":
      for (const part of node.args.flat()) inspect(part, "through", nesting);
      return;
    case "!_":
    case "-_":
      return inspect(node.args, "operand", nesting);
    default:
      for (const side of node.args) inspect(side, "operand", nesting);
  }
}

function inspectCall(call: [string, ASTNode[]], nesting: number): void {
  const [name, parameters] = call;
  if (!functions.has(name)) throw new Error(`unknown function: ${name}`);
  if (replaced.has(name)) call[0] = `${name}${ours}`;
  for (const parameter of parameters) inspect(parameter, name === "has" ? "through" : "operand", nesting);
}

function inspectMethod(call: [string, ASTNode, ASTNode[]], nesting: number): void {
  const [name, receiver, parameters] = call;
  if (!methods.has(name)) throw new Error(`unknown function: ${name}`);
  if (comprehensions.has(name)) {
    if (nesting + 1 > maxNestedComprehensions) throw new Error("comprehensions are nested more than once");
    inspect(receiver, "iterated", nesting);
    // The first parameter names the variable and is never evaluated.
    for (const step of parameters.slice(1)) inspect(step, name === "map" ? "through" : "operand", nesting + 1);
    return;
  }
  if (name === "matches") checkPattern(parameters[0]);
  if (replaced.has(name)) call[0] = `${name}${ours}`;
  for (const operand of [receiver, ...parameters]) inspect(operand, "operand", nesting);
}

type Evaluation = (evaluator: unknown, node: unknown, context: unknown) => unknown;

/** The library has no hook: it calls `node.evaluate`, and at the first call replaces it by the operator's own function.
 *  This property takes that function in, and answers with the metered one. Adversarial tests hold if this ever changes. */
function attachMeter(node: ASTNode, use: Use): void {
  const target = node as unknown as { evaluate: Evaluation };
  let inner = target.evaluate;
  let replacing = false;
  const metered: Evaluation = (evaluator, self, context) => {
    spend(1);
    let value: unknown;
    try {
      value = inner.call(target, evaluator, self, context);
    } catch (error) {
      if (error !== meter.charged) {
        meter.charged = error;
        spend(errorUnits);
      }
      throw error;
    }
    if (use === "operand") weigh(value, 0);
    else if (use === "iterated") countItems(value);
    return value;
  };
  Object.defineProperty(target, "evaluate", {
    get: () => {
      if (!replacing) return metered;
      replacing = false;
      return inner;
    },
    set: (next: Evaluation) => {
      inner = next;
      replacing = true;
    },
  });
}

function weigh(value: unknown, depth: number): void {
  if (typeof value === "string") return spend(value.length / charactersPerUnit);
  if (typeof value !== "object" || value === null || value instanceof Moment) return;
  if (depth >= maxOperandDepth) throw new Error("a value is too deep to be compared");
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    spend(1);
    weigh(item, depth + 1);
  }
}

function countItems(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  if (count > maxIterated) throw new Error(`a list of ${count} items is too long to go through`);
  spend(count);
}

/** Literal, so that what an outside payload says is never run as a pattern, and a wrong one is refused when written. */
function checkPattern(node: ASTNode | undefined): void {
  if (node?.op !== "value" || typeof node.args !== "string") throw new Error("matches() needs a literal pattern");
  patternOf(node.args);
}

function matches(text: string, source: string): boolean {
  const pattern = patternOf(source);
  spend((text.length * pattern.programSize()) / patternStepsPerUnit);
  return pattern.test(text);
}

function join(list: readonly unknown[], separator = ""): string {
  let length = list.length * separator.length;
  for (const item of list) {
    if (typeof item !== "string") throw new Error("join() needs a list of strings");
    length += item.length;
  }
  if (length > maxJoinedLength) throw new Error("join() makes too long a text");
  return list.join(separator);
}

/** Years 1 to 9999, as CEL has it. */
function moment(ms: number | undefined): Moment {
  if (ms === undefined || !(ms >= -62_135_596_800_000 && ms <= 253_402_300_799_999)) throw new Error("not a time");
  return new Moment(Math.trunc(ms));
}

const spanUnits: Readonly<Record<string, number>> = { h: hourMs, m: minuteMs, s: secondMs, ms: 1 };

function duration(text: string): Span {
  const spelled = text.length <= 32 && /^-?(?:\d{1,12}(?:\.\d{1,9})?(?:h|ms|m|s))+$/.test(text);
  if (!spelled) throw new Error("not a duration such as 1h30m");
  let ms = 0;
  for (const [, count, unit = ""] of text.matchAll(/([\d.]+)(h|ms|m|s)/g)) ms += Number(count) * (spanUnits[unit] ?? 0);
  return new Span(Math.trunc(text.startsWith("-") ? -ms : ms));
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "==": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function registerTimes(environment: Environment): void {
  environment.registerType("timestamp", { ctor: Moment, fields: {} });
  environment.registerType("duration", { ctor: Span, fields: {} });
  for (const type of ["timestamp", "duration"]) {
    for (const [symbol, holds] of Object.entries(comparisons)) {
      environment.registerOperator(`${type} ${symbol} ${type}: bool`, (a: Moment, b: Moment) => holds(a.ms, b.ms));
    }
  }
  environment
    .registerOperator("timestamp - timestamp: duration", (a: Moment, b: Moment) => new Span(a.ms - b.ms))
    .registerOperator("timestamp + duration: timestamp", (a: Moment, b: Span) => moment(a.ms + b.ms))
    .registerOperator("timestamp - duration: timestamp", (a: Moment, b: Span) => moment(a.ms - b.ms))
    .registerOperator("duration + duration: duration", (a: Span, b: Span) => new Span(a.ms + b.ms))
    .registerOperator("duration - duration: duration", (a: Span, b: Span) => new Span(a.ms - b.ms))
    .registerFunction("duration.getHours(): int", (span: Span) => BigInt(Math.trunc(span.ms / hourMs)))
    .registerFunction("duration.getMinutes(): int", (span: Span) => BigInt(Math.trunc(span.ms / minuteMs)))
    .registerFunction("duration.getSeconds(): int", (span: Span) => BigInt(Math.trunc(span.ms / secondMs)))
    .registerFunction("string(timestamp): string", (at: Moment) => toIso(at.ms));
  for (const [name, read] of Object.entries(getters)) {
    const get = (at: Moment, zone = "UTC"): bigint => {
      spend(getterUnits);
      return BigInt(read(zoned(at.ms, zone)));
    };
    environment.registerFunction(`timestamp.${name}(): int`, get);
    environment.registerFunction(`timestamp.${name}(string): int`, get);
  }
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
};

function createEnvironment(): Environment {
  const environment = new Environment({
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 500, maxDepth: 48, maxListElements: 256, maxMapEntries: 256, maxCallArguments: 8 },
  });
  registerTimes(environment);
  environment
    .registerFunction("timestamp_(string): timestamp", (text: string) => moment(parseIso(text.slice(0, 64))))
    .registerFunction("timestamp_(int): timestamp", (seconds: bigint) => moment(Number(seconds) * secondMs))
    .registerFunction("timestamp_(double): timestamp", (seconds: number) => moment(seconds * secondMs))
    .registerFunction("duration_(string): duration", duration)
    .registerFunction("string.matches_(string): bool", matches)
    .registerFunction("list.join_(): string", join)
    .registerFunction("list.join_(string): string", join);
  // Numbers inside JSON are doubles, numbers written in a source are whole: both must meet.
  for (const pair of ["int _ double", "double _ int", "double _ double"]) {
    for (const [symbol, compute] of Object.entries(arithmetic)) {
      if (pair === "double _ double" && symbol !== "%") continue;
      const mixed = (a: number | bigint, b: number | bigint): number => compute(Number(a), Number(b));
      environment.registerOperator(`${pair.replace("_", symbol)}: double`, mixed);
    }
  }
  return environment;
}

const template = createEnvironment();
