import type { AccountTarget, Answer, Session } from '../kit/index.ts';
import { changeResource, writable } from './change-resource.ts';
import { attribute, flag, keyOf } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/** Sets an account's `active` (RFC 7643, section 4.1.1). Nothing else of it changes and nothing is deleted. */
export function changeActive(session: Session<ScimSettings>, target: AccountTarget, active: boolean): Promise<Answer> {
  const state = active ? 'active' : 'suspended';
  return changeResource(session, {
    endpoint: 'Users',
    id: target.externalId,
    isDone: (user) => {
      const shown = flag(attribute(user, 'active'));
      return shown === null ? null : shown === active;
    },
    patches: () => [[{ op: 'replace', path: 'active', value: active }], [{ op: 'replace', value: { active } }]],
    replaced: (user) => ({ ...writable(user), [keyOf(user, 'active') ?? 'active']: active }),
    words: {
      done: `shows the account as ${state}`,
      notDone: `still shows the account as ${active ? 'suspended' : 'active'}`,
      already: `The account was ${state} already. Nothing was sent.`,
      gone: 'The app says that there is no such account any more. Nothing was sent.',
    },
  });
}
