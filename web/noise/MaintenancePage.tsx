/** Which services are worked on, when, and what waits because of it. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayHoldBack } from "#core/noise/permission.ts";
import { meQuery } from "../account/queries.ts";
import { Confirm } from "../intake/Confirm.tsx";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { NoiseFrame, Nothing, WaitsNow } from "./frame.tsx";
import { planWords } from "./plan.ts";
import { type MaintenanceWindow, useEndWindow, windowsQuery } from "./queries.ts";
import { WindowForm } from "./WindowForm.tsx";
import { useNoiseWords } from "./words.ts";

export function MaintenancePage() {
  const { t: say } = useNoiseWords();
  const { data } = useSuspenseQuery(windowsQuery());
  const standing = data.data.filter(({ state }) => state !== "over");
  return (
    <NoiseFrame title={say("windows.title")} what={say("windows.what")} add={say("window.add")} form={<WindowForm />}>
      {standing.length === 0 ? (
        <Nothing title={say("windows.none")} text={say("windows.none.text")} />
      ) : (
        <List all={standing} />
      )}
    </NoiseFrame>
  );
}

function List({ all }: { all: readonly MaintenanceWindow[] }) {
  const { t: say } = useNoiseWords();
  const end = useEndWindow();
  const [asked, setAsked] = useState<MaintenanceWindow | null>(null);
  return (
    <>
      <ul className="sources noise">
        {all.map((one) => (
          <Line key={one.id} one={one} onEnd={() => setAsked(one)} />
        ))}
      </ul>
      {asked && (
        <Confirm
          title={say("window.end.title", { name: asked.name })}
          word={say("window.end")}
          act={end}
          input={asked.id}
          onClose={() => setAsked(null)}
        >
          <p>{say("window.end.text")}</p>
        </Confirm>
      )}
    </>
  );
}

function Line({ one, onEnd }: { one: MaintenanceWindow; onEnd: () => void }) {
  const words = useWords();
  const { t: say } = useNoiseWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { phrase } = words;
  const times = one.occurrence && {
    from: phrase("at", one.occurrence.from),
    until: phrase("until", one.occurrence.until),
  };
  return (
    <li>
      <div>
        <h2>{one.name}</h2>
        <p className="muted">
          {words.list(one.services.map(({ name }) => name))} · {one.reason} · {say("by", { name: one.createdBy.name })}
        </p>
      </div>
      <div>
        <p className="last">
          <Icon name={one.state === "active" ? "bell-off" : "clock"} size={14} />
          <span>{say(`window.state.${one.state}`, times ?? {})}</span>
        </p>
        {"again" in one.plan && <p className="muted">{planWords(one.plan, say, words)}</p>}
        {one.state === "active" && <WaitsNow count={one.waiting} />}
        {mayHoldBack("window", me) === null && (
          <p className="acts">
            <button className="btn s" type="button" onClick={onEnd}>
              {say("window.end")}
              <span className="vh"> {one.name}</span>
            </button>
          </p>
        )}
      </div>
    </li>
  );
}
