/** An account with a provider: its fields are those of its kind. What opens it is typed here, and never shown again. */
import { type FormEvent, useState } from "react";
import type { z } from "zod";
import type { newProvider } from "#contract/providers.ts";
import { RequestFailed } from "../client.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { useAddProvider } from "./provider-queries.ts";
import { useChannelWords } from "./words.ts";

const kinds = ["twilio", "vonage", "slack", "telegram"] as const;
type Kind = (typeof kinds)[number];

const servers: Readonly<Record<Kind, string>> = {
  twilio: "https://api.twilio.com",
  vonage: "https://api.nexmo.com",
  slack: "https://slack.com",
  telegram: "https://api.telegram.org",
};
const blank = {
  name: "",
  server: "",
  from: "",
  accountSid: "",
  authToken: "",
  applicationId: "",
  privateKey: "",
  signatureSecret: "",
  botToken: "",
  signingSecret: "",
};
type Typed = typeof blank;

function bodyOf(kind: Kind, typed: Typed): z.input<typeof newProvider> {
  const name = typed.name.trim() || null;
  const server = typed.server.trim() || servers[kind];
  if (kind === "telegram") return { kind, name, server, botToken: typed.botToken.trim() };
  if (kind === "slack")
    return { kind, name, server, botToken: typed.botToken.trim(), signingSecret: typed.signingSecret.trim() };
  const from = typed.from.trim();
  if (kind === "twilio")
    return { kind, name, server, from, accountSid: typed.accountSid.trim(), authToken: typed.authToken.trim() };
  return {
    kind,
    name,
    server,
    from,
    applicationId: typed.applicationId.trim(),
    privateKey: typed.privateKey,
    signatureSecret: typed.signatureSecret.trim(),
  };
}

export function AddProvider() {
  const words = useWords();
  const { t } = words;
  const { t: say } = useChannelWords();
  const add = useAddProvider();
  const [kind, setKind] = useState<Kind>("twilio");
  const [typed, setTyped] = useState<Typed>(blank);
  const errors = add.error instanceof RequestFailed ? (add.error.problem.errors ?? []) : [];
  const beside = errors.length > 0 && errors.every((one) => one.pointer.slice(1) in blank);
  const field = (name: keyof Typed) => ({
    value: typed[name],
    onChange: (value: string) => setTyped((old) => ({ ...old, [name]: value })),
    error: errors.find((one) => one.pointer === `/${name}`)?.detail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    add.mutate(bodyOf(kind, typed), {
      onSuccess: () => {
        setTyped(blank);
        announce(say("providers.added"));
      },
    });
  };
  return (
    <form className="making fields" onSubmit={submit}>
      <SelectField
        label={say("providers.kind")}
        value={kind}
        onChange={(chosen) => setKind(chosen as Kind)}
        options={kinds.map((value) => ({ value, label: say(`providers.kind.${value}`) }))}
      />
      <KindFields kind={kind} field={field} />
      <TextField
        label={t("contact.server")}
        note={t("ui.optional")}
        hint={say("providers.server.hint", { server: servers[kind] })}
        {...field("server")}
        maxLength={300}
      />
      <TextField label={t("contact.name")} note={t("ui.optional")} {...field("name")} maxLength={60} />
      {add.error && !beside && <Fault>{failureSentence(words, add.error)}</Fault>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={add.isPending}>
          {say("providers.add.do")}
        </button>
      </p>
    </form>
  );
}

type FieldOf = (name: keyof Typed) => {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
};

function KindFields({ kind, field }: { kind: Kind; field: FieldOf }) {
  if (kind === "telegram" || kind === "slack") return <ChatFields kind={kind} field={field} />;
  return (
    <>
      <PhoneFields kind={kind} field={field} />
      <From field={field} />
    </>
  );
}

function ChatFields({ kind, field }: { kind: "telegram" | "slack"; field: FieldOf }) {
  const { t: say } = useChannelWords();
  return (
    <>
      <TextField label={say("providers.bot-token")} type="password" {...field("botToken")} maxLength={320} required />
      {kind === "slack" && (
        <TextField
          label={say("providers.signing-secret")}
          type="password"
          {...field("signingSecret")}
          maxLength={200}
          required
        />
      )}
    </>
  );
}

function From({ field }: { field: FieldOf }) {
  const { t } = useWords();
  const { t: say } = useChannelWords();
  return (
    <TextField
      label={say("providers.from")}
      hint={t("contact.number.hint")}
      type="tel"
      {...field("from")}
      maxLength={40}
      required
    />
  );
}

function PhoneFields({ kind, field }: { kind: "twilio" | "vonage"; field: FieldOf }) {
  const { t: say } = useChannelWords();
  if (kind === "twilio")
    return (
      <>
        <TextField label={say("providers.account-sid")} {...field("accountSid")} maxLength={34} required />
        <TextField
          label={say("providers.auth-token")}
          type="password"
          {...field("authToken")}
          maxLength={200}
          required
        />
      </>
    );
  return (
    <>
      <TextField label={say("providers.application-id")} {...field("applicationId")} maxLength={36} required />
      <TextField
        label={say("providers.private-key")}
        hint={say("providers.private-key.hint")}
        lines
        {...field("privateKey")}
        maxLength={5000}
        required
      />
      <TextField
        label={say("providers.signature-secret")}
        type="password"
        {...field("signatureSecret")}
        maxLength={200}
        required
      />
    </>
  );
}
