/** The list of those who take turns: people that the desk knows, and people it meets here. Moved by buttons, not by dragging. */
import { type FormEvent, useState } from "react";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useSetupWords } from "./words.ts";

/** Without an id: not yet in the directory. */
export type OnCall = { readonly id?: string; readonly name: string; readonly email: string };

type Props = {
  people: readonly OnCall[];
  called: readonly OnCall[];
  onChange: (called: readonly OnCall[]) => void;
};

export function OnCallPeople({ people, called, onChange }: Props) {
  const t = useSetupWords();
  const others = people.filter((one) => !called.some((known) => known.id === one.id));
  return (
    <fieldset className="turns">
      <legend className="lab">{t("on-call.people")}</legend>
      {called.length === 0 ? (
        <p className="hint fault" id="nobody-on-call">
          {t("on-call.none")}
        </p>
      ) : (
        <ol>
          {called.map((one, index) => (
            <Turn key={one.email} one={one} index={index} called={called} onChange={onChange} />
          ))}
        </ol>
      )}
      {others.length > 0 && (
        <SelectField
          label={t("on-call.choose")}
          value=""
          empty=""
          onChange={(id) => {
            const chosen = others.find((one) => one.id === id);
            if (chosen) onChange([...called, chosen]);
          }}
          options={others.map((one) => ({ value: one.id ?? "", label: one.name }))}
        />
      )}
      <Newcomer taken={[...people, ...called]} onAdd={(one) => onChange([...called, one])} />
    </fieldset>
  );
}

type TurnProps = Pick<Props, "called" | "onChange"> & { one: OnCall; index: number };

function Turn({ one, index, called, onChange }: TurnProps) {
  const t = useSetupWords();
  const without = called.filter((other) => other !== one);
  return (
    <li>
      <span>
        {one.name} <small className="muted">{one.email}</small>
      </span>
      {/* It stays when one is first already: whoever moves somebody up by key is not left without a place. */}
      <button
        className="btn s"
        type="button"
        aria-label={t("on-call.up", { name: one.name })}
        aria-disabled={index === 0}
        onClick={() => index > 0 && onChange([...without.slice(0, index - 1), one, ...without.slice(index - 1)])}
      >
        <Icon name="up" size={14} />
      </button>
      <button
        className="btn s"
        type="button"
        aria-label={t("on-call.remove", { name: one.name })}
        onClick={() => onChange(without)}
      >
        <Icon name="cross" size={14} />
      </button>
    </li>
  );
}

function Newcomer({ taken, onAdd }: { taken: readonly OnCall[]; onAdd: (one: OnCall) => void }) {
  const t = useSetupWords();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const known = taken.some((one) => one.email.toLowerCase() === email.trim().toLowerCase());
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (known) return;
    onAdd({ name: name.trim(), email: email.trim() });
    setName("");
    setEmail("");
  };
  return (
    <details className="disclose">
      <summary>
        <Icon name="chevron" size={12} />
        {t("on-call.add")}
      </summary>
      <form className="fields" onSubmit={add}>
        <div className="two">
          <TextField label={t("on-call.new.name")} value={name} onChange={setName} maxLength={200} required />
          <TextField
            label={t("on-call.new.email")}
            type="email"
            value={email}
            onChange={setEmail}
            maxLength={254}
            error={known ? t("on-call.new.known") : undefined}
            required
          />
        </div>
        <p>
          <button className="btn" type="submit">
            {t("on-call.new.do")}
          </button>
        </p>
      </form>
    </details>
  );
}
