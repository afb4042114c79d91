/** `api get PATH`: any address of the API as it answers, for what has no command of its own. */
import type { Command } from "commander";
import { z } from "zod";
import type { Endpoint } from "../contract/endpoint.ts";
import { askText } from "./api.ts";
import type { Console } from "./console.ts";
import { Ended, exits } from "./exits.ts";
import { addExamples } from "./help.ts";

const shape = /^\/api\/v1(?:\/[\w-][\w.-]*)+$/;

export function addAnyAddress(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("api").description(t("any-address.what"));
  addExamples(noun, console.said, [
    ["api get /api/v1/on-call", t("any-address.example.on-call")],
    ["api get '/api/v1/alerts?status=open'", t("any-address.example.alerts")],
    ["api get /api/v1/escalation-policies", t("any-address.example.policies")],
  ]);
  noun
    .command("get")
    .description(t("any-address.get"))
    .argument(`<${t("value.path")}>`, t("any-address.path"))
    .action(async (asked: string) => {
      const [path = "", search = ""] = asked.split("?", 2);
      if (!shape.test(path)) throw new Ended(exits.usage, "path-invalid", t("any-address.invalid"));
      const given = new URLSearchParams(search);
      const query = Object.fromEntries([...given.keys()].map((name) => [name, given.getAll(name)]));
      console.printJson(JSON.parse(await askText(console, reading(path), { query })));
    });
}

/** Nothing of the answer is looked into. */
const reading = (path: string): Endpoint => ({
  id: "get",
  method: "GET",
  path,
  tag: "api",
  access: "member",
  success: 200,
  output: z.unknown(),
  refusals: [],
});
