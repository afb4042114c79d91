/** One way of being reached: its state in words, its proof, and what can be done with it. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { z } from "zod";
import type { contactPoint } from "#contract/notifications.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { TextField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { OnceShown } from "../ui/OnceShown.tsx";
import { Evidence } from "./Evidence.tsx";
import {
  deliveriesQuery,
  useRedeliver,
  useRemoveContactPoint,
  useRenewSecret,
  useSendCode,
  useSwitchContactPoint,
  useVerify,
} from "./queries.ts";
import { reasonFor } from "./reasons.ts";

export type Point = z.infer<typeof contactPoint>;

const marks = { usable: "check", "to-verify": "question", off: "small", gone: "fault", paused: "fault" } as const;

/** Which one, in the reader's words: the name they gave it, else its kind. */
export const pointName = ({ t }: Words, one: Pick<Point, "kind" | "name">): string =>
  one.name ?? t(`contact.kind.${one.kind}`);

export function ContactPoint({ one }: { one: Point }) {
  const words = useWords();
  const { t } = words;
  const change = useSwitchContactPoint(one.id);
  const remove = useRemoveContactPoint(one.id);
  const failed = change.error ?? remove.error;
  const on = one.state !== "off" && one.state !== "gone";
  const name = pointName(words, one);
  const turn = () =>
    change.mutateAsync(!on).then(
      () => announce(t(on ? "contact.switched-off" : "contact.switched-on", { name })),
      () => undefined /* said below, by failed */,
    );
  const takeAway = () =>
    remove.mutateAsync(undefined).then(
      () => announce(t("contact.removed", { name })),
      () => undefined,
    );
  return (
    <li className={`contact ${one.state}`}>
      <h3>{name}</h3>
      <p className="muted where">
        {one.name !== null && `${t(`contact.kind.${one.kind}`)} · `}
        {one.address}
      </p>
      <p className="how">
        <Icon name={marks[one.state]} size={14} />
        <span>
          {t(`contact.state.${one.state}`)}
          {one.lastError !== null && on && <span className="muted"> {reasonFor(words, one.lastError)}</span>}
        </span>
      </p>
      {one.state === "to-verify" && <Proving one={one} name={name} />}
      <p className="acts">
        <button className="btn s" type="button" aria-disabled={change.isPending} onClick={turn}>
          {t(on ? "contact.switch-off" : "contact.switch-on")}
          <span className="vh"> {name}</span>
        </button>
        <button className="btn s" type="button" aria-disabled={remove.isPending} onClick={takeAway}>
          {t("contact.remove")}
          <span className="vh"> {name}</span>
        </button>
      </p>
      {failed && <Fault>{failureSentence(words, failed)}</Fault>}
      {(one.kind === "webhook" || one.state !== "to-verify") && <Sent one={one} name={name} />}
    </li>
  );
}

function Proving({ one, name }: { one: Point; name: string }) {
  const words = useWords();
  const { t } = words;
  const verify = useVerify(one.id);
  const send = useSendCode(one.id);
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (verify.isPending) return;
    verify.mutateAsync(code).then(
      () => announce(t("contact.proved", { name })),
      () => undefined /* said below, by failed */,
    );
  };
  const resend = () => send.mutate(undefined, { onSuccess: () => announce(t("contact.code.resent")) });
  const failed = verify.error ?? send.error;
  return (
    <form className="proving" onSubmit={submit}>
      <TextField
        label={t("contact.code")}
        hint={one.codeSentAt === null ? undefined : t("contact.code.sent", { at: words.moment(one.codeSentAt) })}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        maxLength={20}
        required
      />
      <p className="acts">
        <button className="btn primary" type="submit" aria-disabled={verify.isPending}>
          {t("contact.prove")}
          <span className="vh"> {name}</span>
        </button>
        <button className="btn" type="button" aria-disabled={send.isPending} onClick={resend}>
          {t("contact.code.again")}
          <span className="vh"> {name}</span>
        </button>
      </p>
      {failed && <Fault>{failureSentence(words, failed)}</Fault>}
    </form>
  );
}

function Sent({ one, name }: { one: Point; name: string }) {
  const words = useWords();
  const { t } = words;
  const renew = useRenewSecret(one.id);
  const [open, setOpen] = useState(false);
  return (
    <>
      <details className="disclose" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Icon name="chevron" size={12} />
          {t(one.kind === "webhook" ? "contact.deliveries" : "contact.sent")}
          <span className="vh"> {name}</span>
        </summary>
        {open && (
          <>
            <Deliveries one={one} />
            {one.kind === "webhook" && (
              <p className="acts">
                <button
                  className="btn s"
                  type="button"
                  aria-disabled={renew.isPending}
                  onClick={() => renew.mutate(undefined)}
                >
                  {t("contact.secret.renew")}
                  <span className="vh"> {name}</span>
                </button>
              </p>
            )}
          </>
        )}
      </details>
      {renew.error && <Fault>{failureSentence(words, renew.error)}</Fault>}
      {renew.data && (
        <OnceShown
          title={t("contact.secret.renewed", { at: words.moment(renew.data.previousUntil) })}
          code={renew.data.secret}
        />
      )}
    </>
  );
}

function Deliveries({ one: { id, kind } }: { one: Point }) {
  const words = useWords();
  const { t, find } = words;
  const { data, error } = useQuery(deliveriesQuery(id));
  const again = useRedeliver(id);
  if (error) return <Fault>{failureSentence(words, error)}</Fault>;
  if (!data) return null;
  if (data.data.length === 0) return <p className="empty">{t("contact.deliveries.none")}</p>;
  return (
    <>
      {again.error && <Fault>{failureSentence(words, again.error)}</Fault>}
      <ul className="log">
        {data.data.map((one) => (
          <li className="call" key={one.id}>
            <time dateTime={one.at} title={words.exact(one.at)}>
              {words.moment(one.at)}
            </time>
            <span>
              {find(`delivery.kind.${one.kind}`) ?? one.kind}
              {one.number !== null && ` ${shortNumber(one.number, words.year())}`}
              <span className="muted">
                {[t(`delivery.status.${one.status}`), one.lastError !== null && reasonFor(words, one.lastError)]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              <Evidence all={one.evidence} />
              {kind === "webhook" && one.status !== "pending" && (
                <button className="link" type="button" onClick={() => again.mutate(one.id)}>
                  {t("contact.redeliver")}
                  <span className="vh"> {words.moment(one.at)}</span>
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
