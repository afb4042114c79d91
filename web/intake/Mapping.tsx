/** How a generic event is read: one expression in CEL for each field, written here. */
import { useState } from "react";
import { FormPanel } from "../directory/FormPanel.tsx";
import { Fact, Facts, Section } from "../directory/frame.tsx";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { type Integration, useChangeIntegration } from "./queries.ts";
import { exampleMapping } from "./senders.ts";
import { useIntakeWords } from "./words.ts";

const fields = ["title", "key", "action", "severity", "source", "group", "items"] as const;
type Field = (typeof fields)[number];

export function MappingSection({ one }: { one: Integration }) {
  const { t: say } = useIntakeWords();
  const [open, setOpen] = useState(false);
  const written = fields.filter((field) => one.mapping?.[field]);
  return (
    <Section title={say("mapping.title")}>
      {written.length === 0 && <p className="muted">{say("mapping.none")}</p>}
      {written.length > 0 && (
        <Facts>
          {written.map((field) => (
            <Fact key={field} word={say(`mapping.${field}.field`)}>
              <code>{one.mapping?.[field]}</code>
            </Fact>
          ))}
        </Facts>
      )}
      <p className="acts">
        <button className="btn s" type="button" onClick={() => setOpen(true)}>
          {say("mapping.change")}
        </button>
      </p>
      {open && <MappingForm one={one} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function MappingForm({ one, onClose }: { one: Integration; onClose: () => void }) {
  const { t } = useWords();
  const { t: say, find } = useIntakeWords();
  const [draft, setDraft] = useState<Readonly<Partial<Record<Field, string>>>>(one.mapping ?? {});
  const body = () => {
    const written = fields.flatMap((field): [Field, string][] => {
      const expression = draft[field]?.trim() ?? "";
      return expression === "" ? [] : [[field, expression]];
    });
    return { mapping: written.length === 0 ? null : Object.fromEntries(written) };
  };
  return (
    <FormPanel
      title={say("mapping.change")}
      note={one.name}
      word={t("frame.save")}
      act={useChangeIntegration(one.id)}
      body={body}
      onClose={onClose}
    >
      <p className="muted">{say("mapping.what")}</p>
      <p>
        <button className="btn s" type="button" onClick={() => setDraft(exampleMapping)}>
          {say("mapping.example")}
        </button>
      </p>
      {fields.map((field) => (
        <TextField
          key={field}
          label={say(`mapping.${field}.field`)}
          note={field}
          hint={find(`mapping.${field}.hint`)}
          value={draft[field] ?? ""}
          onChange={(value) => setDraft((old) => ({ ...old, [field]: value }))}
          className="mono"
          maxLength={2_000}
          first={field === "title"}
        />
      ))}
    </FormPanel>
  );
}
