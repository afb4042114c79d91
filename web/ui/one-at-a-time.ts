/** What is on its way is not sent again: the second press of a hand that is quick, or doubts, comes before the page was drawn
 *  anew, and finds the button as it was. */
import { useRef } from "react";

/** The failure of the act is the act's own to say. */
export function useOneAtATime(): (act: () => Promise<unknown>) => void {
  const running = useRef(false);
  return (act) => {
    if (running.current) return;
    running.current = true;
    const end = () => {
      running.current = false;
    };
    act().then(end, end);
  };
}
