/** What a form about the impact of an incident holds, and what it becomes. Texts, as fields hold them. */
import type { ImpactCommandName } from "#core/kernel/impact-words.ts";
import { zonedInstant } from "../incidents/zoned-instant.ts";

/** `service`, `number`: of what it is about; `status`: as it is proposed, or was. */
export type Asked = {
  readonly command: ImpactCommandName;
  readonly service?: string;
  readonly domain?: string;
  readonly status?: string;
  readonly number?: number;
};

const names = ["service", "status", "domain", "magnitude", "people", "since", "note", "reason"] as const;
export type Draft = { readonly [Name in (typeof names)[number]]?: string };

export const startOf = ({ service, status, domain }: Asked): Draft => ({
  ...(service && { service }),
  status: status ?? "down",
  ...(domain && { domain }),
  magnitude: "moderate",
});

const said = (name: string, text: string | undefined): object => (text?.trim() ? { [name]: text.trim() } : {});

export function given({ command, number }: Asked, draft: Draft, zone: string): object | null {
  const occurredAt = draft.since ? zonedInstant(draft.since, zone) : undefined;
  const about = { ...said("note", draft.note), ...(occurredAt && { occurredAt }) };
  switch (command) {
    case "state-affected":
      return { service: draft.service, status: draft.status, ...about };
    case "rule-out-affected":
      return { service: draft.service, ...said("note", draft.note) };
    case "measure-impact":
      return {
        ...{ domain: draft.domain, magnitude: draft.magnitude, ...about },
        ...(draft.people?.trim() && { people: Number(draft.people) }),
      };
    case "withdraw-impact":
      return number === undefined ? null : { number, ...said("reason", draft.reason) };
  }
}
