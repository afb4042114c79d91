import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { z } from "zod";
import type { token } from "#contract/account.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { OnceShown } from "../ui/OnceShown.tsx";
import { useKeptMine } from "./kept-mine.ts";
import { tokensQuery, useMakeToken, useRevokeToken } from "./queries.ts";
import "./account.css";

export function TokensPage() {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(tokensQuery());
  const revoke = useRevokeToken();
  const end = ({ id, name }: { id: string; name: string }) =>
    revoke.mutate(id, { onSuccess: () => announce(t("tokens.revoked", { name })) });
  return (
    <>
      <title>{`${t("shell.tokens")} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("shell.tokens")}</h1>
      </div>
      <div className="page">
        <p className="sec">
          {t("tokens.what")} <a href="/api/docs">{t("tokens.api")}</a>
        </p>
        <Making />
        {(error ?? revoke.error) && <Fault>{failureSentence(words, error ?? revoke.error)}</Fault>}
        {data?.data.length === 0 && (
          <div className="empty">
            <b>{t("tokens.none")}</b>
            {t("tokens.none.text")}
            <pre className="code">tocsin token create --name backup</pre>
          </div>
        )}
        {data && data.data.length > 0 && (
          <div className="scroll">
            <table className="tbl">
              <caption className="vh">{t("shell.tokens")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("tokens.name")}</th>
                  <th scope="col" className="roomy">
                    {t("tokens.made")}
                  </th>
                  <th scope="col" className="roomy">
                    {t("tokens.expires")}
                  </th>
                  <th scope="col" className="roomy">
                    {t("tokens.used")}
                  </th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {data.data.map((one) => (
                  <TokenLine key={one.id} one={one} onRevoke={() => end(one)} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </>
  );
}

type Token = z.output<typeof token>;

function TokenLine({ one, onRevoke }: { one: Token; onRevoke: () => void }) {
  const words = useWords();
  const { t } = words;
  return (
    <tr>
      <th scope="row">
        {one.name}
        <small className="muted">
          {words.list(one.scopes.map((scope) => t(`tokens.scope.${scope}`)))}
          <span className="tight"> · {t("tokens.until", { date: words.date(one.expiresAt) })}</span>
        </small>
      </th>
      <td className="roomy">{words.date(one.madeAt)}</td>
      <td className="roomy">{words.date(one.expiresAt)}</td>
      <td className="roomy">{one.usedAt === null ? t("tokens.never") : words.moment(one.usedAt)}</td>
      <td className="num">
        <button className="btn s" type="button" onClick={onRevoke}>
          {t("tokens.revoke")}
          <span className="vh"> {one.name}</span>
        </button>
      </td>
    </tr>
  );
}

function Making() {
  const words = useWords();
  const { t } = words;
  const make = useMakeToken();
  const { draft, set, forget } = useKeptMine("token", () => ({ name: "", write: true }));
  const { name, write } = draft;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending) return;
    make.mutate({ name: name.trim(), scopes: write ? ["read", "write"] : ["read"] }, { onSuccess: forget });
  };
  return (
    <form className="making fields" onSubmit={submit}>
      <TextField
        label={t("tokens.new")}
        hint={t("tokens.new.hint")}
        value={name}
        onChange={(typed) => set((old) => ({ ...old, name: typed }))}
        maxLength={200}
        required
      />
      <CheckField
        label={t("tokens.may-write")}
        value={write}
        onChange={(may) => set((old) => ({ ...old, write: may }))}
      />
      {make.error && <Fault>{failureSentence(words, make.error)}</Fault>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={make.isPending}>
          {t("tokens.make")}
        </button>
      </p>
      {make.data && (
        <OnceShown
          title={t("tokens.once")}
          code={`export TOCSIN_TOKEN=${make.data.token}\ncurl ${location.origin}/api/v1/incidents -H "Authorization: Bearer $TOCSIN_TOKEN"`}
        />
      )}
    </form>
  );
}
