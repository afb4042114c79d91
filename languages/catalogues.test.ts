import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createFormatters, createIntlCache } from "@formatjs/intl";
import { defaultCategories } from "#core/directory/default-processes.ts";
import { incidentCommands } from "#core/directory/responsibility.ts";
import type { StartedBecause, SteppedBecause } from "#core/escalation/events.ts";
import type { Reached, Unreached } from "#core/escalation/policy.ts";
import { duplicateReasons } from "#core/incidents/duplicates.ts";
import type { IncidentEventType } from "#core/incidents/events.ts";
import { proposalReasons } from "#core/incidents/proposals.ts";
import { queryProblemCodes } from "#core/incidents/query.ts";
import { impactCommands } from "#core/kernel/impact-words.ts";
import { refusalCodes } from "#core/kernel/refusal.ts";
import { conditionKinds, type Locale, languageOfLocale, locales, milestones, stages } from "#core/kernel/vocabulary.ts";
import { questionIds, questionsOf } from "#core/obligations/assessment.ts";
import { factsOf, traitsOf } from "#core/obligations/clock.ts";
import { fieldsOfLaw } from "#core/obligations/fields.ts";
import { laws } from "#core/obligations/laws.ts";
import { registerFields, registers } from "#core/obligations/registers.ts";
import { securityLevels } from "#core/security/permission.ts";
import { channels } from "./channels.ts";
import { contacts } from "./contacts.ts";
import { labels } from "./labels.ts";
import { createMessages, inEachLocale } from "./messages.ts";
import { obligations } from "./obligations.ts";
import { phone } from "./phone.ts";
import { problems } from "./problems.ts";

const here = import.meta.dirname;
const read = (language: Locale, name: string): Record<string, string> =>
  JSON.parse(readFileSync(join(here, language, name), "utf8"));
const varieties = locales.filter((locale) => locale !== languageOfLocale(locale) && existsSync(join(here, locale)));
const names = readdirSync(join(here, "en")).filter((name) => name.endsWith(".json"));
const formatters = createFormatters(createIntlCache());

type Node = {
  readonly type: number;
  readonly value?: string;
  readonly options?: Record<string, { value: Node[] }>;
  readonly children?: Node[];
};
/** Numbers of the parser's node types. */
const literal = 0;
const select = 5;
const plural = 6;
const pound = 7;

function nodesOf(pattern: string): Node[] {
  const message = formatters.getMessageFormat(pattern, "en-CA", undefined, { ignoreTag: true });
  const walk = (nodes: Node[]): Node[] =>
    nodes.flatMap((node) => [node, ...Object.values(node.options ?? {}).flatMap((option) => walk(option.value))]);
  return walk(message.getAst() as unknown as Node[]);
}

const argumentsOf = (pattern: string): string[] =>
  [
    ...new Set(
      nodesOf(pattern).flatMap((node) => (node.type === literal || node.type === pound ? [] : [node.value ?? ""])),
    ),
  ].sort();

/** A catalogue in each language and variety that has it. */
const texted = (name: string): [Locale, Record<string, string>][] =>
  (["fr", "en", ...varieties] as const)
    .filter((locale) => existsSync(join(here, locale, name)))
    .map((locale) => [locale, read(locale, name)]);

const choicesOf = (pattern: string): string[] =>
  nodesOf(pattern)
    .filter((node) => node.type === select)
    .map(
      (node) =>
        `${node.value}: ${Object.keys(node.options ?? {})
          .sort()
          .join(" ")}`,
    )
    .sort();

test("French and English have the same catalogues", () => {
  assert.deepEqual(readdirSync(join(here, "fr")).sort(), readdirSync(join(here, "en")).sort());
});

for (const name of names) {
  const en = read("en", name);
  const fr = read("fr", name);
  test(`${name}: same keys in the same order, none empty`, () => {
    assert.deepEqual(Object.keys(fr), Object.keys(en));
    for (const text of [...Object.values(en), ...Object.values(fr)]) assert.notEqual(text.trim(), "");
  });
  test(`${name}: same arguments and the same choices in both languages`, () => {
    for (const id of Object.keys(en)) {
      assert.deepEqual(argumentsOf(fr[id] ?? ""), argumentsOf(en[id] ?? ""), id);
      assert.deepEqual([...new Set(choicesOf(fr[id] ?? ""))], [...new Set(choicesOf(en[id] ?? ""))], id);
    }
  });
  test(`${name}: each plural has the forms of its language`, () => {
    for (const [language, texts] of texted(name)) {
      for (const [id, pattern] of Object.entries(texts)) {
        for (const node of nodesOf(pattern).filter((one) => one.type === plural)) {
          const forms = Object.keys(node.options ?? {}).filter((form) => !form.startsWith("="));
          const full = languageOfLocale(language) === "fr" ? ["many", "one", "other"] : ["one", "other"];
          const good = forms.join() === "other" || forms.toSorted().join() === full.join();
          assert.ok(good, `${language} ${id} has ${forms.join(", ")}; give ${full.join(", ")}, or other alone`);
        }
      }
    }
  });
  test(`${name}: no straight quotes, and no French space typed by hand`, () => {
    for (const [language, texts] of texted(name)) {
      for (const [id, pattern] of Object.entries(texts)) {
        assert.doesNotMatch(pattern, /['"]/, `${id}: use ’ and “ ” or « »`);
        assert.doesNotMatch(pattern, /[\u00a0\u202f]/, `${id}: typo() puts these spaces`);
        if (languageOfLocale(language) === "fr")
          assert.doesNotMatch(pattern, / [:;!?»]|« /, `${id}: write it without the space, typo() puts the right one`);
      }
    }
  });
}

for (const locale of varieties) {
  for (const name of readdirSync(join(here, locale))) {
    test(`${locale}/${name} holds only what it says otherwise, with the same arguments`, () => {
      const plain = read(languageOfLocale(locale), name);
      const texts = read(locale, name);
      assert.ok(Object.keys(texts).length > 0, "nothing to say otherwise: remove the file");
      for (const [id, pattern] of Object.entries(texts)) {
        assert.ok(id in plain, `${id} is in no catalogue of ${languageOfLocale(locale)}`);
        assert.notEqual(pattern.trim(), plain[id]?.trim(), `${id} says the same as ${languageOfLocale(locale)}`);
        assert.deepEqual(argumentsOf(pattern), argumentsOf(plain[id] ?? ""), id);
        assert.deepEqual([...new Set(choicesOf(pattern))], [...new Set(choicesOf(plain[id] ?? ""))], id);
      }
      const order = Object.keys(plain).filter((id) => id in texts);
      assert.deepEqual(Object.keys(texts), order, "in the order of the whole catalogue");
    });
  }
}

/** Words that one place says and another does not: a new sentence that has one needs its line in the overlay. */
const unsaid: Partial<Record<Locale, RegExp>> = {
  "fr-FR":
    /courriel|tour de garde|tableaux? de garde|\bde garde\b|^garde$|appelle la garde|\bla garde (?:est|peut)\b|\bquarts?\b|mandataire|\btextos?\b|téléavertisseur|fins? de semaine|faites le \d/i,
  "en-CA": /(categor|prior|organ|recogn|author|summar|minim|initial)(is)(e|ation|ing)/i,
};

test("what each place says its own way is said so everywhere", () => {
  for (const [locale, words] of Object.entries(unsaid) as [Locale, RegExp][]) {
    for (const name of names) {
      const overlay = existsSync(join(here, locale, name)) ? read(locale, name) : {};
      for (const [id, pattern] of Object.entries({ ...read(languageOfLocale(locale), name), ...overlay })) {
        const codes = pattern.replaceAll(/\b[A-Z][A-Z_]+\b/g, "");
        assert.doesNotMatch(codes, words, `${id} in ${locale}: write it in languages/${locale}/${name}`);
      }
    }
  }
});

test("the overlays are read: each locale has its words, and its spaces", () => {
  const said = inEachLocale(labels, problems, phone, channels, contacts);
  assert.equal(said["fr-FR"].t("channel.email"), "e-mail");
  assert.equal(said["fr-CA"].t("channel.email"), "courriel");
  for (const [locale, sms, keys] of [
    ["fr", "texto", /faites le 4/],
    ["fr-CA", "texto", /faites le 4/],
    ["fr-FR", "SMS", /tapez 4/],
  ] as const) {
    assert.equal(said[locale].t("channel.sms"), sms);
    assert.match(said[locale].t("contact.kind.sms"), new RegExp(sms, "i"));
    assert.match(said[locale].t("providers.what"), new RegExp(`Les ${sms}`));
    assert.match(said[locale].t("providers.return.twilio"), new RegExp(sms));
    assert.match(said[locale].t("no-provider.detail"), new RegExp(`ni ${sms}`));
    assert.match(said[locale].t("call.keys"), keys);
  }
  assert.equal(said["en-CA"].t("stage.categorised"), "Categorized");
  assert.equal(said.en.t("stage.categorised"), "Categorised");
  assert.equal(said["fr-FR"].t("stage.closed"), said.fr.t("stage.closed"));
});

test("every refusal has a title and a sentence", () => {
  for (const code of Object.keys(refusalCodes)) {
    for (const part of ["title", "detail"]) assert.ok(`${code}.${part}` in problems.en, `${code}.${part}`);
  }
});

test("each law that is written down has its words, and no other has any", () => {
  const wanted = laws.flatMap(({ id, legs }) => [
    `law.${id}`,
    `law.${id}.source`,
    ...legs.flatMap((leg) => [`law.${id}.leg.${leg.id}`, `law.${id}.to.${leg.id}`]),
    ...factsOf(legs).map((fact) => `law.${id}.fact.${fact}`),
    ...traitsOf(legs).map((trait) => `trait.${trait}`),
    ...questionIds(questionsOf(id)).map((question) => `question.${question}`),
    ...fieldsOfLaw(id, registerFields(id)).map((field) => `field.${field}`),
  ]);
  wanted.push(...registers.flatMap(({ id }) => [`register.${id}`, `register.${id}.source`]));
  const written = Object.keys(obligations.en).filter((key) => !key.endsWith(".note"));
  assert.deepEqual(written.toSorted(), [...new Set(wanted)].sort());
});

/** Checked by the compiler: a new event or reason must be added here, and then to the catalogue. */
const eventTypes: Record<IncidentEventType, true> = {
  "incident.reported": true,
  "affected.stated": true,
  "affected.ruled-out": true,
  "impact.measured": true,
  "impact.withdrawn": true,
  "vital.hit": true,
  "outage.warned": true,
  "outage.passed": true,
  "incident.identified": true,
  "incident.registered": true,
  "incident.dismissed": true,
  "incident.merged": true,
  "incident.absorbed": true,
  "sla.paused": true,
  "sla.resumed": true,
  "sla.warned": true,
  "sla.breached": true,
  "obligation.assessed": true,
  "obligation.dated": true,
  "obligation.described": true,
  "obligation.submitted": true,
  "obligation.submission-withdrawn": true,
  "obligation.withheld": true,
  "obligation.warned": true,
  "obligation.missed": true,
  "incident.retitled": true,
  "category.proposed": true,
  "incident.categorised": true,
  "info.gathered": true,
  "readiness.reached": true,
  "domain.added": true,
  "domain.removed": true,
  "criterion.confirmed": true,
  "major.proposed": true,
  "major.declared": true,
  "major.stood-down": true,
  "flag.proposed": true,
  "flag.raised": true,
  "flag.lowered": true,
  "investigation.taken": true,
  "threat.contained": true,
  "threat.eradicated": true,
  "threat.reopened": true,
  "observable.added": true,
  "observable.changed": true,
  "evidence.registered": true,
  "evidence.verified": true,
  "evidence.handed-over": true,
  "evidence.received": true,
  "evidence.kept": true,
  "evidence.held": true,
  "evidence.released": true,
  "evidence.marked": true,
  "disclosure.prepared": true,
  "disclosure.approved": true,
  "disclosure.withdrawn": true,
  "priority.proposed": true,
  "priority.confirmed": true,
  "priority.overridden": true,
  "incident.assigned": true,
  "assignment.accepted": true,
  "assignment.declined": true,
  "assignment.lapsed": true,
  "coordination.requested": true,
  "coordination.offered": true,
  "coordination.handed-over": true,
  "coordination.declined": true,
  "coordination.withdrawn": true,
  "coordination.expired": true,
  "role.filled": true,
  "role.released": true,
  "contribution.asked": true,
  "contribution.sent": true,
  "contribution.failed": true,
  "contribution.linked": true,
  "contribution.opened": true,
  "contribution.answered": true,
  "contribution.declined": true,
  "contribution.forwarded": true,
  "contribution.reminded": true,
  "contribution.unanswered": true,
  "contribution.revoked": true,
  "contribution.expired": true,
  "supplier.asked": true,
  "supplier.acknowledged": true,
  "supplier.ticketed": true,
  "supplier.working": true,
  "supplier.restored": true,
  "supplier.declined": true,
  "supplier.closed": true,
  "supplier.warned": true,
  "supplier.missed": true,
  "supplier.contact-proposed": true,
  "supplier.called": true,
  "task.created": true,
  "period.planned": true,
  "period.revised": true,
  "period.ended": true,
  "notice.overdue": true,
  "task.assigned": true,
  "task.done": true,
  "task.cancelled": true,
  "task.stale": true,
  "incident.linked": true,
  "incident.unlinked": true,
  "incident.split": true,
  "incident.split-off": true,
  "workstream.opened": true,
  "workstream.offered": true,
  "workstream.handed-over": true,
  "workstream.offer-ended": true,
  "workstream.updated": true,
  "workstream.finished": true,
  "workstream.stale": true,
  "hypothesis.opened": true,
  "hypothesis.weighed": true,
  "hypothesis.resolved": true,
  "team.activated": true,
  "team.joined": true,
  "team.left": true,
  "team.quorum-met": true,
  "team.quorum-missed": true,
  "team.stood-down": true,
  "solution.selected": true,
  "person.advised": true,
  "observation.noted": true,
  "decision.made": true,
  "escalation.requested": true,
  "escalation.acknowledged": true,
  "escalation.returned": true,
  "escalation.ended": true,
  "escalation.set-aside": true,
  "reopening.requested": true,
  "reopening.declined": true,
  "participant.left": true,
  "help.asked": true,
  "help.answered": true,
  "cause.recorded": true,
  "known-error.linked": true,
  "known-error.unlinked": true,
  "service.restored": true,
  "service.relapsed": true,
  "incident.resolved": true,
  "recovery.started": true,
  "recovery.item-completed": true,
  "restoration.confirmed": true,
  "restoration.contested": true,
  "recovery.confirmed": true,
  "documentation.completed": true,
  "incident.closed": true,
  "closure.accepted": true,
  "closure.returned": true,
  "incident.reopened": true,
  "access.restricted": true,
  "access.lifted": true,
  "access.granted": true,
  "access.revoked": true,
  "access.forced": true,
  "incident.marked": true,
  "attachment.added": true,
  "derogation.used": true,
  "derogation.reviewed": true,
  "alert.grouped": true,
  "alert.kind-joined": true,
  "alert.raised": true,
  "alert.resolved": true,
  "alert.acknowledged": true,
  "alert.unacknowledged": true,
  "alerts.cleared": true,
  "routing.decided": true,
  "paging.started": true,
  "paging.stepped": true,
  "paging.acknowledged": true,
  "paging.watched": true,
  "paging.posted": true,
  "paging.post-ended": true,
  "page.requested": true,
  "page.sent": true,
  "page.delayed": true,
  "page.delivered": true,
  "page.undelivered": true,
  "page.failed": true,
  "page.expired": true,
  "page.withdrawn": true,
  "paging.skipped": true,
  "paging.unreachable": true,
  "paging.exhausted": true,
  "paging.stopped": true,
};
const reached: Record<Reached["reason"], true> = {
  "on-call": true,
  assigned: true,
  escalated: true,
  named: true,
  "team-member": true,
  "function-member": true,
  administrator: true,
};
const unreached: Record<Unreached["reason"], true> = {
  "nobody-on-call": true,
  "unknown-target": true,
  "empty-team": true,
  "empty-function": true,
  inactive: true,
  "no-contact-point": true,
  "no-administrator": true,
};
const started: Record<StartedBecause, true> = {
  reported: true,
  registered: true,
  assigned: true,
  "handed-back": true,
  relapsed: true,
  unacknowledged: true,
  reopened: true,
  "new-kind": true,
  "nothing-done": true,
  escalated: true,
  activated: true,
  "policy-reached-nobody": true,
};
const stepped: Record<SteppedBecause, true> = {
  started: true,
  silent: true,
  declined: true,
  undeliverable: true,
  nobody: true,
  "more-wanted": true,
  "declined-only": true,
};

test("every fact, command, stage, milestone and reason of the core has its words", () => {
  const wanted = [
    ...Object.keys(eventTypes).flatMap((type) => [`event.${type}.kind`, `event.${type}.text`]),
    ...incidentCommands.flatMap((name) => [`command.${name}.do`, `command.${name}.title`]),
    ...stages.map((stage) => `stage.${stage}`),
    ...milestones.flatMap((milestone) => [`milestone.${milestone}`, `milestone.missing.${milestone}`]),
    ...defaultCategories.map((category) => `category.${category}`),
    ...Object.keys(reached).flatMap((reason) => [`reason.reached.${reason}`, `reason.reached.${reason}.sentence`]),
    ...Object.keys(unreached).map((reason) => `reason.unreachable.${reason}`),
    ...conditionKinds.flatMap((kind) => [`reason.condition.${kind}`, `reach.not-${kind}`]),
    ...Object.keys(started).map((reason) => `reason.started.${reason}`),
    ...Object.keys(stepped).map((reason) => `reason.stepped.${reason}`),
    ...proposalReasons.map((reason) => `reason.proposal.${reason}`),
    ...duplicateReasons.map((reason) => `reason.duplicate.${reason}`),
    ...queryProblemCodes.map((code) => `query.problem.${code}`),
  ];
  assert.deepEqual(
    wanted.filter((id) => !(id in labels.en)),
    [],
  );
});

test("what a refusal calls an act has words, whatever the act is about", () => {
  const others = ["ask-contributor", "break-glass", "raise", "route", "decline", "supplier-engage", "supplier-call"];
  const also = ["supplier-close", "supplier-tell", "supplier-ticket"];
  const named = [...incidentCommands, ...impactCommands, ...Object.keys(securityLevels), ...others, ...also];
  for (const language of ["en", "fr"] as const) {
    const known = { ...labels[language], ...problems[language] };
    assert.deepEqual(
      named.filter((name) => !(`command.${name}.do` in known)),
      [],
    );
  }
});

test("an emergency is spoken of only where one lowers the level", () => {
  for (const [language, word] of [
    ["en", /derogation/],
    ["fr", /dérogation/],
  ] as const) {
    const { find } = createMessages(language, labels, problems);
    const values = { command: "close", needed: 5, level: 2 };
    assert.match(find("level-too-low.detail", values) ?? "", word);
    assert.doesNotMatch(find("level-too-low.detail", { ...values, never: true }) ?? "", word);
  }
});

test("what may be absent is asked about by `hasX`: an absent value is empty, and no choice is called so", () => {
  for (const name of names)
    for (const [id, text] of [...Object.entries(read("en", name)), ...Object.entries(read("fr", name))])
      for (const choices of choicesOf(text)) assert.doesNotMatch(choices, / (null|undefined)\b/, id);
});

test("the catalogues that every browser carries, in its language, stay small", () => {
  assert.equal(createMessages("fr", labels, problems).t("stage.closed"), "Clos");
  for (const language of ["en", "fr"] as const) {
    const carried = ["labels.json", "problems.json"].map((name) => read(language, name));
    const bytes = carried.reduce((sum, one) => sum + JSON.stringify(one).length, 0);
    assert.ok(bytes < 80_000, `${language}: ${bytes} bytes`);
  }
});
