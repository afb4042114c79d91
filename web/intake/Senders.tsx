/** How a sender is plugged in: the key while it is known, then for the sender chosen its address and what to paste. */
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Section } from "../directory/frame.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { freshKeyQuery, type Integration } from "./queries.ts";
import { type On, type Sender, sendersOf } from "./senders.ts";
import { useIntakeWords } from "./words.ts";

export function Senders({ one }: { one: Integration }) {
  const { t: say } = useIntakeWords();
  const fresh = useQuery(freshKeyQuery(one.id)).data ?? null;
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const senders = sendersOf(one.kind);
  const sender = senders[chosen];
  if (!sender) return null;
  const on: On = {
    origin: location.origin,
    key: fresh ?? say("key.place"),
    title: say("example.title"),
    integration: one.id,
    signature: one.signature,
  };
  return (
    <Section title={say("plug.title")}>
      {fresh === null ? (
        <p className="muted">{say("key.hidden", { place: say("key.place") })}</p>
      ) : (
        <FreshKey value={fresh} />
      )}
      <div className="senders">
        <Tabs id={id} senders={senders} chosen={chosen} onChoose={setChosen} />
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
          <Pasted sender={sender} on={on} />
        </div>
      </div>
    </Section>
  );
}

/** It will not be shown again: it is what is looked at first. */
function FreshKey({ value }: { value: string }) {
  const { t: say } = useIntakeWords();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another reason to look
  useEffect(() => heading.current?.focus(), [value]);
  return (
    <div className="fresh-key">
      <h3 tabIndex={-1} ref={heading}>
        {say("key.once")}
      </h3>
      <p>
        <code>{value}</code>
        <CopyButton value={value} what={say("key.one")} />
      </p>
      <p className="muted">{say("key.note")}</p>
    </div>
  );
}

type TabsProps = {
  id: string;
  senders: readonly Sender[];
  chosen: number;
  onChoose: (index: number) => void;
};

/** One stop of the Tab key; arrows, Home and End choose: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
function Tabs({ id, senders, chosen, onChoose }: TabsProps) {
  const { t: say } = useIntakeWords();
  const list = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const last = senders.length - 1;
    const to = { ArrowRight: chosen + 1, ArrowLeft: chosen - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = to < 0 ? last : to > last ? 0 : to;
    onChoose(index);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[index]?.focus();
  };
  return (
    <div role="tablist" aria-label={say("plug.senders")} ref={list} onKeyDown={onKey}>
      {senders.map(({ name }, index) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${id}-${index}`}
          aria-selected={index === chosen}
          aria-controls={`${id}-panel`}
          tabIndex={index === chosen ? 0 : -1}
          onClick={() => onChoose(index)}
        >
          {say(`sender.${name}`)}
        </button>
      ))}
    </div>
  );
}

function Pasted({ sender, on }: { sender: Sender; on: On }) {
  const { t: say } = useIntakeWords();
  const address = sender.address(on);
  const snippet = sender.snippet(on);
  return (
    <>
      <div className="pasted">
        <h3>{say("address.title")}</h3>
        <CopyButton value={address} what={say("address.title")} />
        <code className="address">{address}</code>
      </div>
      <div className="pasted">
        <h3>{say("snippet.title")}</h3>
        <CopyButton value={snippet} what={say("snippet.title")} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
        <pre className="code" tabIndex={0}>
          {snippet}
        </pre>
      </div>
      <p className="hint">{say(`sender.${sender.name}.note`)}</p>
      {on.signature && (
        <p className="hint">{say(sender.name === "grafana" ? "sender.grafana.signed" : "sign.others")}</p>
      )}
    </>
  );
}
