import { impact } from "#languages/impact.ts";
import { useMessages } from "../language/use-messages.ts";

export const useImpactWords = () => useMessages(impact);
export type Say = ReturnType<typeof useImpactWords>["t"];
