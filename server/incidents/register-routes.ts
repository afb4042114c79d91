/** Registers that laws ask to be kept, made each time of the incidents that their reader may see. */
import type { FastifyRequest } from "fastify";
import { sql } from "kysely";
import * as contract from "../../contract/incident-obligations.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { obligationOf } from "../../core/incidents/obligations.ts";
import type { IncidentState } from "../../core/incidents/state.ts";
import { isoOrNull, toIso } from "../../core/kernel/time.ts";
import { type Language, type Locale, languageOfLocale } from "../../core/kernel/vocabulary.ts";
import { keptUntil, type Register, registerNamed, registers } from "../../core/obligations/registers.ts";
import { lawWords } from "../../languages/law-words.ts";
import { noteSeen } from "../access/acting.ts";
import type { Opened } from "../access/opened-store.ts";
import { viewerOf } from "../access/viewer.ts";
import { visibleIncidents } from "../access/visible.ts";
import { everything, localeOf, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { readCursor, writeCursor } from "./asking.ts";
import { fieldsIn } from "./obligation-view.ts";
import { registerCsv } from "./register-csv.ts";
import type { IncidentsKnown } from "./routes.ts";
import { titleOf } from "./views.ts";

const pageDefault = 50;
/** In one file: beyond it, a register is read page by page. */
const exportMax = 10_000;
/** Whoever assesses obligations reads what came of them. */
const readersLevel = 4;

type Row = contract.RegisterView["data"][number];

export function registerRoutes(serve: Serve, known: IncidentsKnown): void {
  serve(contract.listRegisters, async ({ request }) =>
    everything(registers.map((one) => headOf(one, known.directory(), localeOf(request)))),
  );
  serve(contract.readRegister, async ({ request, params, query: { limit = pageDefault, cursor } }) => {
    const register = readable(request, params.register);
    const place = readCursor(cursor);
    const after = place && { ...place, law: lawOfCursor(cursor) };
    const locale = localeOf(request);
    const { rows, next } = await rowsOf(known, request, { register, locale, limit, after, what: "page" });
    return { register: headOf(register, known.directory(), locale), data: rows, nextCursor: next };
  });
  serve(contract.exportRegister, async ({ request, params, query: { language } }) => {
    const register = readable(request, params.register);
    const own = localeOf(request);
    const locale = language === undefined || languageOfLocale(own) === language ? own : language;
    const { rows } = await rowsOf(known, request, { register, locale, limit: exportMax, after: null, what: "export" });
    const day = toIso(known.clock.now()).slice(0, 10);
    return { fileName: `${register.id}-${day}.csv`, text: registerCsv(register, rows, locale) };
  });
}

function readable(request: FastifyRequest, id: string): Register {
  const { level, admin } = viewerOf(request).actor;
  if (!admin && (level ?? 0) < readersLevel) throw refused("register-level-needed", { needed: readersLevel });
  const register = registerNamed(id);
  if (!register) throw refused("register-unknown", { register: id });
  return register;
}

function headOf({ id, laws, keep }: Register, directory: Directory, locale: Locale) {
  const words = lawWords(locale);
  return {
    ...{ id, name: words.register(id), source: words.registerSource(id) },
    laws: laws.map((law) => ({ id: law, name: words.law(law) })),
    kept: laws.some((law) => directory.laws.has(law)),
    keep: keep && { months: keep.months, after: words.fact(laws[0] ?? "", keep.after[0] ?? "") },
  };
}

/** Two laws of one incident may have been assessed at one instant. */
const lawOfCursor = (cursor = ""): string => Buffer.from(cursor, "base64url").toString().split(" ")[2] ?? "";

type Asked = {
  readonly register: Register;
  readonly locale: Locale;
  readonly limit: number;
  readonly after: { readonly at: number; readonly id: string; readonly law: string } | null;
  readonly what: Opened["what"];
};

async function rowsOf(known: IncidentsKnown, request: FastifyRequest, asked: Asked) {
  const { register, limit, after, locale, what } = asked;
  let query = visibleIncidents(known.db, viewerOf(request))
    .innerJoin("incident_obligations", "incident_obligations.incident_id", "incidents.id")
    .select([
      "incidents.id",
      "incidents.restricted",
      "incidents.incident",
      "law",
      "incident_obligations.assessed_at as at",
    ])
    .where("incidents.exercise", "=", false)
    .where("law", "in", [...register.laws])
    .where("outcome", "in", [...register.holds]);
  if (after !== null)
    query = query.where(
      sql<boolean>`(incident_obligations.assessed_at, incidents.id, law) < (${after.at}::bigint, ${after.id}::uuid, ${after.law}::text)`,
    );
  const found = await query
    .orderBy("incident_obligations.assessed_at", "desc")
    .orderBy("incidents.id", "desc")
    .orderBy("law", "desc")
    .limit(limit + 1)
    .execute();
  const last = found.length > limit ? found[limit - 1] : undefined;
  const rows = found.slice(0, limit);
  for (const row of rows) await noteSeen(known, request, row, what);
  const looking = { register, directory: known.directory(), locale, language: languageOfLocale(locale) };
  return {
    rows: rows.flatMap((row) => rowOf(row.incident as IncidentState, row.law, looking) ?? []),
    next: last ? writeCursor(last.at, `${last.id} ${last.law}`) : null,
  };
}

type Looking = {
  readonly register: Register;
  readonly directory: Directory;
  readonly locale: Locale;
  readonly language: Language;
};

function rowOf(incident: IncidentState, law: string, { register, directory, locale, language }: Looking): Row | null {
  const obligation = obligationOf(incident, law);
  if (!obligation) return null;
  const words = lawWords(locale);
  const values = fieldsIn(obligation, incident, { directory, language });
  const zone = directory.laws.get(law)?.days.zone ?? directory.zone;
  return {
    incident: {
      number: incident.number,
      title: titleOf(incident.title, language),
      language: "text" in incident.title ? incident.language : language,
    },
    law: { id: law, name: words.law(law) },
    outcome: obligation.outcome,
    reasons: obligation.text,
    assessedBy: obligation.assessedBy.name,
    assessedAt: toIso(obligation.assessedAt),
    facts: Object.entries(obligation.facts).map(([id, { at }]) => ({ id, name: words.fact(law, id), at: toIso(at) })),
    fields: register.fields.map((id) => {
      const { value = null, at = null } = values.get(id) ?? {};
      return { id, name: words.field(id), value, at: isoOrNull(at) };
    }),
    submissions: obligation.submissions.map(({ leg, at, by, reference }) => ({
      ...{ leg: { id: leg, name: words.leg(law, leg) }, recipient: words.recipient(law, leg) },
      ...{ at: toIso(at), by, reference },
    })),
    keepUntil: isoOrNull(keptUntil(register, obligation.facts, zone)),
  };
}
