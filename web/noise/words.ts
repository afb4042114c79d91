import { noise } from "#languages/noise.ts";
import { useMessages } from "../language/use-messages.ts";

export const useNoiseWords = () => useMessages(noise);
