/** Who owes a sign of life, and who is silent. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "../intake/Confirm.tsx";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { Making } from "./Making.tsx";
import { Outgoing } from "./Outgoing.tsx";
import { type Heartbeat, heartbeatsQuery, useRemove, useReplaceKey, useSwitch } from "./queries.ts";
import { Address, Snippets } from "./Snippets.tsx";
import { useHeartbeatWords } from "./words.ts";
import "../intake/intake.css";
import "./heartbeats.css";

export function HeartbeatsPage() {
  const { moment } = useWords();
  const { t: say } = useHeartbeatWords();
  const { data } = useSuspenseQuery(heartbeatsQuery());
  const { deaf } = data;
  return (
    <>
      <title>{`${say("title")} · Tocsin`}</title>
      <div className="bar">
        <h1>{say("title")}</h1>
      </div>
      <div className="page plugged">
        <div>
          {deaf && <p className="deaf muted">{say("deaf", { from: moment(deaf.from), until: moment(deaf.until) })}</p>}
          {data.data.length === 0 ? <Nothing /> : <List all={data.data} />}
        </div>
        <section className="sec" aria-labelledby="expect">
          <h2 id="expect">{say("add")}</h2>
          <p className="muted">{say("what")}</p>
          <Making />
          <Outgoing />
        </section>
      </div>
    </>
  );
}

function Nothing() {
  const { t: say } = useHeartbeatWords();
  return (
    <div className="empty teach">
      <h2>{say("empty.title")}</h2>
      <p>{say("empty.text")}</p>
      <ol>
        {(["empty.make", "empty.paste", "empty.first"] as const).map((id) => (
          <li key={id}>{say(id)}</li>
        ))}
      </ol>
      <Snippets address={`${location.origin}/heartbeat/${say("place")}`} />
    </div>
  );
}

function List({ all }: { all: readonly Heartbeat[] }) {
  const { t: say } = useHeartbeatWords();
  const replace = useReplaceKey();
  const remove = useRemove();
  const [asked, setAsked] = useState<{ readonly what: "key" | "remove"; readonly one: Heartbeat } | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      {replace.data && <Address name={replace.data.name} value={replace.data.key} />}
      <ul className="sources heartbeats">
        {all.map((one) => (
          <Line key={one.id} one={one} onAsk={(what) => setAsked({ what, one })} />
        ))}
      </ul>
      {asked?.what === "key" && (
        <Confirm
          title={say("key.title", { name: asked.one.name })}
          word={say("key")}
          act={replace}
          input={asked.one.id}
          onClose={close}
        >
          <p>{say("key.text")}</p>
        </Confirm>
      )}
      {asked?.what === "remove" && (
        <Confirm
          title={say("remove.title", { name: asked.one.name })}
          word={say("remove")}
          act={remove}
          input={asked.one.id}
          onClose={close}
        >
          <p>{say("remove.text")}</p>
        </Confirm>
      )}
    </>
  );
}

const marks: Readonly<Record<Heartbeat["state"], IconName>> = {
  waiting: "question",
  alive: "check",
  late: "fault",
  paused: "small",
};

function Line({ one, onAsk }: { one: Heartbeat; onAsk: (what: "key" | "remove") => void }) {
  const words = useWords();
  const { t: say } = useHeartbeatWords();
  const act = useSwitch(one.id);
  const grace =
    one.graceSeconds === 0 ? say("grace.none") : say("grace", { lasting: words.lasting(one.graceSeconds * 1_000) });
  const every = say("every", { lasting: words.lasting(one.intervalSeconds * 1_000) });
  const key = one.keyEnding === null ? say("key.none") : say("key.ending", { ending: one.keyEnding });
  return (
    <li>
      <div>
        <h2>{one.name}</h2>
        <p className="muted">{[every, grace, one.integration?.name ?? key].join(" · ")}</p>
        {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
      </div>
      <div>
        <State one={one} />
        <p className="acts">
          <Act word={say(one.enabled ? "pause" : "resume")} name={one.name} onDo={() => act.mutate(!one.enabled)} />
          {one.integration === null && <Act word={say("key")} name={one.name} onDo={() => onAsk("key")} />}
          <Act word={say("remove")} name={one.name} onDo={() => onAsk("remove")} />
        </p>
      </div>
    </li>
  );
}

function Act({ word, name, onDo }: { word: string; name: string; onDo: () => void }) {
  return (
    <button className="btn s" type="button" onClick={onDo}>
      {word}
      <span className="vh"> {name}</span>
    </button>
  );
}

function State({ one }: { one: Heartbeat }) {
  const { phrase } = useWords();
  const { t: say } = useHeartbeatWords();
  const said =
    one.lateSince !== null
      ? phrase("since", one.lateSince)
      : one.lastPingAt !== null
        ? say("last", { when: phrase("at", one.lastPingAt) })
        : null;
  return (
    <p className={one.state === "late" ? "last refused" : "last"}>
      <Icon name={marks[one.state]} size={14} />
      <span>{say(`state.${one.state}`)}</span>
      {said && <span className="muted">{said}</span>}
    </p>
  );
}
