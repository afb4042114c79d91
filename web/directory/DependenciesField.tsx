/** What a service depends on, one line for each, as its form edits it. */
import { useQuery } from "@tanstack/react-query";
import type { DependencyKind } from "#core/kernel/impact-words.ts";
import { dependencyKinds } from "#core/kernel/impact-words.ts";
import { useImpactWords } from "../impact/words.ts";
import { useWords } from "../language/words.tsx";
import { SelectField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { errorAt } from "./FormPanel.tsx";
import { nameIn, offered } from "./names.ts";
import { servicesQuery } from "./queries.ts";
import "../impact/impact.css";

export type Needed = { on: string; kind: DependencyKind };
type Props = { self: string | null; value: readonly Needed[]; onChange: (value: Needed[]) => void; error: unknown };

const words = { needs: "deps.needs", "degraded-without": "deps.degraded" } as const;

export function DependenciesField({ self, value, onChange, error }: Props) {
  const { t, language } = useWords();
  const { t: say } = useImpactWords();
  const all = useQuery(servicesQuery()).data?.data ?? [];
  const services = offered(all, ...value.map(({ on }) => on)).filter(({ id }) => id !== self);
  const put = (index: number, part: Partial<Needed>) =>
    onChange(value.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <fieldset className="choosing">
      <legend className="lab">
        {say("deps")} <small>{t("ui.optional")}</small>
      </legend>
      <p className="hint">{say("deps.hint")}</p>
      {value.map((one, index) => {
        const taken = new Set(value.filter((_, at) => at !== index).map(({ on }) => on));
        const named = services.find(({ id }) => id === one.on);
        return (
          /* biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name until it is filled */
          <div key={index} className="dependency">
            <SelectField
              label={say("field.service")}
              value={one.on}
              onChange={(on) => put(index, { on })}
              empty={say("field.choose")}
              options={services
                .filter(({ id }) => !taken.has(id))
                .map((each) => ({ value: each.id, label: nameIn(language, each) }))}
              error={errorAt(error, `/dependsOn/${index}`)}
              required
            />
            <SelectField
              label={say("deps.kind")}
              value={one.kind}
              onChange={(kind) => put(index, { kind: kind as DependencyKind })}
              options={dependencyKinds.map((kind) => ({ value: kind, label: say(words[kind]) }))}
            />
            <button
              className="btn s"
              type="button"
              aria-label={say("deps.remove", { name: named ? nameIn(language, named) : String(index + 1) })}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            >
              <Icon name="cross" size={14} />
            </button>
          </div>
        );
      })}
      <p>
        <button className="btn s" type="button" onClick={() => onChange([...value, { on: "", kind: "needs" }])}>
          {say("deps.add")}
        </button>
      </p>
    </fieldset>
  );
}
