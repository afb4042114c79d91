/** What the form of a command asks at this moment: a reason that only some cases need is asked for in those. */
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { linkAsksWhy } from "#core/incidents/links.ts";
import type { LinkKind } from "#core/kernel/vocabulary.ts";
import { commandForms, type Draft, type Field } from "./command-forms.ts";

type Now = { readonly view: Pick<IncidentView, "workstreams">; readonly draft: Draft; readonly meId: string };

export function fieldsNow(command: IncidentCommandName, now: Now): readonly Field[] {
  const needed = asksWhy(command, now);
  return commandForms[command].map((field) =>
    needed && field.name === "reason" ? { name: field.name, kind: field.kind } : field,
  );
}

function asksWhy(command: IncidentCommandName, { view, draft, meId }: Now): boolean {
  if (command === "link") return linkAsksWhy(draft.kind as LinkKind);
  if (command !== "accept-workstream") return false;
  const stream = view.workstreams.find(({ number }) => String(number) === draft.workstream);
  return stream !== undefined && stream.offer?.to.id !== meId;
}
