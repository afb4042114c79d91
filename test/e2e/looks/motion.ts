/** Who asked for less motion sees none. */
import { inFrench, inTheApp, type Look } from "../walk.ts";

export const moving = `[
  ...document.getAnimations().map((one) => "animation " + (one.animationName ?? one.transitionProperty ?? "")),
  ...[...document.querySelectorAll("*")].flatMap((one) => {
    const style = getComputedStyle(one);
    const lasts = (value) => value.split(",").some((part) => parseFloat(part) > 0);
    return [
      ...(lasts(style.transitionDuration) ? ["transition on " + (one.className || one.tagName)] : []),
      ...(lasts(style.animationDuration) ? ["animation on " + (one.className || one.tagName)] : []),
      ...(style.scrollBehavior === "smooth" ? ["smooth scrolling of " + (one.className || one.tagName)] : []),
    ];
  }),
]`;

export const nothingMoves: Look = {
  name: "with reduced motion nothing moves",
  sees: (place, language) => inTheApp(place) && inFrench(place, language),
  look: ({ page }) => page.evaluate<string[]>(moving),
};
