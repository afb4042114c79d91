/** What the pages about noise have in common: where one is among them, a list, and beside it what one adds. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Views } from "../ui/Views.tsx";
import { useNoiseWords } from "./words.ts";
import "../intake/intake.css";
import "../directory/directory.css";
import "./noise.css";

const tabs = [
  { to: "/silences", word: "tab.silences" },
  { to: "/maintenance", word: "tab.windows" },
  { to: "/noise-rules", word: "tab.rules" },
] as const;

/** `about`: what this page is about, of several that have one heading. */
type Props = {
  title: string;
  about?: string | undefined;
  what: string;
  add: string;
  form: ReactNode;
  children: ReactNode;
};

export function NoiseFrame({ title, about, what, add, form, children }: Props) {
  const { t: say } = useNoiseWords();
  const adding = (
    <section className="sec" aria-labelledby="adding">
      <h2 id="adding">{add}</h2>
      {form}
    </section>
  );
  return (
    <>
      <title>{`${[about, title].filter(Boolean).join(" · ")} · Tocsin`}</title>
      <div className="bar of-list">
        <h1>{title}</h1>
        <Views>
          {tabs.map(({ to, word }) => (
            <Link
              key={to}
              to={to}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={{ "aria-current": "page" }}
            >
              {say(word)}
            </Link>
          ))}
        </Views>
      </div>
      <div className={about === undefined ? "page plugged" : "page plugged for-one"}>
        {about !== undefined && adding}
        <div>
          <p className="muted said-first">{what}</p>
          {children}
        </div>
        {about === undefined && adding}
      </div>
    </>
  );
}

/** An empty list says what would be in it, and why one would want that. */
export function Nothing({ title, text }: { title: string; text: string }) {
  return (
    <div className="empty teach">
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}

export function WaitsNow({ count }: { count: number }) {
  const { t: say } = useNoiseWords();
  return (
    <p className="muted">
      {count === 0 ? (
        say("waiting", { count })
      ) : (
        <Link to="/alerts" search={{ status: "waiting" }}>
          {say("waiting", { count })}
        </Link>
      )}
    </p>
  );
}
