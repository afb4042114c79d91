/** Standing rules, in the order in which they are asked. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayHoldBack } from "#core/noise/permission.ts";
import { meQuery } from "../account/queries.ts";
import { Confirm } from "../intake/Confirm.tsx";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Fault } from "../ui/marks.tsx";
import { NoiseFrame, Nothing, WaitsNow } from "./frame.tsx";
import { type NoiseRule, rulesQuery, useRemoveRule, useSwitchRule } from "./queries.ts";
import { RuleForm } from "./RuleForm.tsx";
import { RuleWhatIf } from "./RuleWhatIf.tsx";
import { ruleWords } from "./rule-draft.ts";
import { scopeWords } from "./scope.ts";
import { useNoiseWords } from "./words.ts";

export function RulesPage() {
  const { t: say } = useNoiseWords();
  const { data } = useSuspenseQuery(rulesQuery());
  return (
    <NoiseFrame title={say("rules.title")} what={say("rules.what")} add={say("rule.add")} form={<RuleForm />}>
      {data.data.length === 0 ? (
        <Nothing title={say("rules.none")} text={say("rules.none.text")} />
      ) : (
        <List all={data.data} />
      )}
    </NoiseFrame>
  );
}

function List({ all }: { all: readonly NoiseRule[] }) {
  const { t: say } = useNoiseWords();
  const remove = useRemoveRule();
  const { t } = useWords();
  const [asked, setAsked] = useState<NoiseRule | null>(null);
  const [changing, setChanging] = useState<NoiseRule | null>(null);
  return (
    <>
      <ul className="sources noise">
        {all.map((one) => (
          <Line key={one.id} one={one} onChange={() => setChanging(one)} onRemove={() => setAsked(one)} />
        ))}
      </ul>
      {changing && (
        <Modal
          title={say("rule.change.title", { name: changing.name })}
          closeWord={t("ui.cancel")}
          onClose={() => setChanging(null)}
        >
          <div className="body">
            <RuleForm rule={changing} onDone={() => setChanging(null)} />
          </div>
        </Modal>
      )}
      {asked && (
        <Confirm
          title={say("rule.remove.title", { name: asked.name })}
          word={say("rule.remove")}
          act={remove}
          input={asked.id}
          onClose={() => setAsked(null)}
        >
          <p>{say("rule.remove.text", { waiting: asked.waiting })}</p>
          <RuleWhatIf change={{ without: asked.id }} what="replay.remove.what" />
        </Confirm>
      )}
    </>
  );
}

function Line({ one, onChange, onRemove }: { one: NoiseRule; onChange: () => void; onRemove: () => void }) {
  const words = useWords();
  const { t: say } = useNoiseWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const act = useSwitchRule(one.id);
  return (
    <li>
      <div>
        <h2>{one.name}</h2>
        <p>{ruleWords(one, say, words.list)}</p>
        <p className="muted">
          <span className="scope">{scopeWords(one, say)}</span> · {say("rule.version", { version: one.version })}
        </p>
        {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
      </div>
      <div>
        {one.enabled ? (
          one.definition.kind !== "grouping" && <WaitsNow count={one.waiting} />
        ) : (
          <p className="muted">{say("rule.is-off")}</p>
        )}
        {mayHoldBack("rule", me) === null && (
          <p className="acts">
            <button className="btn s" type="button" onClick={onChange}>
              {say("rule.change")}
              <span className="vh"> {one.name}</span>
            </button>
            <button className="btn s" type="button" onClick={() => act.mutate(!one.enabled)}>
              {say(one.enabled ? "rule.off" : "rule.on")}
              <span className="vh"> {one.name}</span>
            </button>
            <button className="btn s" type="button" onClick={onRemove}>
              {say("rule.remove")}
              <span className="vh"> {one.name}</span>
            </button>
          </p>
        )}
      </div>
    </li>
  );
}
