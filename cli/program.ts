/** The whole command line, in the order of its help. */
import { Command, Option } from "commander";
import { locales } from "../core/kernel/vocabulary.ts";
import product from "../package.json" with { type: "json" };
import { addAlert } from "./alert.ts";
import { addAnyAddress } from "./any-address.ts";
import { addAssistance } from "./assistance.ts";
import { addBackup } from "./backup.ts";
import { addCatalogue } from "./catalogue.ts";
import { addChange } from "./change.ts";
import { addCompletion } from "./completion.ts";
import type { Console } from "./console.ts";
import { addContactPoints } from "./contact-point.ts";
import { addContributors } from "./contributor.ts";
import { addDoctor } from "./doctor.ts";
import { repeatedChoice } from "./fields.ts";
import { addHeartbeats } from "./heartbeat.ts";
import { addExamples, helpIn } from "./help.ts";
import { addImpact } from "./impact.ts";
import { addIncident } from "./incident.ts";
import { addIntegrations } from "./integration.ts";
import { addKnownErrors } from "./known-error.ts";
import { addMyWork } from "./my-work.ts";
import { addNoise } from "./noise.ts";
import { addOnCall } from "./oncall.ts";
import { addSearch } from "./search.ts";
import { addSecurity } from "./security.ts";
import { addSettings } from "./settings.ts";
import { addSuppliers } from "./supplier.ts";
import { addTeams } from "./team.ts";
import { addToken } from "./token.ts";
import { addVerify } from "./verify.ts";

type Globals = { readonly json?: boolean; readonly url?: string; readonly token?: string };

export function createProgram(console: Console): Command {
  const { said, world } = console;
  const { t } = said;
  const program = new Command("tocsin");
  program
    .description(t("tocsin.what"))
    .version(product.version, "-V, --version", t("option.version"))
    .addOption(new Option("--json", t("option.json")))
    .addOption(new Option("--lang <fr|en>", t("option.lang")).argParser(repeatedChoice([...locales], said)))
    .addOption(new Option("--url <url>", t("option.url")))
    .addOption(new Option("--token <token>", t("option.token")))
    .helpOption("-h, --help", t("option.help"))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: world.write, writeErr: world.say, outputError: () => {} })
    .configureHelp(helpIn(said))
    .hook("preAction", () => {
      const { json, url, token } = program.opts<Globals>();
      console.json = json ?? false;
      console.url = url ?? null;
      console.token = token ?? null;
    });
  addExamples(program, said, [
    ["incident list --open", t("incident.example.list")],
    ["token create --name backup", t("token.example.create")],
    ["verify inc-123.json", t("verify.example.file")],
  ]);
  addIncident(program, console);
  addMyWork(program, console);
  addAssistance(program, console);
  addSecurity(program, console);
  addTeams(program, console);
  addImpact(program, console);
  addCatalogue(program, console);
  addContributors(program, console);
  addSuppliers(program, console);
  addKnownErrors(program, console);
  addAlert(program, console);
  addNoise(program, console);
  addChange(program, console);
  addSearch(program, console);
  addAnyAddress(program, console);
  addToken(program, console);
  addContactPoints(program, console);
  addIntegrations(program, console);
  addOnCall(program, console);
  addHeartbeats(program, console);
  addSettings(program, console);
  addDoctor(program, console);
  addBackup(program, console);
  addVerify(program, console);
  addCompletion(program, console);
  inherit(program, t("option.help"));
  return program;
}

/** A command made apart keeps the parser's own words and exits until it is told otherwise. */
function inherit(command: Command, help: string): void {
  for (const one of command.commands) {
    one.copyInheritedSettings(command).helpOption("-h, --help", help).helpCommand(false);
    inherit(one, help);
  }
}
