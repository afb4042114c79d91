/** Which laws bind the organisation: none until somebody who answers for it says so. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { refuse } from "#core/kernel/refusal.ts";
import { meQuery } from "../account/queries.ts";
import { failureSentence, refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { ObligationFrame } from "./frame.tsx";
import { LawForm } from "./LawForm.tsx";
import { type LawSetting, lawsQuery, useUnbindLaw } from "./queries.ts";
import { useObligationWords } from "./words.ts";

const keeperLevel = 5;

export function LawsPage() {
  const words = useWords();
  const { t: say } = useObligationWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const laws = useQuery(lawsQuery(words.language)).data?.data ?? [];
  const [changing, setChanging] = useState<LawSetting | null>(null);
  const may = me.admin || (me.level ?? 0) >= keeperLevel;
  const bound = laws.filter((one) => one.bound !== null);
  const others = laws.filter((one) => one.bound === null && one.status === "in-force");
  const coming = laws.filter((one) => one.bound === null && one.status !== "in-force");
  const lists = [
    { id: "bound", all: bound, empty: true },
    { id: "others", all: others, empty: false },
    { id: "coming", all: coming, empty: false },
  ] as const;
  return (
    <ObligationFrame title={say("laws.title")}>
      <div className="said-of-laws">
        <p className="hint">{say("laws.what")}</p>
        {!may && <p className="hint">{refusalSentence(words, refuse("level-five-needed"))}</p>}
      </div>
      {lists
        .filter(({ all, empty }) => empty || all.length > 0)
        .map(({ id, all }) => (
          <section key={id} className="sec" aria-labelledby={`laws-${id}`}>
            <header>
              <h2 id={`laws-${id}`}>{say(`laws.${id}`)}</h2>
              <small className="muted">{say(`laws.${id}.what`)}</small>
            </header>
            {all.length === 0 && (
              <div className="empty">
                <b>{say("laws.none.title")}</b>
                <p>{say(may ? "laws.none" : "laws.none.yet")}</p>
              </div>
            )}
            <ul className="laws">
              {all.map((law) => (
                <Law key={law.id} law={law} may={may} onChange={() => setChanging(law)} />
              ))}
            </ul>
          </section>
        ))}
      {changing && <LawForm law={changing} onClose={() => setChanging(null)} />}
    </ObligationFrame>
  );
}

function Law({ law, may, onChange }: { law: LawSetting; may: boolean; onChange: () => void }) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const unbind = useUnbindLaw();
  const checked = law.checkedOn && words.date(`${law.checkedOn}T12:00:00Z`, "UTC");
  const traits = law.traits.filter(({ id }) => law.bound?.traits.includes(id)).map(({ name }) => name);
  const targets = law.legs.flatMap(({ id, name }) => {
    const hours = law.bound?.targets[id];
    return hours === undefined ? [] : say("law.target", { leg: name, hours });
  });
  return (
    <li>
      <div>
        <h3>{law.name}</h3>
        <p className="muted">{law.source}</p>
        {[...traits, ...targets].length > 0 && <p className="own">{[...traits, ...targets].join(" · ")}</p>}
        <details className="disclose">
          <summary>
            <Icon name="chevron" size={12} />
            {say("law.legs", { count: law.legs.length })}
          </summary>
          <div>
            <ul className="law-legs">
              {law.legs.map((leg) => (
                <li key={leg.id}>
                  <b>{leg.name}</b> <span className="muted">{say("leg.to", { recipient: leg.recipient })}</span>{" "}
                  <span>
                    {leg.limit ? say(`length.${leg.limit.unit}`, { count: leg.limit.count }) : say("length.none")}
                  </span>
                </li>
              ))}
            </ul>
            {law.note && <p className="hint">{law.note}</p>}
            <p className="hint">
              {[
                say(`certainty.${law.certainty}`),
                checked && say("checked", { date: checked }),
                say("version", { version: law.version }),
                say(`status.${law.status}`),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
        </details>
        {unbind.error && <Fault>{failureSentence(words, unbind.error)}</Fault>}
      </div>
      {may && (
        <p className="acts">
          <button className="btn s" type="button" onClick={onChange}>
            {say(law.bound ? "law.change" : "law.bind")} <span className="vh">{law.name}</span>
          </button>
          {law.bound && (
            <button
              className="link"
              type="button"
              aria-disabled={unbind.isPending}
              onClick={() => unbind.mutate(law.id)}
            >
              {say("law.unbind")} <span className="vh">{law.name}</span>
            </button>
          )}
        </p>
      )}
    </li>
  );
}
