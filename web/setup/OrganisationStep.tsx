/** Language and zone of the desk itself. Proposed from this browser, so that most people only confirm. */

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Locale, locales } from "#core/kernel/vocabulary.ts";
import { hour } from "#languages/format.ts";
import { failureSentence } from "../language/sentences.ts";
import { browserZone, useWords } from "../language/words.tsx";
import { SelectField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { settingsQuery } from "./directory-queries.ts";
import { Good } from "./parts.tsx";
import { useSetOrganisation } from "./queries.ts";
import type { StepProps } from "./steps.ts";
import { useSetupWords } from "./words.ts";

export function OrganisationStep({ checks }: StepProps) {
  const { data } = useQuery(settingsQuery());
  const confirmed = checks.some((one) => one.id === "organisation" && one.state === "ok");
  return data ? <OrganisationForm settings={data} confirmed={confirmed} /> : null;
}

type Settings = { language: Locale; zone: string };

function OrganisationForm({ settings, confirmed }: { settings: Settings; confirmed: boolean }) {
  const words = useWords();
  const t = useSetupWords();
  const set = useSetOrganisation();
  useMinutes();
  const here = browserZone();
  const [language, setLanguage] = useState<Locale>(confirmed ? settings.language : words.locale);
  const [zone, setZone] = useState(confirmed ? settings.zone : here);
  const zones = [...new Set([here, settings.zone, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!set.isPending) set.mutate({ language, zone });
  };
  return (
    <form className="fields" onSubmit={submit}>
      <p>{t("organisation.what")}</p>
      <div className="two">
        <SelectField
          label={t("organisation.language")}
          value={language}
          onChange={(chosen) => setLanguage(chosen as Locale)}
          options={locales.map((value) => ({ value, label: words.t(`locale.${value}`) }))}
        />
        <SelectField
          label={t("organisation.zone")}
          hint={[
            zone === here ? null : t("organisation.here", { zone: here }),
            t("organisation.now", { hour: hour(now(), zone) }),
          ]
            .filter(Boolean)
            .join(" ")}
          value={zone}
          onChange={setZone}
          options={zones.map((value) => ({ value, label: value.replaceAll("_", " ") }))}
        />
      </div>
      {set.error && <Fault>{failureSentence(words, set.error)}</Fault>}
      <p>
        <button className={confirmed ? "btn" : "btn primary"} type="submit" aria-disabled={set.isPending}>
          {t("organisation.do")}
        </button>
      </p>
      {confirmed && (
        <Good>{t("organisation.done", { language: words.t(`locale.${settings.language}`), zone: settings.zone })}</Good>
      )}
    </form>
  );
}
