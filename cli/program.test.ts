import assert from "node:assert/strict";
import { test } from "node:test";
import { commandBodies } from "#contract/command-bodies.ts";
import { incidentCommands } from "#core/directory/responsibility.ts";
import { fieldsOf, flagOf } from "./fields.ts";
import { tocsin } from "./trial.ts";
import type { TokenMade, TokenWanted } from "./world.ts";

const nouns = [
  "incident",
  "assistance",
  "security",
  "team",
  "impact",
  "contributor",
  "alert",
  "silence",
  "maintenance",
  "noise-rule",
  "search",
  "api",
  "token",
  "contact-point",
  "integration",
  "doctor",
  "backup",
  "verify",
  "completion",
];

for (const [language, examples, usage] of [
  ["en", "Examples:", "Usage: tocsin"],
  ["fr", "Exemples\u00a0:", "Emploi\u00a0: tocsin"],
] as const) {
  test(`help of every noun begins with three examples (${language})`, async () => {
    for (const noun of ["", ...nouns]) {
      const { exit, out } = await tocsin([...noun.split(" ").filter(Boolean), "--help", "--lang", language]);
      assert.equal(exit, 0);
      const lines = out.split("\n");
      assert.equal(lines[0], examples);
      for (const line of lines.slice(1, 4)) assert.match(line, /^ {2}tocsin \S.* {2}# \S/);
      assert.equal(lines[4], "");
      assert.ok(lines[5]?.startsWith(usage), `${noun}: ${lines[5]}`);
    }
  });
}

test("every command of the core is a verb, with the fields of its body as options", async () => {
  for (const name of incidentCommands) {
    const { exit, out } = await tocsin(["incident", name, "--help"]);
    assert.equal(exit, 0);
    for (const { flag } of fieldsOf(commandBodies[name])) assert.match(out, new RegExp(` ${flag} `), `${name} ${flag}`);
  }
});

test("options are named after the fields", () => {
  assert.equal(flagOf("causeUnknown"), "--cause-unknown");
  assert.equal(flagOf("categories"), "--category");
  const fields = new Map(fieldsOf(commandBodies["declare-resolved"]).map((one) => [one.name, one]));
  assert.deepEqual(
    [fields.get("solution")?.required, fields.get("causeUnknown")?.form, fields.get("derogation")?.inside],
    [true, "yes", "reason"],
  );
  assert.deepEqual(fieldsOf(commandBodies["confirm-priority"]).find(({ name }) => name === "impact")?.choices, [
    "1",
    "2",
    "3",
    "4",
  ]);
});

const misused: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /^$/],
  [["incident"], /^Examples/],
  [["frob"], /no command frob/],
  [["incident", "acept", "INC-1"], /no command acept. Did you mean accept\?/],
  [["incident", "list", "--opne"], /no option --opne. Did you mean --open\?/],
  [["incident", "accept"], /argument is missing: incident/],
  [["incident", "dismiss", "INC-1"], /option --reason <text> is required/],
  [["incident", "confirm-priority", "INC-1", "--impact", "9", "--urgency", "1"], /Possible: 1, 2, 3, 4\./],
  [["incident", "list", "--limit", "many"], /--limit/],
  [["token", "create"], /--name/],
  [["token", "create", "--name", "x", "--scope", "all"], /Possible: read, write\./],
  [["token", "create", "--name", " "], /--name/],
  [["token", "create", "--name", "x", "--expires", "soon"], /90d/],
  [["completion", "tcsh"], /Possible: bash, zsh, fish\./],
  [["verify", "a", "b"], /Too many/],
  [["incident", "list", "--lang", "de"], /Possible: fr, fr-CA, fr-FR, en, en-CA\./],
];

test("a wrong command ends 2, says why on the error output and nothing on the other", async () => {
  for (const [words, sentence] of misused) {
    const { exit, out, said } = await tocsin(words);
    assert.equal(exit, 2, words.join(" "));
    assert.equal(out, "");
    if (words.length > 0) assert.match(said, sentence);
  }
  assert.match((await tocsin(["frob", "--lang=fr"])).said, /La commande frob n’existe pas\./);
});

test("token create asks for what was said and prints the token alone", async () => {
  let wanted: TokenWanted | null = null;
  const makeToken = async (asked: TokenWanted): Promise<TokenMade> => {
    wanted = asked;
    return { id: "id", token: "tocsin_pat_x", expiresAt: "2026-10-07T18:00:00.000Z" };
  };
  assert.deepEqual(await tocsin(["token", "create", "--name", "first"], { makeToken }), {
    exit: 0,
    out: "tocsin_pat_x\n",
    said: "",
  });
  assert.deepEqual(wanted, { name: "first", person: null, scopes: ["read", "write"], lastsMs: null });
  const words = "token create --name b --person a@b.org --scope read --expires 2w --json".split(" ");
  assert.equal(JSON.parse((await tocsin(words, { makeToken })).out).token, "tocsin_pat_x");
  assert.deepEqual(wanted, { name: "b", person: "a@b.org", scopes: ["read"], lastsMs: 14 * 86_400_000 });
});

test("a token that cannot be made says why by its exit code", async () => {
  for (const [refused, exit] of [
    ["no-desk", 5],
    ["no-administrator", 5],
    ["person-unknown", 3],
    ["database-silent", 75],
  ] as const) {
    const tried = await tocsin(["token", "create", "--name", "x"], {
      makeToken: async () => ({ refused, where: "w" }),
    });
    assert.deepEqual([tried.exit, tried.out], [exit, ""], refused);
    assert.notEqual(tried.said, "");
  }
});

test("completion knows every verb", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { exit, out } = await tocsin(["completion", shell]);
    assert.equal(exit, 0);
    for (const name of [...incidentCommands, ...nouns]) assert.ok(out.includes(name), `${shell} ${name}`);
  }
});
