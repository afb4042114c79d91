/** Whether the page has the width of a desk or of a phone, for what changes place and not only look: a reader who goes by
 *  key or by ear meets things in the order in which they are seen. */
import { useSyncExternalStore } from "react";

/** The width at which the style sheets change too. */
const wide = matchMedia("(min-width: 901px)");

const subscribe = (wake: () => void): (() => void) => {
  wide.addEventListener("change", wake);
  return () => wide.removeEventListener("change", wake);
};

export const useWide = (): boolean => useSyncExternalStore(subscribe, () => wide.matches);
