/** A new integration: once made, its own page shows its key. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { nameIn, offered } from "../directory/names.ts";
import { servicesQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { type Kind, kinds, useAddIntegration } from "./queries.ts";
import { useIntakeWords } from "./words.ts";

export function Making() {
  const words = useWords();
  const { t } = words;
  const { t: say } = useIntakeWords();
  const navigate = useNavigate();
  const make = useAddIntegration();
  const [typed, setTyped] = useState<string | null>(null);
  const [kind, setKind] = useState<Kind>("alertmanager");
  const [service, setService] = useState("");
  const name = typed ?? t(`integration.${kind}`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending) return;
    make.mutate(
      { kind, name: name.trim(), service: service || null },
      { onSuccess: ({ id }) => void navigate({ to: "/integrations/$id", params: { id } }) },
    );
  };
  return (
    <form className="fields" onSubmit={submit}>
      <SelectField
        label={t("integrations.kind")}
        hint={say(`kind.${kind}.what`)}
        value={kind}
        onChange={(chosen) => setKind(chosen as Kind)}
        options={kinds.map((value) => ({ value, label: t(`integration.${value}`) }))}
      />
      <TextField label={t("integrations.name")} value={name} onChange={setTyped} maxLength={200} required />
      <ServiceField value={service} onChange={setService} />
      {make.error && <Fault>{failureSentence(words, make.error)}</Fault>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={make.isPending}>
          {t("integrations.make")}
        </button>
      </p>
    </form>
  );
}

export function ServiceField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t, language } = useWords();
  const { t: say } = useIntakeWords();
  const services = offered(useQuery(servicesQuery()).data?.data ?? [], value);
  return (
    <SelectField
      label={say("make.service")}
      note={t("ui.optional")}
      hint={say("make.service.hint")}
      value={value}
      onChange={onChange}
      empty={t("service.none")}
      options={services.map((one) => ({ value: one.id, label: nameIn(language, one) }))}
    />
  );
}
