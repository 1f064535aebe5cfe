import { Autocomplete, Button, NativeSelect, Select } from '@mantine/core';
import { useCall } from '../shell/use-call.ts';
import classes from './access.module.css';
import { scrollingOptions } from './scrolling-options.ts';

/** What a rule gives while it is written; appId '' is not chosen yet, entitlement '' is an account alone. */
export type GrantDraft = { appId: string; entitlement: string; kind: string };

export const emptyGrant: GrantDraft = { appId: '', entitlement: '', kind: '' };

/** The grants that are complete, as the API takes them. */
export const grantsOf = (drafts: GrantDraft[]): { appId: string; entitlement: string | null; kind: string | null }[] =>
  drafts
    .filter(({ appId }) => appId !== '')
    .map(({ appId, entitlement, kind }) => ({
      appId,
      entitlement: entitlement.trim() === '' ? null : entitlement.trim(),
      kind: kind === '' || entitlement.trim() === '' ? null : kind,
    }));

type GrantsPartProps = { grants: GrantDraft[]; onChange: (grants: GrantDraft[]) => void; problem?: string };

/** What a rule gives: apps, each with a role, group or licence, or an account alone. */
export function GrantsPart({ grants, onChange, problem }: GrantsPartProps) {
  const apps = useCall('listApps', { query: { limit: 200 } }).data?.rows ?? [];
  return (
    <div className={classes.part}>
      <h2>What does it give?</h2>
      {grants.map((grant, index) => (
        <GrantRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a grant is its place
          key={index}
          index={index}
          grant={grant}
          apps={apps}
          onChange={(next) => onChange(grants.map((each, at) => (at === index ? next : each)))}
          onRemove={grants.length === 1 ? null : () => onChange(grants.filter((_, at) => at !== index))}
        />
      ))}
      {problem !== undefined && <p className={classes.lose}>{problem}</p>}
      <div>
        <Button size="xs" onClick={() => onChange([...grants, emptyGrant])}>
          And also…
        </Button>
      </div>
    </div>
  );
}

type GrantRowProps = {
  index: number;
  grant: GrantDraft;
  apps: { id: string; name: string }[];
  onChange: (grant: GrantDraft) => void;
  onRemove: (() => void) | null;
};

function GrantRow({ index, grant, apps, onChange, onRemove }: GrantRowProps) {
  const entitlements = useCall('listAppEntitlements', { params: { appId: grant.appId } }, { enabled: grant.appId !== '' }).data?.rows ?? [];
  const names = [...new Set(entitlements.map(({ name }) => name))];
  const same = entitlements.filter(({ name }) => name.toLowerCase() === grant.entitlement.trim().toLowerCase());
  const holders = (name: string) => entitlements.filter((each) => each.name === name).reduce((sum, each) => sum + each.holders, 0);
  const unknown = grant.entitlement.trim() !== '' && entitlements.length > 0 && same.length === 0;
  return (
    <fieldset className={`${classes.part} ${classes.grant}`}>
      <legend className="gc-unseen">Grant {index + 1}</legend>
      <Select
        label="App"
        placeholder="Choose an app"
        data={apps.map(({ id, name }) => ({ value: id, label: name }))}
        value={grant.appId === '' ? null : grant.appId}
        onChange={(appId) => onChange({ ...emptyGrant, appId: appId ?? '' })}
        searchable
        {...scrollingOptions}
        nothingFoundMessage="No app is called that."
        comboboxProps={{ withinPortal: false }}
      />
      <div>
        <Autocomplete
          label="As"
          placeholder="An account is enough"
          description={unknown ? 'This app showed nothing of that name so far.' : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={names}
          disabled={grant.appId === ''}
          {...scrollingOptions}
          renderOption={({ option }) => (
            <span>
              {option.value} <span className="gc-dimmed gc-figures">{holders(option.value)}</span>
            </span>
          )}
          value={grant.entitlement}
          onChange={(entitlement) => onChange({ ...grant, entitlement, kind: '' })}
        />
        {same.length > 1 && (
          <NativeSelect
            mt={8}
            aria-label={`Which ${grant.entitlement}`}
            data={[
              { value: '', label: `Which “${grant.entitlement}”?` },
              ...same.map(({ kind }) => ({ value: kind, label: `The ${kind}` })),
            ]}
            value={grant.kind}
            onChange={(event) => onChange({ ...grant, kind: event.currentTarget.value })}
          />
        )}
      </div>
      {onRemove !== null && (
        <Button variant="subtle" className={classes.leaveOut} aria-label={`Leave out grant ${index + 1}`} onClick={onRemove}>
          Leave out
        </Button>
      )}
    </fieldset>
  );
}
