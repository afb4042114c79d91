/** Every law that is written down, by its name. */
import { startOfDate } from "../kernel/time.ts";
import type { Known } from "./clock.ts";
import type { Law } from "./law.ts";
import { americanLaws } from "./law-america.ts";
import { europeanLaws } from "./law-europe.ts";

export const laws: readonly Law[] = [...europeanLaws, ...americanLaws];

export const lawNamed = (id: string): Law | undefined => laws.find((one) => one.id === id);

/** By the clocks of the place where it is asked. */
export function forceOf({ status, inForceFrom }: Pick<Law, "status" | "inForceFrom">, zone: string): Known["inForce"] {
  if (status !== "in-force") return "never";
  if (inForceFrom === null) return "always";
  const from = startOfDate(inForceFrom, zone);
  return from === undefined ? "never" : { from };
}
