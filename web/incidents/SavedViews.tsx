/** Views kept under a name: where the board is looked at as usual, and what is looked at now kept for later. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import type { BoardFilter } from "#contract/saved-views.ts";
import { useKeptMine } from "../account/kept-mine.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { savedViewsQuery, useForgetView, useSaveView } from "./saved-views.ts";

const route = getRouteApi("/shell/");

export function SavedViews() {
  const words = useWords();
  const { t } = words;
  const { view, q, look, by } = route.useSearch();
  const now: BoardFilter = { ...(view && { view }), ...(q && { q }), ...(look && { look }), ...(by && { by }) };
  const menu = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({ ...savedViewsQuery(), enabled: open });
  const forget = useForgetView();
  const remove = ({ id, name }: { id: string; name: string }) =>
    forget.mutate(id, { onSuccess: () => announce(t("views.forgotten", { name })) });
  const views = data?.data ?? [];
  const close = () => {
    if (menu.current) menu.current.open = false;
  };
  return (
    <details
      ref={menu}
      className="menu views"
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        /* It closes this, and chooses no less. */
        event.preventDefault();
        close();
        menu.current?.querySelector("summary")?.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <summary className="btn s">
        {t("views.open")} <Icon name="chevron" size={12} />
      </summary>
      <div className="sheet">
        {views.length > 0 ? (
          <ul>
            {views.map((one) => (
              <li key={one.id}>
                <Link
                  to="/"
                  search={({ record }) => ({ ...(record && { record }), ...one.filter })}
                  activeOptions={{ exact: true, includeSearch: true }}
                  activeProps={{ "aria-current": "true" }}
                  onClick={close}
                >
                  {one.name}
                </Link>
                <button className="link" type="button" onClick={() => remove(one)}>
                  {t("views.forget")}
                  <span className="vh"> {one.name}</span>
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <p className="muted">{t("views.none")}</p>
        )}
        {(error ?? forget.error) && <Fault>{failureSentence(words, error ?? forget.error)}</Fault>}
        <SaveView filter={now} />
      </div>
    </details>
  );
}

function SaveView({ filter }: { filter: BoardFilter }) {
  const words = useWords();
  const { t } = words;
  const { draft: name, set, forget } = useKeptMine("view", () => "");
  const save = useSaveView();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (save.isPending) return;
    const onSuccess = () => {
      announce(t("views.saved", { name }));
      forget();
    };
    save.mutate({ name, filter }, { onSuccess });
  };
  return (
    <form onSubmit={send}>
      <label>
        <span className="lab">{t("views.name")}</span>
        <input
          className="input"
          value={name}
          maxLength={60}
          required
          autoComplete="off"
          onChange={(event) => set(() => event.target.value)}
        />
      </label>
      <button className="btn s" type="submit" aria-disabled={save.isPending}>
        {t("views.save")}
      </button>
      {save.error && <Fault>{failureSentence(words, save.error)}</Fault>}
    </form>
  );
}
