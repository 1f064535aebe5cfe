import type { Connector, FormField } from './words.ts';

export type Values = Record<string, unknown>;

/** Whether a field counts, as the settings stand. */
export function counts(field: FormField, connector: Connector, settings: Values): boolean {
  if (field.onlyFor === null) return true;
  const { setting, value } = field.onlyFor;
  return (settings[setting] ?? connector.settings.find(({ name }) => name === setting)?.default) === value;
}

/** The values of the fields that count; what was entered for another choice stays behind. */
export function countingValues(connector: Connector, part: 'settings' | 'secrets', values: Values, settings: Values): Values {
  const names = connector[part].filter((field) => counts(field, connector, settings)).map(({ name }) => name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

/** A value as people read it: the title of a choice, a list with commas, how many certificates. */
export function valueWords(field: FormField | undefined, value: unknown): string {
  if (Array.isArray(value))
    return value.some((one) => String(one).includes('BEGIN CERTIFICATE')) ? `${value.length} given` : value.join(', ');
  return field?.choices.find((choice) => choice.value === value)?.title ?? String(value);
}
