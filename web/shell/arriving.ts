/** A page that follows another without being loaded: it says its name, as a page that is loaded does, and a keyboard that was
 *  on what is gone starts at the page and not at the head of the frame. */
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { announce } from "../ui/announce.tsx";

export function useArriving(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ pathChanged, fromLocation }) => {
        if (!pathChanged || fromLocation === undefined) return;
        announce(document.title);
        if (document.activeElement === document.body)
          document.getElementById("content")?.focus({ preventScroll: true });
      }),
    [router],
  );
}
