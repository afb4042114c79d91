/** What is said about noise, as part of the directory: made ready once for each state of its rows, however often the rest of the
 *  directory changes. */
import { compileNoise, type Noise } from "../../core/noise/compiled.ts";
import type { NoiseRule } from "../../core/noise/rules.ts";
import type { Silence } from "../../core/noise/silences.ts";
import type { MaintenanceWindow } from "../../core/noise/windows.ts";

type RowsOf = <Row extends object>(text: string) => Promise<Row[]>;

/** Those that end last; the API refuses to make more that are not over. */
const silencesMax = 1_000;
const silences = `select id, version, reason, created_by as "createdBy", scope, from_at as "from", until_at as "until" from silences order by until_at desc, id limit ${silencesMax}`;
const windows = `select id, version, name, scope, service_ids as "serviceIds", plan as "when" from maintenance_windows where ended_at is null order by made_at, id`;
const rules = "select id, version, kind, name, enabled, scope, definition from noise_rules order by made_at, id";

type RuleRow = Pick<NoiseRule, "id" | "version" | "kind" | "name" | "enabled" | "scope"> & {
  readonly definition: object;
};

let known: { readonly print: string; readonly noise: Noise | null } = { print: "", noise: null };

export async function readNoise(rowsOf: RowsOf): Promise<Noise | null> {
  const said = {
    silences: await rowsOf<Silence>(silences),
    windows: await rowsOf<MaintenanceWindow>(windows),
    rules: (await rowsOf<RuleRow>(rules)).map(({ definition, ...rule }) => ({ ...rule, ...definition }) as NoiseRule),
  };
  const print = JSON.stringify(said);
  if (known.print !== print) known = { print, noise: compileNoise(said) };
  return known.noise;
}
