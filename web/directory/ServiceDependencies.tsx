/** What stands around a service: what it depends on and what depends on it, in words, and drawn. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { around } from "#core/directory/dependencies.ts";
import { Layers } from "../impact/Layers.tsx";
import { boxesMax, selfTone, stretched } from "../impact/layers.ts";
import { useImpactWords } from "../impact/words.ts";
import { useWords } from "../language/words.tsx";
import { Fact, Facts, Section } from "./frame.tsx";
import { nameIn } from "./names.ts";
import { type Service, servicesQuery } from "./queries.ts";
import "../impact/impact.css";

export function ServiceDependencies({ service }: { service: Service }) {
  const { language } = useWords();
  const { t: say } = useImpactWords();
  const services = useQuery(servicesQuery()).data?.data ?? [];
  const byId = new Map(services.map((one) => [one.id, one]));
  const on = (kind: string) => service.dependsOn.filter((one) => one.kind === kind).map((one) => one.on);
  const of = (kind: string) =>
    services
      .filter(({ dependsOn }) => dependsOn.some((one) => one.on === service.id && one.kind === kind))
      .map(({ id }) => id);
  const facts = [
    ["deps.needs", on("needs")],
    ["deps.degraded", on("degraded-without")],
    ["deps.needed", of("needs")],
    ["deps.degrades", of("degraded-without")],
  ] as const;
  const nothing = facts.every(([, ids]) => ids.length === 0);
  const { nodes, more } = around(services, service.id, boxesMax);
  const boxes = nodes.flatMap(({ id, layer }) => {
    const one = byId.get(id);
    return one ? [{ id, layer, name: nameIn(language, one), tone: id === service.id ? selfTone : "" }] : [];
  });
  const lines = services.flatMap(({ id, dependsOn }) =>
    dependsOn.map((one) => ({ from: one.on, to: id, dashed: one.kind === "degraded-without" })),
  );
  return (
    <Section title={say("deps")}>
      {nothing ? (
        <p className="muted">{say("deps.none")}</p>
      ) : (
        <>
          <Facts>
            {facts.map(([word, ids]) => (
              <Fact key={word} word={say(word)}>
                {ids.length === 0 && <span className="muted">{say("deps.nothing")}</span>}
                {ids.map((id, index) => {
                  const one = byId.get(id);
                  return (
                    <span key={id}>
                      {index > 0 && ", "}
                      <Link to="/services/$id" params={{ id }}>
                        {one ? nameIn(language, one) : id}
                      </Link>
                      {one?.retired && ` (${say("service.retired")})`}
                    </span>
                  );
                })}
              </Fact>
            ))}
          </Facts>
          <p className="hint">{say("deps.graph.hint")}</p>
          <Layers
            label={say("deps.graph", { name: nameIn(language, service) })}
            boxes={stretched(boxes, lines)}
            lines={lines}
          />
          {more > 0 && <p className="muted">{say("graph.more", { count: more })}</p>}
        </>
      )}
    </Section>
  );
}
