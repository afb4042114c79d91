import en from "./en/board.json" with { type: "json" };
import enCa from "./en-CA/board.json" with { type: "json" };
import fr from "./fr/board.json" with { type: "json" };

export const board = { en, fr, "en-CA": enCa };
