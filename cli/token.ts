/** `token …`: `create` works on this machine's own desk, the others through the API of any. */
import { type Command, Option } from "commander";
import { listTokens, revokeToken } from "../contract/account.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { Ended, exits } from "./exits.ts";
import { repeatedChoice } from "./fields.ts";
import { addExamples } from "./help.ts";
import { printTable, shownTime } from "./text.ts";

const scopes = ["read", "write"] as const;
type Scope = (typeof scopes)[number];

export function addToken(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("token").description(t("token.what"));
  addExamples(noun, console.said, [
    ["token create --name backup --scope read --expires 30d", t("token.example.create")],
    ["token list", t("token.example.list")],
    ["token revoke 7f0c…", t("token.example.revoke")],
  ]);
  noun
    .command("create")
    .description(t("token.create.what"))
    .requiredOption("--name <name>", t("token.create.name"))
    .option("--person <email>", t("token.create.person"))
    .addOption(
      new Option("--scope <read|write>", t("token.create.scope")).argParser(repeatedChoice(scopes, console.said)),
    )
    .option("--expires <duration>", t("token.create.expires"))
    .action((options: CreateOptions) => create(console, options));
  noun
    .command("list")
    .description(t("token.list.what"))
    .action(() => list(console));
  noun
    .command("revoke")
    .description(t("token.revoke.what"))
    .argument("<id>", t("token.revoke.id"))
    .action(async (id: string) => {
      const done = await ask(console, revokeToken, { params: { id } });
      if (console.json) console.printJson(done);
      else console.tell(t("token.revoked"));
    });
}

async function list(console: Console): Promise<void> {
  const { t } = console.said;
  const page = await ask(console, listTokens);
  if (console.json) return console.printJson(page);
  printTable(
    console,
    [t("column.id"), t("column.scopes"), t("column.expires"), t("column.used"), t("column.name")],
    page.data.map((one) => [
      one.id,
      one.scopes.join(" "),
      shownTime(console, one.expiresAt),
      shownTime(console, one.usedAt),
      one.name,
    ]),
  );
}

type CreateOptions = {
  readonly name: string;
  readonly person?: string;
  readonly scope?: readonly Scope[];
  readonly expires?: string;
};

const exitOf = {
  "no-desk": exits.conflict,
  "no-administrator": exits.conflict,
  "database-silent": exits.temporary,
  "person-unknown": exits.notFound,
} as const;

async function create(console: Console, options: CreateOptions): Promise<void> {
  const { said, world } = console;
  const name = options.name.trim();
  if (name === "" || name.length > 200) throw usage(console, "name");
  const made = await world.makeToken({
    name,
    person: options.person ?? null,
    scopes: [...new Set(options.scope ?? scopes)],
    lastsMs: options.expires === undefined ? null : lengthOf(console, options.expires),
  });
  if ("refused" in made) {
    const { refused, where } = made;
    throw new Ended(exitOf[refused], refused, said.t(`token.refused.${refused}`, { where }));
  }
  if (console.json) return console.printJson(made);
  console.print(made.token);
}

const unitMs = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;
/** Ten years: longer is a mistake of unit. */
const longestMs = 3_660 * 86_400_000;

/** `90d`, `12h`, `4w`, or ISO 8601 `P90D`. */
function lengthOf(console: Console, text: string): number {
  const [, digits, unit] = /^(\d{1,5})([hdw])$/i.exec(text.replace(/^P(\d+)([DW])$/i, "$1$2").trim()) ?? [];
  const length = Number(digits) * (unitMs[unit?.toLowerCase() as keyof typeof unitMs] ?? Number.NaN);
  if (!(length > 0 && length <= longestMs)) throw usage(console, "expires");
  return length;
}

function usage({ said }: Console, option: "name" | "expires"): Ended {
  return new Ended(exits.usage, `${option}-invalid`, said.t(`token.invalid.${option}`));
}
