/** Requests made from the API's own description: a good body for every endpoint, and from it as many bad ones as it has
 *  places, each with one hostile value. Text of JSON, since a value cannot hold 1e999 nor half a character. */
import { endpoints } from "../../contract/endpoints.ts";
import { openApi } from "../../contract/openapi.ts";
import type { Json, Method } from "./world.ts";

export type Described = {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly params: readonly string[];
  readonly query: readonly string[];
  /** A body that its shape admits, or undefined when it takes none. */
  readonly body: Json;
};

/** Of all times only the end of a token must lie ahead; another that does is refused for that, not for its form. */
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
const today = new Date().toISOString();
const someId = "00000000-0000-4000-8000-000000000000";

/** Fields that hold only together: an alertmanager alone is signed. */
const together: Readonly<Record<string, object>> = {
  addPolicyWebhook: { url: "https://example.org/" },
  changePolicyWebhook: { url: "https://example.org/" },
  /* A law by its name, or legs of one's own: these have more to go wrong. */
  previewObligations: { clock: undefined },
  addIntegration: { kind: "alertmanager" },
  changeIntegration: { signature: null },
};

export function described(): Described[] {
  const { paths } = openApi() as { paths: Json };
  return endpoints.map((one) => {
    const path = one.path.replaceAll(/:(\w+)/g, "{$1}");
    const operation = paths[path][one.method.toLowerCase()];
    const names = (where: string): string[] =>
      operation.parameters.filter((each: Json) => each.in === where).map((each: Json) => each.name);
    const schema = operation.requestBody?.content["application/json"]?.schema;
    return {
      id: one.id,
      method: one.method,
      path: one.path,
      params: names("path"),
      query: names("query"),
      body: schema === undefined ? undefined : { ...sampleOf(schema), ...together[one.id] },
    };
  });
}

/** A value of a JSON Schema as zod writes them: the parts used by the contract, and an error for any other. */
function sampleOf(schema: Json): Json {
  if (schema.anyOf) return sampleOf(schema.anyOf.find((one: Json) => one.type !== "null") ?? schema.anyOf[0]);
  if (schema.oneOf) return sampleOf(schema.oneOf[0]);
  if (typeof schema.default === "string") return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return schema.properties === undefined
        ? {}
        : inOrder(Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, sampleOf(one)])));
    case "array":
      return [sampleOf(schema.items)];
    case "boolean":
      return false;
    case "integer":
    case "number":
      return Math.max(1, schema.minimum ?? 1);
    case "string":
      return textOf(schema);
    default:
      throw new Error(`no sample for ${JSON.stringify(schema)}`);
  }
}

/** A period ends after it begins. */
const inOrder = (made: Json): Json =>
  made.from === tomorrow && made.until === tomorrow ? { ...made, from: today } : made;

function textOf({ format, pattern, minLength = 0 }: Json): string {
  if (format === "uuid") return someId;
  if (format === "date-time") return tomorrow;
  if (format === "date") return "2026-01-01";
  if (format === "uri") return "https://example.org/";
  if (format === "email") return "somebody@example.org";
  if (format === "cidrv4") return "10.4.0.0/16";
  if (pattern?.includes("tocsin-trial-")) return `tocsin-trial-${someId}`;
  if (pattern?.startsWith("^[+")) return "+15145550100";
  if (pattern?.startsWith("^AC")) return `AC${"0".repeat(32)}`;
  if (pattern?.startsWith("^[A-Z]{2}(")) return "CA-QC";
  if (pattern?.includes("A-Za-z0-9-")) return "X-Header";
  if (pattern?.includes(":[0-5]")) return "09:00";
  if (pattern?.includes("a-z0-9-")) return "major";
  return "Europe/Paris".padEnd(minLength, "x");
}

const quoted = (text: string): string => JSON.stringify(text);
const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);

export const hostileJson: readonly string[] = [
  "null",
  "true",
  "[]",
  "{}",
  '""',
  "-1",
  "1.5",
  "1e999",
  "-1e999",
  "9007199254740993",
  "9".repeat(400),
  '"1"',
  '["x"]',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":2,"then":3,"length":-1}',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00\\ud83d"',
  '"\\u202e\\u001b[2J\\r\\nX: y"',
  quoted("0000-01-01T00:00:00Z"),
  quoted("9999-12-31T23:59:59-14:00"),
  quoted("+275760-09-13T00:00:00.000Z"),
  quoted("'; drop table incidents; --"),
  quoted("\\x00' or 1=1 /*"),
  quoted("../../../../etc/passwd"),
  quoted("http://169.254.169.254/latest/meta-data/"),
  quoted("<script>alert(1)</script>"),
  quoted("a@example.org,b@example.org"),
  quoted("é".repeat(30_000)),
  nested(2_000, "[", "]"),
  `${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}`,
];

export const hostileText: readonly string[] = [
  "",
  " ",
  "0",
  "-1",
  "1e999",
  "NaN",
  "0x10",
  "2147483648",
  "9007199254740993",
  "9".repeat(400),
  "true",
  "null",
  "undefined",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202e\u001b[2J\r\nX: y",
  "'; drop table incidents; --",
  "' or '1'='1",
  "\\",
  "%",
  "%25%00",
  "../../etc/passwd",
  "http://127.0.0.1:1/",
  "<script>alert(1)</script>",
  "__proto__",
  "constructor",
  Buffer.from(`+275760-09-13T00:00:00.000Z ${someId}`).toString("base64url"),
  Buffer.from(`-000001-01-01T00:00:00.000Z ${someId}`).toString("base64url"),
  Buffer.from(`2026-01-01T00:00:00Z ${"-".repeat(36)}`).toString("base64url"),
  Buffer.from(`0000-01-01T00:00:00Z ${someId}`).toString("base64url"),
  someId,
  "INC-0",
  "INC-9999-999999999",
];

const mark = "@@hostile@@";

/** Every place of a value, with the text of the whole where one value stands there instead. */
export function* spoiled(body: Json, values: readonly string[]): Generator<string> {
  for (const marked of marks(body)) {
    const text = JSON.stringify(marked);
    for (const value of values) yield text.replace(quoted(mark), () => value);
  }
}

function* marks(value: Json): Generator<Json> {
  yield mark;
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries())
      for (const inner of marks(one)) yield value.map((other, place) => (place === index ? inner : other));
  } else if (typeof value === "object" && value !== null) {
    for (const [name, one] of Object.entries(value)) for (const inner of marks(one)) yield { ...value, [name]: inner };
  }
}

/** As a name twice: the odd value first, then last. */
export const twice = (body: Json, name: string, value: string): readonly string[] => {
  const text = JSON.stringify(body);
  return [`{${quoted(name)}:${value},${text.slice(1)}`, `${text.slice(0, -1)},${quoted(name)}:${value}}`];
};
