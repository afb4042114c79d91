import { cockpit } from "#languages/cockpit.ts";
import { useMessages } from "../language/use-messages.ts";

export const useCockpitWords = () => useMessages(cockpit);
export type Say = ReturnType<typeof useCockpitWords>["t"];
