import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useKeptMine } from "../account/kept-mine.ts";
import { servicesQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { Good } from "./parts.tsx";
import { useAddFirstService } from "./queries.ts";
import { useSetupWords } from "./words.ts";

export function ServiceStep() {
  const words = useWords();
  const t = useSetupWords();
  const services = useQuery(servicesQuery()).data?.data;
  const add = useAddFirstService();
  const { draft, set } = useKeptMine("first service", () => ({ french: "", english: "", team: "" }));
  const { french, english, team } = draft;
  const change = (field: keyof typeof draft) => (typed: string) => set((old) => ({ ...old, [field]: typed }));
  if (!services) return null;
  if (services.length > 0) {
    const names = services.slice(0, 5).map((one) => (words.language === "fr" ? one.nameFr : one.nameEn));
    return (
      <>
        <Good>{t("service.done", { count: services.length, names: words.list(names) })}</Good>
        <p className="muted">{t("service.more")}</p>
      </>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const nameFr = french.trim();
    if (!add.isPending) add.mutate({ nameFr, nameEn: english.trim() || nameFr, team: team.trim() });
  };
  return (
    <form className="fields" onSubmit={submit}>
      <p>{t("service.what")}</p>
      <TextField label={t("service.name-fr")} value={french} onChange={change("french")} maxLength={200} required />
      <TextField
        label={t("service.name-en")}
        note={words.t("ui.optional")}
        hint={t("service.name-en.hint")}
        value={english}
        onChange={change("english")}
        maxLength={200}
      />
      <TextField label={t("service.team")} value={team} onChange={change("team")} maxLength={200} required />
      {add.error && <Fault>{failureSentence(words, add.error)}</Fault>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={add.isPending}>
          {t("service.do")}
        </button>
      </p>
    </form>
  );
}
