/** The rules of requests for assistance, in the order in which they are read, and where a request would go by them. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AdminAct } from "../directory/frame.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { domainsQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { AskFields, emptyAsk, wantedOf } from "./AskFields.tsx";
import { AssistanceFrame } from "./frame.tsx";
import { Preview } from "./Preview.tsx";
import { type AssistanceRules, assistanceRulesQuery } from "./queries.ts";
import { RulesForm, useKindNames } from "./RulesForm.tsx";
import { type Say, useAssistanceWords } from "./words.ts";

export function RulesPage() {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const { data: rules } = useSuspenseQuery(assistanceRulesQuery());
  const { nameOf } = useNamed();
  const { version, at, by, fallback } = rules;
  const published = at === null ? say("rules.first") : say("rules.published", { name: by, at: words.phrase("at", at) });
  return (
    <AssistanceFrame
      title={say("rules.title")}
      act={
        <AdminAct
          word={say("rules.change")}
          primary
          keeper
          form={(close) => <RulesForm rules={rules} onClose={close} />}
        />
      }
    >
      <div className="page plugged asking">
        <div>
          <p className="muted said-first">{say("rules.what")}</p>
          <p className="muted version">{`${say("rules.version", { version })} · ${published}`}</p>
          {rules.rules.length === 0 ? (
            <div className="empty teach">
              <h2>{say("rules.none")}</h2>
              <p>{say("rules.none.text")}</p>
            </div>
          ) : (
            <List rules={rules} />
          )}
          <p className="fallback">
            <b>{say("rules.fallback")}</b> {fallback === null ? say("rules.fallback.none") : nameOf(fallback.id)}
          </p>
          <TermsList rules={rules} />
        </div>
        <Trying rules={rules} />
      </div>
    </AssistanceFrame>
  );
}

type Rule = AssistanceRules["rules"][number];

function List({ rules }: { rules: AssistanceRules }) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const { nameOf } = useNamed();
  const kindOf = useKindNames(rules);
  const domains = useQuery(domainsQuery()).data?.data ?? [];
  const domainOf = (id: string): string => {
    const known = domains.find((one) => one.id === id);
    return known ? nameIn(words.language, known) : id;
  };
  return (
    <ol className="rules">
      {rules.rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
        <li key={index}>
          <h2>{nameOf(rule.to.id)}</h2>
          <p>{askedBy(rule, { say, oneOf: words.oneOf, kindOf, domainOf, nameOf })}</p>
        </li>
      ))}
    </ol>
  );
}

type Naming = {
  readonly say: Say;
  readonly oneOf: (items: readonly string[]) => string;
  readonly kindOf: (id: string) => string;
  readonly domainOf: (id: string) => string;
  readonly nameOf: (id: string) => string;
};

function askedBy({ kinds, words, domains, services, sites }: Rule, naming: Naming): string {
  const { say, oneOf, kindOf, domainOf, nameOf } = naming;
  const parts = [
    ["any.kind", kinds.map(kindOf)],
    ["any.words", words.map((text) => say("quoted", { text }))],
    ["any.domain", domains.map(domainOf)],
    ["any.service", services.map(nameOf)],
    ["any.site", sites],
  ] as const;
  return parts.flatMap(([id, items]) => (items.length > 0 ? [say(id, { list: oneOf(items) })] : [])).join(" · ");
}

function TermsList({ rules: { terms } }: { rules: AssistanceRules }) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const { nameOf } = useNamed();
  if (terms.length === 0) return null;
  const lasting = (minutes: number | null): string => (minutes === null ? "–" : words.lasting(minutes * 60_000));
  return (
    <section aria-labelledby="times">
      <h2 id="times">{say("rules.times")}</h2>
      <ul className="lines">
        {terms.map(({ party, answerMinutes, urgentMinutes, policy }) => (
          <li key={`${party.kind}/${party.id}`}>
            <span>
              {nameOf(party.id)}
              <small>{policy === null ? say("rules.policy.all") : nameOf(policy)}</small>
            </span>
            <small>
              {lasting(answerMinutes)} · {say("urgent")} {lasting(urgentMinutes)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Trying({ rules }: { rules: AssistanceRules }) {
  const { t: say } = useAssistanceWords();
  const [draft, set] = useState(() => emptyAsk(rules));
  return (
    <section className="sec" aria-labelledby="trying">
      <h2 id="trying">{say("rules.try")}</h2>
      <p className="muted">{say("rules.try.hint")}</p>
      <div className="fields">
        <AskFields draft={draft} set={(part) => set((old) => ({ ...old, ...part }))} error={null} />
      </div>
      <Preview wanted={draft.title.trim() === "" ? null : wantedOf(draft)} />
    </section>
  );
}
