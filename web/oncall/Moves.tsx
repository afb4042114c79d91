/** Up, down and away, by button: what is ordered needs no dragging. */
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";

type Props = { name: string; index: number; count: number; onMove: (by: 1 | -1) => void; onRemove?: () => void };

export function Moves({ name, index, count, onMove, onRemove }: Props) {
  const { t } = useWords();
  const move = (by: 1 | -1) => {
    onMove(by);
    announce(t("moves.now", { name, place: index + by + 1, count }));
  };
  return (
    <span className="moves">
      <button
        className="btn s"
        type="button"
        aria-label={t("moves.up", { name })}
        aria-disabled={index === 0}
        onClick={() => index > 0 && move(-1)}
      >
        ↑
      </button>
      <button
        className="btn s"
        type="button"
        aria-label={t("moves.down", { name })}
        aria-disabled={index === count - 1}
        onClick={() => index < count - 1 && move(1)}
      >
        ↓
      </button>
      {onRemove && (
        <button className="btn s" type="button" onClick={onRemove}>
          {t("frame.remove")}
          <span className="vh"> {name}</span>
        </button>
      )}
    </span>
  );
}

export function moved<T>(list: readonly T[], index: number, by: 1 | -1): T[] {
  const next = [...list];
  const [one] = next.splice(index, 1);
  if (one !== undefined) next.splice(index + by, 0, one);
  return next;
}
