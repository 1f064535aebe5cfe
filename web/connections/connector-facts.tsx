import { ZonedTime } from '../design/zoned-time.tsx';
import classes from './connections.module.css';
import type { Connector } from './words.ts';

const actionWords: Record<string, string> = {
  suspendAccount: 'suspends accounts',
  restoreAccount: 'restores them',
  deleteAccount: 'deletes them',
  createAccount: 'creates them',
  grantEntitlement: 'gives groups, roles or licences',
  revokeEntitlement: 'takes them',
  setPassword: 'sets the first password',
  changeAccount: 'changes names and numbers',
  endSessions: 'ends sessions',
  resetPassword: 'sets a password that nobody knows',
  resetSecondFactor: 'forgets second factors',
  revokeAppGrant: 'takes back what programs may do',
  handOverFiles: 'hands files over',
  forwardMail: 'sends mail on',
  setAutoReply: 'sets the automatic reply',
  convertToSharedMailbox: 'makes a mailbox a shared one',
  releaseCalendars: 'cancels meetings',
};

/** What a connector reads and does, which rights its credential needs, what it cannot know, and whether it was tried with the vendor itself. */
export function ConnectorFacts({ connector }: { connector: Connector }) {
  const { profile } = connector;
  if (profile === null) return <p>It exists only in this sample company.</p>;
  const acts = connector.actions.map((name) => actionWords[name] ?? name);
  return (
    <dl className={classes.facts}>
      <dt>It does</dt>
      <dd>
        {connector.tellsPeople && 'Tells who works here. '}
        {acts.length === 0 ? 'It only reads.' : `It reads, ${acts.join(', ')}.`}
        {connector.followsChanges && ' Changes are read without reading everything again.'}
      </dd>
      <dt>It cannot</dt>
      <dd>
        <ul className={classes.know}>
          {profile.cannotKnow.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </dd>
      <dt>Its credential needs</dt>
      <dd>
        <ul className={classes.know}>
          {profile.rights.map(({ right, for: what }) => (
            <li key={right}>
              <code>{right}</code>: {what}
            </li>
          ))}
        </ul>
      </dd>
      <dt>Plan</dt>
      <dd>{profile.plan}</dd>
      <dt>Reached from outside</dt>
      <dd>{profile.inbound ?? 'Not needed: Groundcrew asks, nobody needs to reach it.'}</dd>
      <dt>Tried with the vendor</dt>
      <dd>
        {profile.verifiedLive === null ? (
          'Never. It was tried against a copy made from the vendor’s description; test it before you rely on it.'
        ) : (
          <ZonedTime instant={`${profile.verifiedLive}T12:00:00Z`} />
        )}
      </dd>
    </dl>
  );
}
