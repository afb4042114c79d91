/** Whether the page has the width of a desk or of a phone, for what changes place and not only look: a reader who goes by
 *  key or by ear meets things in the order in which they are seen. */
import { useSyncExternalStore } from "react";

/** The widths at which the style sheets change too. */
const rooms = { desk: matchMedia("(min-width: 901px)"), setup: matchMedia("(min-width: 1241px)") };
type Room = keyof typeof rooms;

const subscribers = Object.fromEntries(
  Object.entries(rooms).map(([name, media]) => [
    name,
    (wake: () => void): (() => void) => {
      media.addEventListener("change", wake);
      return () => media.removeEventListener("change", wake);
    },
  ]),
) as Readonly<Record<Room, (wake: () => void) => () => void>>;

export const useRoomFor = (room: Room): boolean => useSyncExternalStore(subscribers[room], () => rooms[room].matches);

export const useWide = (): boolean => useRoomFor("desk");
