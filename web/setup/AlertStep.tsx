/** The first source of alerts: its key, its address, its snippet, and a trial alert followed from the door to the hand that
 *  takes it in charge. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { offered } from "../directory/names.ts";
import { servicesQuery } from "../directory/queries.ts";
import { freshKeyQuery, integrationsQuery, useAddIntegration, useAddKey } from "../intake/queries.ts";
import { sendersOf } from "../intake/senders.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { AlertWay } from "./AlertWay.tsx";
import { Good, ToPaste } from "./parts.tsx";
import { setupQuery, useProveAlert, waitingMs } from "./queries.ts";
import type { StepProps } from "./steps.ts";
import { sendTrialAlert } from "./trial.ts";
import { useSetupWords } from "./words.ts";

const kinds = ["alertmanager", "pagerduty", "opsgenie", "generic"] as const;

export function AlertStep({ checks, setup }: StepProps) {
  const t = useSetupWords();
  const sources = useQuery(integrationsQuery()).data?.data;
  const proved = checks.some((one) => one.id === "alert" && one.state === "ok");
  useProofOf(setup.alert, proved);
  if (!sources) return null;
  const [first] = sources;
  return (
    <>
      {proved ? <Good>{t("alert.way.seen")}</Good> : <p>{t("alert.what")}</p>}
      {first ? <Known source={first} /> : <Making />}
      {setup.alert && <AlertWay alert={setup.alert} />}
    </>
  );
}

/** Looked at again and again until somebody has it; then kept, once. */
function useProofOf(alert: StepProps["setup"]["alert"], proved: boolean): void {
  const { mutate, isIdle } = useProveAlert();
  const seen = Boolean(alert?.takenAt && alert.sentAt);
  useQuery({ ...setupQuery(), refetchInterval: proved || seen ? false : waitingMs });
  useEffect(() => {
    if (seen && !proved && isIdle) mutate(undefined);
  }, [seen, proved, isIdle, mutate]);
}

type Source = { id: string; kind: string; name: string };

/** Its key was shown once, on this page or another: it can only be given another one. */
function Known({ source }: { source: Source }) {
  const words = useWords();
  const t = useSetupWords();
  const key = useQuery(freshKeyQuery(source.id)).data;
  const add = useAddKey();
  if (key) return <Plugged source={source} secret={key} />;
  return (
    <>
      <p className="muted">{t("alert.key.note")}</p>
      {add.error && <Fault>{failureSentence(words, add.error)}</Fault>}
      <p>
        <button className="btn" type="button" aria-disabled={add.isPending} onClick={() => add.mutate(source.id)}>
          {t("alert.key.again", { name: source.name })}
        </button>
      </p>
    </>
  );
}

function Making() {
  const words = useWords();
  const t = useSetupWords();
  const make = useAddIntegration();
  const [kind, setKind] = useState<(typeof kinds)[number]>("alertmanager");
  const [typed, setTyped] = useState<string | null>(null);
  const service = offered(useQuery(servicesQuery()).data?.data ?? [])[0]?.id ?? null;
  const name = typed ?? words.t(`integration.${kind}`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending) return;
    make.mutate({ kind, name: name.trim(), service });
  };
  return (
    <form className="fields" onSubmit={submit}>
      <div className="two">
        <SelectField
          label={t("alert.kind")}
          value={kind}
          onChange={(chosen) => setKind(chosen as typeof kind)}
          options={kinds.map((value) => ({ value, label: words.t(`integration.${value}`) }))}
        />
        <TextField label={t("alert.name")} value={name} onChange={setTyped} maxLength={200} required />
      </div>
      {make.error && <Fault>{failureSentence(words, make.error)}</Fault>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={make.isPending}>
          {t("alert.make")}
        </button>
      </p>
    </form>
  );
}

function Plugged({ source, secret }: { source: Source; secret: string }) {
  const t = useSetupWords();
  const title = t("alert.trial");
  const trial = useMutation({ mutationFn: () => sendTrialAlert({ kind: source.kind, key: secret, title }) });
  const [sender] = sendersOf(source.kind);
  const on = { origin: location.origin, key: secret, title, integration: source.id, signature: null };
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <div className="key">
        <h3 tabIndex={-1} ref={heading}>
          {t("alert.key")}
        </h3>
        <p className="line">
          <code>{secret}</code>
          <CopyButton value={secret} what={t("alert.key")} />
        </p>
        <p className="muted">{t("alert.key.note")}</p>
      </div>
      {sender && <ToPaste label={t("alert.snippet")} code={sender.snippet(on)} />}
      <p className="line trial">
        <span className="muted">{t("alert.send.what")}</span>
        <button
          className="btn primary"
          type="button"
          aria-disabled={trial.isPending}
          onClick={() => !trial.isPending && trial.mutate()}
        >
          {t("alert.send")}
        </button>
      </p>
      {trial.error && <Fault>{trial.error.message}</Fault>}
      {trial.isSuccess && <p role="status">{t("alert.sent")}</p>}
    </>
  );
}
