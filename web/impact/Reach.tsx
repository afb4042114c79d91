/** What is affected and what depends on it, drawn from left to right. */
import { nameIn } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import { Layers } from "./Layers.tsx";
import { type Box, boxesMax } from "./layers.ts";
import type { ImpactView } from "./queries.ts";
import { useImpactWords } from "./words.ts";
import "./impact.css";

export function Reach({ view }: { view: ImpactView }) {
  const { language } = useWords();
  const { t: say } = useImpactWords();
  const all = boxesOf(view, (one) => nameIn(language, one)).map((box) => ({ ...box, note: say(`status.${box.note}`) }));
  if (all.length < 2) return null;
  const boxes = all.slice(0, boxesMax);
  const lines = view.dependencies.map(({ service, on, kind }) => ({
    ...{ from: on, to: service, dashed: kind === "degraded-without" },
  }));
  return (
    <section className="sec" aria-labelledby="reach">
      <header>
        <h2 id="reach">{say("graph")}</h2>
      </header>
      <p className="hint">{say("graph.hint")}</p>
      <Layers label={say("graph")} boxes={boxes} lines={lines} />
      {all.length > boxes.length && <p className="muted">{say("graph.more", { count: all.length - boxes.length })}</p>}
    </section>
  );
}

type Note = ImpactView["affected"][number]["status"];

/** What is affected first; what was confirmed stands as far away as what it depends on makes it. */
function boxesOf(
  { affected, proposed, main, dependencies }: ImpactView,
  name: (one: ImpactView["affected"][number]["service"]) => string,
): (Omit<Box, "note"> & { readonly note: Note })[] {
  const said = affected.filter(({ status }) => status !== "back");
  const first = main && !main.said ? [{ service: main.service, status: "down" as const, open: true }] : [];
  const given = [...first, ...said.map(({ service, status }) => ({ service, status, open: false }))];
  const layers = new Map<string, number>();
  const ids = new Set(given.map(({ service }) => service.id));
  /* As many rounds as there are services: a circle ends. */
  for (let round = 0; round < given.length; round += 1)
    for (const { service } of given) {
      const under = dependencies.filter((one) => one.service === service.id && ids.has(one.on));
      const layer = Math.max(0, ...under.map(({ on }) => (layers.get(on) ?? 0) + 1));
      layers.set(service.id, Math.min(layer, 5));
    }
  const from = (id: string): number => layers.get(id) ?? 0;
  return [
    ...given.map(({ service, status, open }) => ({
      ...{ id: service.id, name: name(service), layer: from(service.id), note: status },
      tone: `s-${status}${open ? " open" : ""}`,
    })),
    ...proposed.map((one) => ({
      ...{ id: one.service.id, name: name(one.service), layer: from(one.from.id) + one.depth, note: one.harm },
      tone: `s-${one.harm} open`,
    })),
  ];
}
