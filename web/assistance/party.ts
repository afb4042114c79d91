/** Whoever is asked, as the value of a list: `function/<id>`. */
export type Party = { readonly kind: "function" | "team"; readonly id: string };

export const partyKey = (party: Party | null): string => (party === null ? "" : `${party.kind}/${party.id}`);

export function partyOf(key: string): Party | null {
  const [kind, id] = key.split("/");
  return (kind === "function" || kind === "team") && id ? { kind, id } : null;
}
