/** The inbox of requests for assistance: what awaits one, what one asked, what one may see. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useRowKeys } from "../incidents/row-keys.ts";
import { CheckField } from "../ui/fields.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { AssistanceFrame } from "./frame.tsx";
import { assistanceQuery } from "./queries.ts";
import { RequestLine } from "./RequestLine.tsx";
import { useAssistanceWords } from "./words.ts";

const route = getRouteApi("/shell/assistance");

export function AssistancePage() {
  const { t: say } = useAssistanceWords();
  const navigate = useNavigate();
  const { scope = "awaiting", ended = false } = route.useSearch();
  const { data } = useSuspenseQuery(assistanceQuery(scope, scope === "awaiting" || !ended));
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  useShortcuts({ n: { act: () => void navigate({ to: "/help" }), word: say("ask") } });
  return (
    <AssistanceFrame
      title={say("title")}
      about={scope === "awaiting" ? undefined : say(`tab.${scope}`)}
      act={
        <Link className="btn primary" to="/help">
          {say("ask")}
        </Link>
      }
    >
      <div className="page">
        <p className="muted said-first">{say(`what.${scope}`)}</p>
        {scope !== "awaiting" && (
          <CheckField
            label={say("ended.show")}
            value={ended}
            onChange={(on) =>
              void navigate({ to: "/assistance", search: { scope, ...(on && { ended: true }) }, replace: true })
            }
          />
        )}
        {data.data.length === 0 ? (
          <div className="empty teach">
            <h2>{say(`none.${scope}`)}</h2>
            <p>{say(`none.${scope}.text`)}</p>
          </div>
        ) : (
          <ul className="sources requests" ref={list}>
            {data.data.map((view) => (
              <RequestLine key={view.id} view={view} plain={scope === "asked"} />
            ))}
          </ul>
        )}
      </div>
    </AssistanceFrame>
  );
}
