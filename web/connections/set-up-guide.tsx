import { useDebouncedValue } from '@mantine/hooks';
import { useCall } from '../shell/use-call.ts';
import classes from './connections.module.css';
import { ConnectorFacts } from './connector-facts.tsx';
import { countingValues, type Values } from './form-rules.ts';
import type { Connector } from './words.ts';

/** What is to be done at the vendor, step by step; links follow what is entered below. What the connector can and cannot do is folded away. */
export function SetUpGuide({ connector, settings }: { connector: Connector; settings: Values }) {
  const [entered] = useDebouncedValue(countingValues(connector, 'settings', settings, settings), 400);
  const { data } = useCall(
    'describeSetUp',
    { body: { connector: connector.id, settings: entered } },
    { enabled: connector.profile !== null, keepPrevious: true },
  );
  const steps = data?.steps ?? connector.profile?.setUp ?? [];
  return (
    <>
      <p>{connector.sentence}</p>
      {steps.length > 0 && (
        <ol className={classes.steps}>
          {steps.map(({ words, link }) => (
            <li key={words}>
              {words}{' '}
              {link !== null && (
                <a href={link} target="_blank" rel="noreferrer">
                  Open {new URL(link).hostname}
                </a>
              )}
            </li>
          ))}
        </ol>
      )}
      {connector.profile !== null && (
        <details className={classes.more}>
          <summary>What it can do, which rights it needs, and what it cannot know</summary>
          <div>
            <ConnectorFacts connector={connector} />
          </div>
        </details>
      )}
    </>
  );
}
