/** A whole number within bounds, as it is typed. */
import { TextField } from "../ui/fields.tsx";

type Props = {
  label: string;
  hint?: string;
  min: number;
  max: number;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
};

export function NumberField({ min, max, ...props }: Props) {
  return <TextField {...props} type="number" min={String(min)} max={String(max)} />;
}
