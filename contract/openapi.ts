/** OpenAPI 3.1 made from the endpoints: what is documented is what is served, and a test holds the committed copy to it. */
import { z } from "zod";
import { refusalCodes } from "../core/kernel/refusal.ts";
import sentences from "../languages/en/endpoints.json" with { type: "json" };
import { type Endpoint, isReplayable, scopeOf } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";
import { incident, problem } from "./shapes.ts";

type Node = Record<string, unknown>;

const named: readonly (readonly [string, z.ZodType])[] = [
  ["Incident", incident],
  ["Problem", problem],
];

const statusOf = { permission: 403, absent: 404, state: 409, content: 422 } as const;

let made: Node | undefined;

export function openApi(): Node {
  made ??= build();
  return made;
}

function build(): Node {
  const paths: Record<string, Node> = {};
  for (const one of endpoints) {
    const path = one.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operation(one) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Tocsin", version: "1", license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    paths,
    components: {
      schemas: Object.fromEntries(named.map(([name, schema]) => [name, jsonSchema(schema, "output", false)])),
      parameters: sharedParameters,
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "__Host-tocsin" },
      },
    },
  };
}

function operation(one: Endpoint): Node {
  return {
    operationId: one.id,
    summary: (sentences as Readonly<Record<string, string>>)[`endpoint.${one.id}`],
    tags: [one.tag],
    security:
      one.access === "public" ? [] : one.access === "fresh" ? [{ session: [] }] : [{ token: [] }, { session: [] }],
    "x-access": one.access,
    ...(one.access === "public" ? {} : { "x-scope": scopeOf(one) }),
    parameters: [...parameters(one.params, "path"), ...parameters(one.query, "query"), ...headerParameters(one)],
    ...bodyOf(one),
    responses: {
      [one.success]: {
        description: "Done",
        ...answerHeaders(one),
        content: one.binary === "answer" ? bytes : { "application/json": { schema: jsonSchema(one.output, "output") } },
      },
      ...refusals(one),
      default: { description: "Problem", content: problemContent },
    },
  };
}

const textHeader = (name: string, description: string): Node => ({
  name,
  in: "header",
  required: false,
  description,
  schema: { type: "string", maxLength: 200 },
});

const sharedParameters = {
  AcceptLanguage: textHeader("Accept-Language", "`fr` or `en`: the language of titles, names and problems."),
  IdempotencyKey: textHeader(
    "Idempotency-Key",
    "The same key with the same body gets the same answer for 24 hours, with `Idempotent-Replayed: true`; with another body it is 422 `idempotency-mismatch`; while the first still runs, 409 `idempotency-in-flight`.",
  ),
  IfMatch: textHeader(
    "If-Match",
    "The entity tag last read: of a rule, its version in quotes. If it has changed since, 412 `precondition-failed`, and nothing is done.",
  ),
};

function headerParameters(one: Endpoint): Node[] {
  const acts = one.tagged === true && one.method !== "GET" && one.params !== undefined;
  const refer = (name: keyof typeof sharedParameters): Node => ({ $ref: `#/components/parameters/${name}` });
  return [
    refer("AcceptLanguage"),
    ...(isReplayable(one) ? [refer("IdempotencyKey")] : []),
    ...(acts ? [refer("IfMatch")] : []),
  ];
}

function answerHeaders(one: Endpoint): Node {
  const header = (description: string): Node => ({ description, schema: { type: "string" } });
  const headers = {
    ...(one.tagged ? { ETag: header("For `If-Match`.") } : {}),
    ...(isReplayable(one) ? { "Idempotent-Replayed": header("`true` when this answer was given before.") } : {}),
  };
  return Object.keys(headers).length > 0 ? { headers } : {};
}

/** OpenAPI 3.1: bytes are what has a media type and no schema. */
const bytes = { "application/octet-stream": {} };

function bodyOf({ body, binary }: Endpoint): Node {
  if (binary === "body") return { requestBody: { required: true, content: bytes } };
  if (!body) return {};
  return { requestBody: { required: true, content: { "application/json": { schema: jsonSchema(body, "input") } } } };
}

const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

function refusals(one: Endpoint): Node {
  const byStatus = Map.groupBy(one.refusals, (code) => statusOf[refusalCodes[code]]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: codes.join(", "), content: problemContent }]),
  );
}

function parameters(schema: z.ZodType | undefined, where: "path" | "query"): Node[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, "input") as {
    properties?: Record<string, Node>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    schema: value,
  }));
}

/** A shape with a name of its own is referred to, not repeated. */
function jsonSchema(schema: z.ZodType, io: "input" | "output", refer = true): Node {
  const found = refer ? named.find(([, one]) => one === schema) : undefined;
  if (found) return { $ref: `#/components/schemas/${found[0]}` };
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: (context) => {
      const inner = refer ? named.find(([, one]) => Object.is(one, context.zodSchema) && one !== schema) : undefined;
      if (!inner) return;
      for (const key of Object.keys(context.jsonSchema))
        delete context.jsonSchema[key as keyof typeof context.jsonSchema];
      context.jsonSchema.$ref = `#/components/schemas/${inner[0]}`;
    },
  });
  return json;
}
