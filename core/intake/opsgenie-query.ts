/** The part of Opsgenie's search language that its clients use: `status: open AND (priority: P1 OR tag: db)`, comparisons of
 *  times and counts, `NOT`, and words that stand alone. Read once here; the server makes SQL of it. */

const textFields = ["message", "description", "alias", "entity", "source", "tag", "owner", "id", "tinyid"] as const;
const choiceFields = ["status", "acknowledged", "priority"] as const;
const numberFields = ["createdat", "updatedat", "lastoccurredat", "count"] as const;

export type QueryField = (typeof textFields)[number] | (typeof choiceFields)[number] | (typeof numberFields)[number];
export type Comparison = "=" | "<" | "<=" | ">" | ">=";

export type OpsgenieQuery =
  | { readonly is: "and" | "or"; readonly of: readonly OpsgenieQuery[] }
  | { readonly is: "not"; readonly of: OpsgenieQuery }
  /** `any`: a word without a field. */
  | { readonly is: "term"; readonly field: QueryField | "any"; readonly by: Comparison; readonly value: string };

export type ReadQuery = { readonly query: OpsgenieQuery } | { readonly error: string };

const longest = 1_000;
const mostTokens = 200;
const deepest = 20;
const token = /\s*(?:([()])|"((?:[^"\\]|\\.)*)"|(<=|>=|[<>:=])|([^\s()":<>=]+))/y;

type Token = { readonly kind: "mark" | "sign" | "word" | "quoted"; readonly text: string };

/** Everything, for an empty text. */
export function readOpsgenieQuery(text: string): ReadQuery {
  if (text.length > longest) return { error: `the query is longer than ${longest} characters` };
  const tokens = tokensOf(text.trim());
  if (tokens === null) return { error: "the query cannot be read" };
  const reading: Reading = { tokens, at: 0, error: null };
  const query = tokens.length === 0 ? everything : readOr(reading, 0);
  if (reading.error === null && reading.at < tokens.length) reading.error = "the query has a parenthesis too many";
  return reading.error === null ? { query } : { error: reading.error };
}

const everything: OpsgenieQuery = { is: "and", of: [] };

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found || tokens.length === mostTokens) return null;
    const [, mark, quoted, sign, word] = found;
    if (mark !== undefined) tokens.push({ kind: "mark", text: mark });
    else if (quoted !== undefined) tokens.push({ kind: "quoted", text: quoted.replace(/\\(.)/g, "$1") });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else tokens.push({ kind: "word", text: word ?? "" });
  }
  return tokens;
}

type Reading = { readonly tokens: readonly Token[]; at: number; error: string | null };

const isWord = (one: Token | undefined, word: string): boolean =>
  one?.kind === "word" && one.text.toUpperCase() === word;

function readOr(reading: Reading, depth: number): OpsgenieQuery {
  const of = [readAnd(reading, depth)];
  while (reading.error === null && isWord(reading.tokens[reading.at], "OR")) {
    reading.at += 1;
    of.push(readAnd(reading, depth));
  }
  return of.length === 1 ? (of[0] ?? everything) : { is: "or", of };
}

/** Terms that stand side by side must all hold, as if AND stood between them. */
function readAnd(reading: Reading, depth: number): OpsgenieQuery {
  const of = [readOne(reading, depth)];
  while (reading.error === null) {
    const next = reading.tokens[reading.at];
    if (next === undefined || isWord(next, "OR") || (next.kind === "mark" && next.text === ")")) break;
    if (isWord(next, "AND")) reading.at += 1;
    of.push(readOne(reading, depth));
  }
  return of.length === 1 ? (of[0] ?? everything) : { is: "and", of };
}

function readOne(reading: Reading, depth: number): OpsgenieQuery {
  const next = reading.tokens[reading.at++];
  if (next === undefined) return failed(reading, "the query ends too early");
  if (depth > deepest) return failed(reading, "the query is too deep");
  if (isWord(next, "NOT")) return { is: "not", of: readOne(reading, depth + 1) };
  if (next.kind === "mark" && next.text === "(") {
    const inside = readOr(reading, depth + 1);
    if (reading.tokens[reading.at++]?.text !== ")") return failed(reading, "a parenthesis is not closed");
    return inside;
  }
  if (next.kind === "mark" || next.kind === "sign" || isWord(next, "AND") || isWord(next, "OR"))
    return failed(reading, `"${next.text}" stands in a wrong place`);
  const sign = reading.tokens[reading.at];
  if (next.kind === "quoted" || sign?.kind !== "sign") return { is: "term", field: "any", by: "=", value: next.text };
  reading.at += 1;
  return readTerm(reading, next.text, sign.text);
}

function readTerm(reading: Reading, name: string, sign: string): OpsgenieQuery {
  const asked = name.toLowerCase() === "tags" ? "tag" : name.toLowerCase();
  const field = [...textFields, ...choiceFields, ...numberFields].find((one) => one === asked);
  if (field === undefined) return failed(reading, `"${name}" is no field that is searched here`);
  const following = reading.tokens[reading.at];
  /* `createdAt :> 1`, which Opsgenie's own pages write. */
  const more = sign === ":" && following?.kind === "sign" ? following.text : null;
  if (more !== null) reading.at += 1;
  const value = reading.tokens[reading.at++];
  if (value === undefined || value.kind === "mark" || value.kind === "sign")
    return failed(reading, `"${name}" has no value`);
  const by = more ?? sign;
  const compares = by !== ":" && by !== "=";
  const numeric = numberFields.some((one) => one === field);
  if (numeric && !/^\d{1,15}$/.test(value.text)) return failed(reading, `"${name}" is compared with a number`);
  if (compares && !numeric) return failed(reading, `"${name}" has no order`);
  return { is: "term", field, by: compares ? (by as Comparison) : "=", value: value.text };
}

function failed(reading: Reading, error: string): OpsgenieQuery {
  reading.error ??= error;
  reading.at = reading.tokens.length;
  return everything;
}
