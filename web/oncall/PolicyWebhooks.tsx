/** The addresses that steps of policies post to: what became of the last thing asked of each, and a test of it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { meQuery } from "../account/queries.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { AdminAct, Section } from "../directory/frame.tsx";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Evidence } from "../notification/Evidence.tsx";
import { reasonFor } from "../notification/reasons.ts";
import { announce } from "../ui/announce.tsx";
import { TextField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { OnceShown } from "../ui/OnceShown.tsx";
import "./oncall.css";
import {
  type PolicyWebhook,
  policyWebhookDeliveriesQuery,
  policyWebhooksQuery,
  useAddPolicyWebhook,
  useRemovePolicyWebhook,
  useRenewPolicyWebhookSecret,
  useTestPolicyWebhook,
} from "./policy-webhooks.ts";

export function PolicyWebhooks() {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(policyWebhooksQuery());
  const { data: me } = useSuspenseQuery(meQuery());
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Section title={t("policy-webhooks.title")} note={t("policy-webhooks.note")}>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data?.data.length === 0 && <p className="muted">{t("policy-webhooks.none")}</p>}
      <ul className="posted">
        {data?.data.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ul>
      {secret && <OnceShown title={t("policy-webhooks.secret")} code={secret} />}
      {/* To others, the page says once already why this is not theirs. */}
      {me.admin && (
        <p className="acts">
          <AdminAct word={t("policy-webhooks.add")} form={(close) => <AddForm onAdded={setSecret} onClose={close} />} />
        </p>
      )}
    </Section>
  );
}

function AddForm({ onAdded, onClose }: { onAdded: (secret: string) => void; onClose: () => void }) {
  const { t } = useWords();
  const act = useAddPolicyWebhook();
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  return (
    <FormPanel
      title={t("policy-webhooks.add.title")}
      word={t("policy-webhooks.add")}
      act={act}
      body={() => ({ name: name.trim(), url: url.trim() })}
      onClose={onClose}
      onDone={({ secret }) => {
        onAdded(secret);
      }}
    >
      <p className="hint">{t("policy-webhooks.add.hint")}</p>
      <TextField
        label={t("policy-webhooks.name")}
        value={name}
        onChange={setName}
        error={errorAt(act.error, "/name")}
        maxLength={100}
        required
        first
      />
      <TextField
        label={t("policy-webhooks.url")}
        hint={t("policy-webhooks.url.hint")}
        value={url}
        onChange={setUrl}
        error={errorAt(act.error, "/url")}
        maxLength={2_000}
        required
      />
    </FormPanel>
  );
}

function Line({ one }: { one: PolicyWebhook }) {
  const words = useWords();
  const { t, moment } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const failed = one.lastError !== null;
  return (
    <li>
      <p>
        <b>{one.name}</b> <span className="muted">{one.host}</span>
      </p>
      <p className="how">
        <Icon name={one.askedAt === null ? "question" : failed ? "fault" : "check"} size={14} />
        <span>
          {one.askedAt === null
            ? t("policy-webhooks.never")
            : t(failed ? "policy-webhooks.failed" : "policy-webhooks.taken", { at: moment(one.askedAt) })}
          {one.lastError !== null && <span className="muted"> {reasonFor(words, one.lastError)}</span>}
        </span>
      </p>
      {me.admin && <Acts one={one} />}
    </li>
  );
}

function Acts({ one: { id, name } }: { one: PolicyWebhook }) {
  const words = useWords();
  const { t } = words;
  const test = useTestPolicyWebhook(id);
  const renew = useRenewPolicyWebhookSecret(id);
  const remove = useRemovePolicyWebhook(id);
  const [open, setOpen] = useState(false);
  const failed = test.error ?? renew.error ?? remove.error;
  const button = (word: string, busy: boolean, run: () => void) => (
    <button className="btn s" type="button" aria-disabled={busy} onClick={() => !busy && run()}>
      {word}
      <span className="vh"> {name}</span>
    </button>
  );
  const tested = ({ lastError }: PolicyWebhook) =>
    announce(t(lastError === null ? "policy-webhooks.tested" : "policy-webhooks.test.failed", { name }));
  return (
    <>
      <p className="acts">
        {button(t("policy-webhooks.test"), test.isPending, () => test.mutate(undefined, { onSuccess: tested }))}
        {button(t("contact.secret.renew"), renew.isPending, () => renew.mutate(undefined))}
        {button(t("frame.remove"), remove.isPending, () =>
          remove.mutate(undefined, { onSuccess: () => announce(t("policy-webhooks.removed", { name })) }),
        )}
      </p>
      {failed && <Fault>{failureSentence(words, failed)}</Fault>}
      {renew.data && (
        <OnceShown
          title={t("contact.secret.renewed", { at: words.moment(renew.data.previousUntil) })}
          code={renew.data.secret}
        />
      )}
      <details className="disclose" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Icon name="chevron" size={12} />
          {t("policy-webhooks.deliveries")}
          <span className="vh"> {name}</span>
        </summary>
        {open && <Deliveries id={id} />}
      </details>
    </>
  );
}

function Deliveries({ id }: { id: string }) {
  const words = useWords();
  const { t, moment } = words;
  const { data, error } = useQuery(policyWebhookDeliveriesQuery(id));
  if (error) return <Fault>{failureSentence(words, error)}</Fault>;
  if (!data) return null;
  if (data.data.length === 0) return <p className="empty">{t("policy-webhooks.deliveries.none")}</p>;
  return (
    <ul className="log">
      {data.data.map((one) => (
        <li className="call" key={one.id}>
          <time dateTime={one.at} title={words.exact(one.at)}>
            {moment(one.at)}
          </time>
          <span>
            {t(`delivery.status.${one.status}`)}
            <Evidence all={one.evidence} />
          </span>
        </li>
      ))}
    </ul>
  );
}
