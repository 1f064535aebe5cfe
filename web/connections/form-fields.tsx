import { NativeSelect, NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import type { FormField } from './words.ts';

export type Values = Record<string, unknown>;

type FormFieldsProps = {
  fields: FormField[];
  values: Values;
  onChange: (values: Values) => void;
  /** What the server found wrong, by `settings.name` or `secrets.name`. */
  problems: Record<string, string>;
  prefix: 'settings' | 'secrets';
  /** Secrets that are kept already and need not be entered. */
  kept?: boolean;
};

/** The fields that a connector needs, as it declares them. */
export function FormFields({ fields, values, onChange, problems, prefix, kept = false }: FormFieldsProps) {
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...rest } = values;
    onChange(value === '' || value === undefined ? rest : { ...rest, [name]: value });
  };
  return fields.map((field) => {
    const shared = {
      label: field.title,
      description: field.description ?? undefined,
      required: field.required && !kept,
      error: problems[`${prefix}.${field.name}`] ?? problems[field.name],
    };
    const value = values[field.name] ?? '';
    if (prefix === 'secrets')
      return (
        <PasswordInput
          key={field.name}
          {...shared}
          autoComplete="off"
          placeholder={kept ? 'Kept; enter it only to replace it' : undefined}
          value={String(value)}
          onChange={(event) => set(field.name, event.currentTarget.value)}
        />
      );
    if (field.kind === 'choice')
      return (
        <NativeSelect
          key={field.name}
          {...shared}
          data={field.choices}
          value={String(values[field.name] ?? field.default ?? '')}
          onChange={(event) => set(field.name, event.currentTarget.value)}
        />
      );
    if (field.kind === 'number')
      return (
        <NumberInput
          key={field.name}
          {...shared}
          min={field.least ?? undefined}
          max={field.most ?? undefined}
          value={Number(values[field.name] ?? field.default ?? 0)}
          onChange={(next) => set(field.name, next === '' ? undefined : Number(next))}
        />
      );
    if (field.kind === 'list')
      return (
        <Textarea
          key={field.name}
          {...shared}
          autosize
          minRows={1}
          maxRows={8}
          value={Array.isArray(value) ? value.join(separatorOf(field)) : ''}
          onChange={(event) => set(field.name, splitList(event.currentTarget.value, field))}
        />
      );
    return (
      <TextInput
        key={field.name}
        {...shared}
        autoComplete="off"
        value={String(value)}
        onChange={(event) => set(field.name, event.currentTarget.value)}
      />
    );
  });
}

const holdsCertificates = ({ name }: FormField) => /certificate/i.test(name);
const separatorOf = (field: FormField) => (holdsCertificates(field) ? '\n' : ', ');

function splitList(text: string, field: FormField): string[] | undefined {
  const parts = holdsCertificates(field) ? (text.match(/-----BEGIN[\s\S]*?-----END[^-]*-----/g) ?? [text]) : text.split(',');
  const kept = parts.map((part) => part.trim()).filter((part) => part !== '');
  return kept.length === 0 ? undefined : kept;
}
