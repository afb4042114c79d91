/** What a button that is refused says when it is pressed: a finger cannot point at it to read why. */
import type { Words } from "../language/words.tsx";
import { toast } from "./toast.tsx";

export const sayWhyNot = ({ t }: Pick<Words, "t">, text: string): void =>
  toast({ text, closeWord: t("ui.close"), seconds: 12 });
