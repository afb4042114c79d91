/** Arrows go from the title through what is offered below it, and back, so that the hand stays on the keyboard. Elsewhere
 *  they keep the meaning of the field they are pressed in. */
import type { KeyboardEvent } from "react";

export function stepThroughOffers({ key, target, currentTarget }: KeyboardEvent<HTMLElement>): boolean {
  const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (step === 0 || !(target instanceof HTMLElement) || !target.matches("[data-first], [data-offer]")) return false;
  const places = [...currentTarget.querySelectorAll<HTMLElement>("[data-first], [data-offer]")];
  const next = places[places.indexOf(target) + step];
  next?.focus();
  return next !== undefined;
}
