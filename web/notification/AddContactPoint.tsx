/** Adding a way of being reached: one form, whose fields are those of its kind. */
import { type FormEvent, useState } from "react";
import type { z } from "zod";
import type { newContactPoint } from "#contract/notifications.ts";
import { channelKinds } from "#core/directory/types.ts";
import { useKeptMine } from "../account/kept-mine.ts";
import { RequestFailed } from "../client.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { OnceShown } from "../ui/OnceShown.tsx";
import { type PushRefused, subscribeThisDevice } from "./push.ts";
import { useAddContactPoint } from "./queries.ts";

type Kind = (typeof channelKinds)[number];

const blank = { name: "", address: "", number: "", to: "", server: "https://ntfy.sh", topic: "", token: "", url: "" };
type Typed = typeof blank;
type Draft = { readonly kind: Kind; readonly typed: Typed };

/** What a device says of itself is asked of it when the form is sent, and not typed. */
function bodyOf(kind: Exclude<Kind, "push">, typed: Typed): z.input<typeof newContactPoint> {
  const name = typed.name.trim() || null;
  switch (kind) {
    case "email":
      return { kind, name, address: typed.address.trim() };
    case "sms":
    case "voice":
      return { kind, name, number: typed.number.trim() };
    case "ntfy":
      return { kind, name, server: typed.server.trim(), topic: typed.topic.trim(), token: typed.token.trim() || null };
    case "telegram":
    case "slack":
      return { kind, name, to: typed.to.trim() };
    case "mattermost":
    case "teams":
    case "webhook":
      return { kind, name, url: typed.url.trim() };
  }
}

export function AddContactPoint() {
  const words = useWords();
  const { t } = words;
  const add = useAddContactPoint();
  const { draft, set: change } = useKeptMine<Draft>("contact", () => ({ kind: "ntfy", typed: blank }));
  const { kind, typed } = draft;
  const set = (field: keyof Typed) => (value: string) =>
    change((old) => ({ ...old, typed: { ...old.typed, [field]: value } }));
  const errors = add.error instanceof RequestFailed ? (add.error.problem.errors ?? []) : [];
  const errorOf = (field: string): string | undefined => errors.find((one) => one.pointer === `/${field}`)?.detail;
  const beside = errors.length > 0 && errors.every((one) => one.pointer.slice(1) in blank);
  const [refused, setRefused] = useState<PushRefused | null>(null);
  const send = (body: z.input<typeof newContactPoint>) =>
    add.mutate(body, {
      onSuccess: () => {
        change((old) => ({ ...old, typed: blank }));
        announce(t("contact.added"));
      },
    });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    setRefused(null);
    if (kind !== "push") return send(bodyOf(kind, typed));
    const subscribed = await subscribeThisDevice();
    if (typeof subscribed === "string") return setRefused(subscribed);
    send({ kind, name: typed.name.trim() || null, ...subscribed });
  };
  return (
    <form className="making fields" onSubmit={submit}>
      <SelectField
        label={t("contact.kind")}
        value={kind}
        onChange={(chosen) => change((old) => ({ ...old, kind: chosen as Kind }))}
        options={channelKinds.map((value) => ({ value, label: t(`contact.kind.${value}`) }))}
      />
      <p className="hint">{t(`contact.kind.${kind}.hint`)}</p>
      <KindFields kind={kind} typed={typed} set={set} errorOf={errorOf} />
      <TextField
        label={t("contact.name")}
        note={t("ui.optional")}
        hint={t("contact.name.hint")}
        value={typed.name}
        onChange={set("name")}
        maxLength={60}
      />
      {refused !== null && <Fault>{t(`contact.push.${refused}`)}</Fault>}
      {add.error && !beside && <Fault>{failureSentence(words, add.error)}</Fault>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={add.isPending}>
          {t("contact.add.do")}
        </button>
      </p>
      {add.data?.secret && <OnceShown title={t("contact.secret.once")} code={add.data.secret} />}
    </form>
  );
}

type FieldsProps = {
  kind: Kind;
  typed: Typed;
  set: (field: keyof Typed) => (value: string) => void;
  errorOf: (field: string) => string | undefined;
};

function KindFields({ kind, typed, set, errorOf }: FieldsProps) {
  const { t } = useWords();
  const field = (name: keyof Typed) => ({ value: typed[name], onChange: set(name), error: errorOf(name) });
  switch (kind) {
    case "push":
      return null;
    case "email":
      return <TextField label={t("contact.address")} type="email" {...field("address")} maxLength={254} required />;
    case "sms":
    case "voice":
      return (
        <TextField
          label={t("contact.number")}
          hint={t("contact.number.hint")}
          type="tel"
          autoComplete="tel"
          {...field("number")}
          maxLength={40}
          required
        />
      );
    case "ntfy":
      return (
        <>
          <TextField label={t("contact.server")} {...field("server")} maxLength={2000} required />
          <TextField
            label={t("contact.topic")}
            hint={t("contact.topic.hint")}
            {...field("topic")}
            maxLength={64}
            required
          />
          <TextField
            label={t("contact.token")}
            note={t("ui.optional")}
            type="password"
            {...field("token")}
            maxLength={200}
          />
        </>
      );
    case "telegram":
    case "slack":
      return <TextField label={t(`contact.to.${kind}`)} {...field("to")} maxLength={22} required />;
    case "mattermost":
    case "teams":
    case "webhook":
      return <TextField label={t("contact.url")} {...field("url")} maxLength={2000} required />;
  }
}
