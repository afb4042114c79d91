/** What is silenced, until when and why; and a new silence beside it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { PlacedAlert } from "#contract/alerts.ts";
import { mayHoldBack } from "#core/noise/permission.ts";
import { spelled } from "#core/noise/spelling.ts";
import { meQuery } from "../account/queries.ts";
import { alertQuery } from "../alerts/queries.ts";
import { Confirm } from "../intake/Confirm.tsx";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { NoiseFrame, Nothing, WaitsNow } from "./frame.tsx";
import { type Silence, silencesQuery, useEndSilence } from "./queries.ts";
import { SilenceForm } from "./SilenceForm.tsx";
import { emptyScope, type ScopeDraft, scopeWords } from "./scope.ts";
import { useNoiseWords } from "./words.ts";

const route = getRouteApi("/shell/silences");

export function SilencesPage() {
  const { t: say } = useNoiseWords();
  const { data } = useSuspenseQuery(silencesQuery());
  const { like } = route.useSearch();
  const alert = useQuery({ ...alertQuery(like ?? ""), enabled: like !== undefined });
  const standing = data.data.filter(({ state }) => state !== "over");
  const over = data.data.filter(({ state }) => state === "over");
  const begun = alert.data ? scopeLike(alert.data) : emptyScope;
  return (
    <NoiseFrame
      title={say("silences.title")}
      about={alert.data?.title}
      what={say("silences.what")}
      add={say("silence.add")}
      form={<SilenceForm key={alert.data?.id ?? ""} begun={begun} met={alert.data ? [alert.data.integration] : []} />}
    >
      {standing.length === 0 ? (
        <Nothing title={say("silences.none")} text={say("silences.none.text")} />
      ) : (
        <List all={standing} />
      )}
      {over.length > 0 && (
        <details className="over">
          <summary>{say("silences.over")}</summary>
          <List all={over.slice(0, 50)} />
        </details>
      )}
    </NoiseFrame>
  );
}

/** The same alert anywhere: by its name where it has one, by its title otherwise. */
function scopeLike({ integration, title, details }: PlacedAlert): ScopeDraft {
  const { labels } = (details ?? {}) as { labels?: Record<string, unknown> };
  const name = labels?.alertname;
  const labelled = typeof name === "string" ? spelled({ label: "alertname", operator: "=", value: name }) : "";
  return { ...emptyScope, integration: integration.id, labels: labelled, text: labelled === "" ? title : "" };
}

function List({ all }: { all: readonly Silence[] }) {
  const { t: say } = useNoiseWords();
  const end = useEndSilence();
  const [asked, setAsked] = useState<Silence | null>(null);
  return (
    <>
      <ul className="sources noise">
        {all.map((one) => (
          <Line key={one.id} one={one} onEnd={() => setAsked(one)} />
        ))}
      </ul>
      {asked && (
        <Confirm
          title={say("silence.end.title")}
          word={say("silence.end")}
          act={end}
          input={asked.id}
          onClose={() => setAsked(null)}
        >
          <p>{asked.reason}</p>
          <p>{say("silence.end.text", { waiting: asked.waiting })}</p>
        </Confirm>
      )}
    </>
  );
}

function Line({ one, onEnd }: { one: Silence; onEnd: () => void }) {
  const { phrase } = useWords();
  const { t: say } = useNoiseWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const state = one.state === "over" && one.endedAt !== null ? "ended" : one.state;
  return (
    <li>
      <div>
        <h2>{one.reason}</h2>
        <p className="muted">
          <span className="scope">{scopeWords(one, say)}</span> · {say("by", { name: one.createdBy.name })}
        </p>
      </div>
      <div>
        <p className="last">
          <Icon name={one.state === "active" ? "bell-off" : one.state === "planned" ? "clock" : "check"} size={14} />
          <span>
            {say(`state.${state}`, {
              from: phrase("at", one.from),
              until: phrase(one.state === "active" ? "until" : "at", one.until),
            })}
          </span>
        </p>
        {one.state === "active" && <WaitsNow count={one.waiting} />}
        {one.state !== "over" && one.remindsAt !== null && (
          <p className="muted">{say("reminds", { name: one.createdBy.name, when: phrase("at", one.remindsAt) })}</p>
        )}
        {one.state !== "over" && mayHoldBack("silence", me) === null && (
          <p className="acts">
            <button className="btn s" type="button" onClick={onEnd}>
              {say("silence.end")}
              <span className="vh"> {one.reason}</span>
            </button>
          </p>
        )}
      </div>
    </li>
  );
}
