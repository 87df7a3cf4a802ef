import type { ComponentChildren } from 'preact';
import type { JSX } from 'preact/jsx-runtime';

/** What is wrong with each field of a form, in a sentence, by the field's name. */
export type FieldErrors = Readonly<Record<string, string>>;

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly errors: FieldErrors;
}

/** The ties between a control, its hint and what is wrong with it, for those who hear the page. */
function tied({ name, hint, errors }: Pick<FieldProps, 'name' | 'hint' | 'errors'>) {
  const described = [hint && `${name}-hint`, errors[name] && `${name}-error`].filter(Boolean).join(' ');
  return {
    id: name,
    name,
    ...(described && { 'aria-describedby': described }),
    ...(errors[name] && { 'aria-invalid': 'true' as const }),
  };
}

function Field({ name, label, hint, errors, children }: FieldProps & { children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {errors[name] && (
        <p class="wrong" id={`${name}-error`}>
          {errors[name]}
        </p>
      )}
      {children}
    </div>
  );
}

/** A field that is typed into. */
export function Input({ input, ...field }: FieldProps & { input: JSX.IntrinsicElements['input'] }) {
  return (
    <Field {...field}>
      <input {...input} {...tied(field)} />
    </Field>
  );
}

/** A field with a choice of what there is; `value` is the chosen one. */
export function Select({
  options,
  value,
  ...field
}: FieldProps & {
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
}) {
  return (
    <Field {...field}>
      <select {...tied(field)}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Few choices that are best seen side by side; `value` is the chosen one. */
export function Choice({
  name,
  label,
  options,
  value,
}: Pick<FieldProps, 'name' | 'label'> & {
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
}) {
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      {options.map((option) => (
        <label class="option">
          <input type="radio" name={name} value={option.value} checked={option.value === value} />{' '}
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
