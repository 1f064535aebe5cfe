import { Checkbox, NativeSelect, NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import classes from './connections.module.css';
import { counts, type Values } from './form-rules.ts';
import type { Connector, FormField } from './words.ts';

type FormFieldsProps = {
  connector: Connector;
  settings: Values;
  onSettings: (values: Values) => void;
  secrets: Values;
  onSecrets: (values: Values) => void;
  /** What the server found wrong, by `settings.name` or `secrets.name`. */
  problems: Record<string, string>;
  /** The settings with which secrets are kept already: those need not be entered again. */
  keptWith?: Values | null;
};

/** The fields that a connector needs, as it declares them: those of the chosen way; what most leave as it is folded under More. */
export function FormFields({ connector, settings, onSettings, secrets, onSecrets, problems, keptWith = null }: FormFieldsProps) {
  const problemOf = (prefix: string, { name }: FormField) => problems[`${prefix}.${name}`] ?? problems[name];
  const shown = (fields: FormField[]) => fields.filter((field) => counts(field, connector, settings));
  const setting = (field: FormField) => (
    <Field
      key={field.name}
      field={field}
      value={settings[field.name]}
      onChange={(value) => onSettings(withValue(settings, field.name, value))}
      problem={problemOf('settings', field)}
    />
  );
  const usual = shown(connector.settings).filter(({ rare }) => !rare);
  const rare = shown(connector.settings).filter((field) => field.rare);
  return (
    <>
      {usual.map(setting)}
      {shown(connector.secrets).map((field) => {
        const kept = keptWith !== null && counts(field, connector, keptWith);
        if (field.kind === 'long')
          return (
            <Textarea
              key={field.name}
              label={field.title}
              description={field.description ?? undefined}
              required={field.required && !kept}
              error={problemOf('secrets', field)}
              autoComplete="off"
              spellCheck={false}
              rows={4}
              placeholder={kept ? 'Kept; enter it only to replace it' : undefined}
              value={String(secrets[field.name] ?? '')}
              onChange={(event) => onSecrets(withValue(secrets, field.name, event.currentTarget.value))}
            />
          );
        return (
          <PasswordInput
            key={field.name}
            label={field.title}
            description={field.description ?? undefined}
            required={field.required && !kept}
            error={problemOf('secrets', field)}
            autoComplete="off"
            placeholder={kept ? 'Kept; enter it only to replace it' : undefined}
            value={String(secrets[field.name] ?? '')}
            onChange={(event) => onSecrets(withValue(secrets, field.name, event.currentTarget.value))}
          />
        );
      })}
      {rare.length > 0 && (
        <details className={classes.more} open={rare.some((field) => problemOf('settings', field) !== undefined) || undefined}>
          <summary>More: what few apps need</summary>
          <div>{rare.map(setting)}</div>
        </details>
      )}
    </>
  );
}

function withValue(values: Values, name: string, value: unknown): Values {
  const { [name]: _, ...rest } = values;
  return value === '' || value === undefined ? rest : { ...rest, [name]: value };
}

type FieldProps = { field: FormField; value: unknown; onChange: (value: unknown) => void; problem: string | undefined };

function Field({ field, value, onChange, problem }: FieldProps) {
  const shared = { label: field.title, description: field.description ?? undefined, required: field.required, error: problem };
  if (field.kind === 'choice')
    return (
      <NativeSelect
        {...shared}
        data={field.choices.map((choice) => ({ value: choice.value, label: choice.title }))}
        value={String(value ?? field.default ?? '')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  if (field.kind === 'switch')
    return (
      <Checkbox
        label={field.title}
        description={field.description ?? undefined}
        error={problem}
        checked={Boolean(value ?? field.default ?? false)}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (field.kind === 'long')
    return (
      <Textarea
        {...shared}
        autosize
        minRows={6}
        maxRows={24}
        spellCheck={false}
        classNames={{ input: classes.long }}
        value={String(value ?? field.default ?? '')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  if (field.kind === 'number')
    return (
      <NumberInput
        {...shared}
        min={field.least ?? undefined}
        max={field.most ?? undefined}
        value={Number(value ?? field.default ?? 0)}
        onChange={(next) => onChange(next === '' ? undefined : Number(next))}
      />
    );
  if (field.kind === 'list')
    return (
      <Textarea
        {...shared}
        autosize
        minRows={1}
        maxRows={8}
        value={Array.isArray(value) ? value.join(separatorOf(field)) : ''}
        onChange={(event) => onChange(splitList(event.currentTarget.value, field))}
      />
    );
  return <TextInput {...shared} autoComplete="off" value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />;
}

const holdsCertificates = ({ name }: FormField) => /certificate/i.test(name);
const separatorOf = (field: FormField) => (holdsCertificates(field) ? '\n' : ', ');

function splitList(text: string, field: FormField): string[] | undefined {
  const parts = holdsCertificates(field) ? (text.match(/-----BEGIN[\s\S]*?-----END[^-]*-----/g) ?? [text]) : text.split(',');
  const kept = parts.map((part) => part.trim()).filter((part) => part !== '');
  return kept.length === 0 ? undefined : kept;
}
