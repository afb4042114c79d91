/** A mail that leaves and comes back: by its code, typed here, or by its link, followed on whichever device it reached. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { meQuery } from "../account/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { Good, ToPaste } from "./parts.tsx";
import { setupQuery, useProveMail, useSendTrialMail, waitingMs } from "./queries.ts";
import type { StepProps } from "./steps.ts";
import { useSetupWords } from "./words.ts";

const variables = `TOCSIN_SMTP_URL=smtp://user:password@mail.example.org:587
TOCSIN_MAIL_FROM=tocsin@example.org`;

export function MailStep({ checks, setup }: StepProps) {
  const words = useWords();
  const t = useSetupWords();
  const { data: me } = useQuery(meQuery());
  const send = useSendTrialMail();
  const trial = setup.mail;
  const waiting = trial !== null && trial.refused === null && trial.returnedAt === null;
  useComingBack(waiting);
  if (checks.some((one) => one.id === "mail" && one.state === "missing")) {
    return (
      <>
        <p>{t("mail.none")}</p>
        <ToPaste label={t("address.sample")} code={variables} />
      </>
    );
  }
  const again = trial !== null;
  return (
    <>
      <p>{t("mail.what", { to: me?.email })}</p>
      <p>
        <button
          className={again ? "btn" : "btn primary"}
          type="button"
          aria-disabled={send.isPending}
          onClick={() => !send.isPending && send.mutate(undefined)}
        >
          {t(again ? "mail.send-again" : "mail.send")}
        </button>
      </p>
      {send.error && <Fault>{failureSentence(words, send.error)}</Fault>}
      {waiting && (
        <>
          <p role="status">{t("mail.sent", { hour: words.hour(trial.sentAt), to: trial.to })}</p>
          <CodeForm />
        </>
      )}
      {trial?.returnedAt && (
        <Good>
          {t("mail.returned", {
            at: words.moment(trial.returnedAt),
            length: words.lasting(Date.parse(trial.returnedAt) - Date.parse(trial.sentAt)),
          })}
        </Good>
      )}
    </>
  );
}

/** Its link may be followed anywhere: this page sees it come back by itself. */
function useComingBack(waiting: boolean): void {
  useQuery({ ...setupQuery(), refetchInterval: waiting ? waitingMs : false });
}

function CodeForm() {
  const words = useWords();
  const t = useSetupWords();
  const prove = useProveMail();
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!prove.isPending) prove.mutate(code);
  };
  return (
    <form className="code-form" onSubmit={submit}>
      <TextField
        label={t("mail.code")}
        hint={t("mail.code.hint")}
        value={code}
        onChange={setCode}
        maxLength={12}
        autoComplete="one-time-code"
        className="mono"
        error={prove.error ? failureSentence(words, prove.error) : undefined}
        required
      />
      <button className="btn primary" type="submit" aria-disabled={prove.isPending}>
        {t("mail.prove")}
      </button>
    </form>
  );
}
