/** What an organisation says of a law that binds it: what holds of it, whose days off count, and its own targets where the law gives no
 *  figure. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { ZoneField } from "../directory/ZoneField.tsx";
import { useWords } from "../language/words.tsx";
import { placesQuery } from "../oncall/holidays.ts";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { type LawSetting, useBindLaw } from "./queries.ts";
import { useObligationWords } from "./words.ts";

export function LawForm({ law, onClose }: { law: LawSetting; onClose: () => void }) {
  const { language, zone } = useWords();
  const { t: say } = useObligationWords();
  const act = useBindLaw();
  const places = useQuery(placesQuery()).data?.data ?? [];
  const without = law.legs.filter(({ limit }) => limit === null);
  const { bound } = law;
  const [traits, setTraits] = useState<readonly string[]>(bound?.traits ?? []);
  const [targets, setTargets] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(Object.entries(bound?.targets ?? {}).map(([leg, hours]) => [leg, String(hours)])),
  );
  const [place, setPlace] = useState(bound?.place ?? "");
  const [own, setOwn] = useState(bound?.zone !== null && bound !== null);
  const [there, setThere] = useState(bound?.zone ?? zone);
  const body = () => {
    const hours = Object.entries(targets).filter(([, text]) => text.trim() !== "");
    return {
      ...{ law: law.id, traits: [...traits], place: place || null, zone: own ? there : null },
      targets: Object.fromEntries(hours.map(([leg, text]) => [leg, Number(text)])),
    };
  };
  return (
    <FormPanel
      title={law.name}
      note={law.source}
      word={say(bound ? "law.save" : "law.bind")}
      act={act}
      body={body}
      onClose={onClose}
    >
      <p className="hint">{say("law.form")}</p>
      {law.traits.length > 0 && (
        <fieldset className="choices">
          <legend className="lab">{say("law.traits")}</legend>
          {law.traits.map(({ id, name }) => (
            <CheckField
              key={id}
              label={name}
              value={traits.includes(id)}
              onChange={(on) => setTraits((old) => (on ? [...old, id] : old.filter((one) => one !== id)))}
            />
          ))}
        </fieldset>
      )}
      {without.length > 0 && <Targets legs={without} targets={targets} onChange={setTargets} error={act.error} />}
      <SelectField
        label={say("law.place")}
        hint={say("law.place.hint")}
        value={place}
        onChange={setPlace}
        options={places
          .map((one) => ({ value: one.place, label: language === "fr" ? one.nameFr : one.nameEn }))
          .sort((a, b) => a.label.localeCompare(b.label, language))}
        empty={say("law.place.none")}
        error={errorAt(act.error, "/place")}
      />
      <CheckField label={say("law.zone")} value={own} onChange={setOwn} />
      {own && <ZoneField value={there} onChange={setThere} error={errorAt(act.error, "/zone")} />}
    </FormPanel>
  );
}

type TargetsProps = {
  legs: LawSetting["legs"];
  targets: Readonly<Record<string, string>>;
  onChange: (targets: Readonly<Record<string, string>>) => void;
  error: unknown;
};

function Targets({ legs, targets, onChange, error }: TargetsProps) {
  const { t: say } = useObligationWords();
  return (
    <fieldset className="targets">
      <legend className="lab">{say("law.targets")}</legend>
      <p className="hint">{say("law.targets.hint")}</p>
      {legs.map(({ id, name }) => (
        <TextField
          key={id}
          label={name}
          note={say("law.hours")}
          type="number"
          min="1"
          max="87600"
          value={targets[id] ?? ""}
          onChange={(text) => onChange({ ...targets, [id]: text })}
          error={errorAt(error, `/targets/${id}`)}
        />
      ))}
    </fieldset>
  );
}
