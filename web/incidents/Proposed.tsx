/** What the incident probably is, each with its reasons and a button or a key that accepts it, or gives it back. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { categoriesQuery, functionsQuery, servicesQuery, teamsQuery } from "../directory/queries.ts";
import { type MessageId, useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Reason } from "../ui/marks.tsx";
import { Priority } from "./Priority.tsx";
import { reasonsSentence } from "./proposal-words.ts";
import type { Taking } from "./proposing.ts";
import { type Assignee, type Draft, type OfferName, offers, type Proposals } from "./record-draft.ts";

type Props = { draft: Draft; proposals: Proposals; taking: Taking };

export function Proposed({ draft, proposals, taking }: Props) {
  const words = useWords();
  const { t } = words;
  const names = useNames();
  const [service, categories, assignee] = [
    taking.offerOf("service"),
    taking.offerOf("categories"),
    taking.offerOf("assignee"),
  ];
  const because = (reasons: Parameters<typeof reasonsSentence>[2]) => reasonsSentence(words, "proposal", reasons);
  return (
    <section className="proposed" aria-labelledby="proposed">
      <h3 className="lab" id="proposed">
        {t("record.proposed")} <small>{t("record.proposed.note")}</small>
      </h3>
      <ul>
        {service && (
          <Row name="service" taking={taking} value={names(service.fills.service)}>
            {because(service.reasons)}
          </Row>
        )}
        {!service && draft.service === "" && proposals.otherServices.length > 0 && (
          <li>
            <span className="k">{t("facts.service")}</span>
            <span className="muted">
              {t("record.proposed.either", {
                services: words.list(proposals.otherServices.map(({ value }) => names(value))),
              })}
            </span>
          </li>
        )}
        {categories && (
          <Row name="categories" taking={taking} value={words.list((categories.fills.categories ?? []).map(names))}>
            {because(categories.reasons)}
          </Row>
        )}
        <WeightRow proposals={proposals} taking={taking} />
        {assignee ? (
          <Row name="assignee" taking={taking} value={names(assignee.fills.assignee?.id)}>
            {because(assignee.reasons)}
          </Row>
        ) : (
          proposals.assignee && <Unasked assignee={proposals.assignee.value} names={names} />
        )}
      </ul>
    </section>
  );
}

/** Who may not assign still reads whose it probably is. */
function Unasked({ assignee, names }: { assignee: Assignee; names: (id: string) => string }) {
  const { t } = useWords();
  return (
    <li>
      <span className="k">{t("record.proposed.assignee")}</span>
      <span className="v">{names(assignee.id)}</span>
    </li>
  );
}

/** Always there: it is what will be proposed to whoever confirms. */
function WeightRow({ proposals, taking }: Omit<Props, "draft">) {
  const words = useWords();
  const { t } = words;
  const { impact, urgency, priority } = proposals;
  const said = (["impact", "urgency"] as const).map((kind) => {
    const { value, reasons } = kind === "impact" ? impact : urgency;
    return t("record.proposed.weight", {
      kind: t(`facts.${kind}`).toLowerCase(),
      level: t(`${kind}.${value}`).toLowerCase(),
      because: reasonsSentence(words, "proposal", reasons),
    });
  });
  return (
    <Row
      name="weight"
      taking={taking}
      spoken={t("priority.badge", { priority, word: t(`priority.${priority}`) })}
      value={<Priority view={{ priority }} list />}
    >
      {said.join(t("ui.semicolon"))}
    </Row>
  );
}

const kinds: Readonly<Record<OfferName, MessageId>> = {
  service: "facts.service",
  categories: "facts.category",
  weight: "facts.priority",
  assignee: "record.proposed.assignee",
};

type RowProps = { name: OfferName; taking: Taking; value: ReactNode; spoken?: string; children: ReactNode };

function Row({ name, taking, value, spoken, children }: RowProps) {
  const { t } = useWords();
  const kind = t(kinds[name]);
  const taken = taking.takenOf(name) !== undefined;
  const what = `${kind} ${spoken ?? String(value)}`;
  return (
    <li className={taken ? "on" : undefined}>
      <span className="k">{kind}</span>
      <div>
        <span className="v">
          {value}
          {taken && <Icon name="check" size={14} />}
        </span>
        <Reason label={t("ui.reason")}>{children}</Reason>
      </div>
      {taking.offerOf(name) && (
        <button className="btn s" type="button" onClick={() => taking.toggle(name)}>
          <span>
            {t(taken ? "record.give-back" : "record.accept")}
            <span className="vh"> {what}</span>
          </span>
          <kbd>Alt {offers.indexOf(name) + 1}</kbd>
        </button>
      )}
      <Said taken={taken} what={what} />
    </li>
  );
}

/** A key pressed in the title changes something below it: that is said. */
function Said({ taken, what }: { taken: boolean; what: string }) {
  const { t } = useWords();
  const [said, setSaid] = useState("");
  const sentence = t("record.accepted", { what });
  useEffect(() => setSaid(taken ? sentence : ""), [taken, sentence]);
  return (
    <span className="vh" role="status">
      {said}
    </span>
  );
}

function useNames(): (id: string | undefined) => string {
  const { language } = useWords();
  const services = useQuery(servicesQuery()).data?.data ?? [];
  const categories = useQuery(categoriesQuery()).data?.data ?? [];
  const functions = useQuery(functionsQuery()).data?.data ?? [];
  const teams = useQuery(teamsQuery()).data?.data ?? [];
  return (id = "") => {
    const one = [...services, ...categories, ...functions].find((thing) => thing.id === id);
    if (one) return language === "fr" ? one.nameFr : one.nameEn;
    return teams.find((team) => team.id === id)?.name ?? id;
  };
}
