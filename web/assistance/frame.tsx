/** What the pages of requests for assistance have in common. */
import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Views } from "../ui/Views.tsx";
import { useAssistanceWords } from "./words.ts";
import "../intake/intake.css";
import "../directory/directory.css";
import "./assistance.css";

const lists = [
  { scope: undefined, word: "tab.awaiting" },
  { scope: "asked", word: "tab.asked" },
  { scope: "all", word: "tab.all" },
] as const;

/** `about`: which of several lists under one heading. */
type Props = { title: string; about?: string | undefined; act?: ReactNode; children: ReactNode };

export function AssistanceFrame({ title, about, act, children }: Props) {
  const { t: say } = useAssistanceWords();
  const here = useLocation({
    select: ({ pathname, search }) => (pathname === "/assistance" ? (search.scope ?? "awaiting") : null),
  });
  return (
    <>
      <title>{`${[about, title].filter(Boolean).join(" · ")} · Tocsin`}</title>
      <div className="bar of-list">
        <h1>{title}</h1>
        <Views>
          {lists.map(({ scope, word }) => (
            <Link
              key={word}
              to="/assistance"
              search={{ scope }}
              activeOptions={{ exact: true, explicitUndefined: true }}
              activeProps={{}}
              aria-current={here === (scope ?? "awaiting") ? "page" : undefined}
            >
              {say(word)}
            </Link>
          ))}
          <Link to="/assistance-rules" activeOptions={{ exact: true }} activeProps={{ "aria-current": "page" }}>
            {say("tab.rules")}
          </Link>
        </Views>
        <div className="push">{act}</div>
      </div>
      {children}
    </>
  );
}
