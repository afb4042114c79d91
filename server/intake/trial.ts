/** A trial from here: the event that a sender of this kind would post, given to the translation and the desk behind its
 *  door. The address, the key and the signature are not tried: only the sender has them. */
import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Integration } from "../../core/desk/directory.ts";
import type { SignalsOutcome } from "../../core/desk/handling.ts";
import { parseAlertmanagerWebhook } from "../../core/intake/alertmanager.ts";
import { parseGeneric } from "../../core/intake/generic.ts";
import { parseOpsgenieAction, parseOpsgenieAlert } from "../../core/intake/opsgenie.ts";
import { parsePagerDutyEvent } from "../../core/intake/pagerduty.ts";
import { type Trial, type TrialKind, trialBody } from "../../core/intake/trial.ts";
import { randomWord } from "../platform/secrets.ts";
import { type IntakeKnown, notedMax, noteRejected, type Submitted, submitSignals } from "./doors.ts";
import { mappingOf } from "./generic-door.ts";
import { nothingElse } from "./opsgenie-door.ts";
import { besideAction } from "./opsgenie-store.ts";
import type { Noted } from "./received-view.ts";

type Translated = (Submitted & { readonly ok: true }) | { readonly ok: false; readonly errors: readonly string[] };

type Known = Pick<IntakeKnown, "submit" | "metrics" | "journal" | "now">;
type Trying = { readonly integration: Integration; readonly kind: TrialKind; readonly trial: Trial };

export async function sendTrial(known: Known, request: Pick<FastifyRequest, "id">, trying: Trying): Promise<Noted> {
  const { integration } = trying;
  const translated = translate(known, trying);
  if (!translated.ok) {
    noteRejected(known, integration.id, "invalid", translated.errors);
    return { at: known.now(), outcome: "rejected", detail: { because: "invalid", errors: translated.errors } };
  }
  const outcome: SignalsOutcome = await submitSignals(known, request, integration, { ...translated, trial: true });
  const detail = { trial: true, results: outcome.slice(0, notedMax), warnings: translated.warnings };
  return { at: known.now(), outcome: "accepted", detail: { ...detail, count: outcome.length } };
}

function translate(known: Known, { integration, kind, trial }: Trying): Translated {
  const body = trialBody(kind, trial);
  switch (kind) {
    case "pagerduty":
      return parsePagerDutyEvent(body, { generatedKey: randomWord(32) });
    case "alertmanager":
      return parseAlertmanagerWebhook(body);
    case "generic":
      return parseGeneric(body, mappingOf(integration));
    case "opsgenie":
      return opsgenie(known, integration, trial, body);
  }
}

/** What its clients may ask for later is kept beside it, as for theirs. */
function opsgenie(known: Known, { id }: Integration, { key, title, ends }: Trial, body: object | null): Translated {
  const asked = { id: randomUUID(), integrationId: id, at: known.now(), action: ends ? "Close" : "Create" };
  const alongside = besideAction(asked, null);
  if (!ends) {
    const parsed = parseOpsgenieAlert(body, { generatedKey: randomWord(32) });
    if (!parsed.ok) return { ok: false, errors: Object.values(parsed.errors) };
    return { ok: true, signals: [parsed.signal], warnings: parsed.warnings, alongside };
  }
  const parsed = parseOpsgenieAction("close", {}, {});
  if (!parsed.ok) return { ok: false, errors: Object.values(parsed.errors) };
  const signal = { ...nothingElse, ...parsed.said, key, groupKey: key, title };
  return { ok: true, signals: [signal], warnings: [], alongside };
}
