import type { ClaimedAction } from '../claim-due-actions.ts';
import type { DataKind } from './data-kinds.ts';

type Asked = Pick<ClaimedAction, 'app' | 'person' | 'input' | 'label' | 'userName' | 'displayName' | 'externalId'>;

const heirOf = (action: Asked) => action.input?.to?.name ?? 'whoever takes over';
const untilOf = (action: Asked) => (action.input?.until ? `, until ${action.input.until}` : '');

const accountOf = (action: Asked): string => {
  const account = action.userName ?? action.displayName ?? action.externalId;
  return account ? `${action.person} (${account})` : action.person;
};

/** The title of a task and what is to be done by hand, for each kind: exact enough for somebody who sees the app for the first time. */
const asks: Record<DataKind, (action: Asked) => { title: string; todo: string }> = {
  'end-sessions': (action) => ({
    title: `End what is still open of ${action.person} in ${action.app}`,
    todo: `Sign ${accountOf(action)} out everywhere in ${action.app} and take away its tokens and app passwords.`,
  }),
  'reset-password': (action) => ({
    title: `Change the password of ${action.person} in ${action.app}`,
    todo: `Give ${accountOf(action)} a long password in ${action.app} that nobody keeps.`,
  }),
  'reset-second-factor': (action) => ({
    title: `Take away the second factor of ${action.person} in ${action.app}`,
    todo: `Remove the second factors and recovery codes of ${accountOf(action)} in ${action.app}.`,
  }),
  'hand-over-files': (action) => ({
    title: `Give the files of ${action.person} in ${action.app} to ${heirOf(action)}`,
    todo: `In ${action.app}, hand the files of ${accountOf(action)} over to ${heirOf(action)}. Look at shared folders too.`,
  }),
  'forward-mail': (action) => ({
    title: `Forward the mail of ${action.person} to ${heirOf(action)}`,
    todo: `In ${action.app}, forward what arrives for ${accountOf(action)} to ${action.input?.to?.address ?? heirOf(action)}${untilOf(action)}.`,
  }),
  'set-auto-reply': (action) => ({
    title: `Set the automatic reply of ${action.person}`,
    todo: `In ${action.app}, set this automatic reply for ${accountOf(action)}${untilOf(action)}:\n\n${action.input?.subject ?? ''}\n\n${action.input?.text ?? ''}`,
  }),
  'share-mailbox': (action) => ({
    title: `Let ${heirOf(action)} read the mailbox of ${action.person}`,
    todo: `In ${action.app}, make the mailbox of ${accountOf(action)} a shared one that ${heirOf(action)} may read${untilOf(action)}.`,
  }),
  'end-mail': (action) => ({
    title: `End what still happens to the mail of ${action.person}`,
    todo: `In ${action.app}, end the forwarding, the automatic reply and the reading by ${heirOf(action)} for ${accountOf(action)}. It was decided for until ${action.input?.until ?? 'today'}.`,
  }),
  'release-calendars': (action) => ({
    title: action.input?.to ? `Take over the meetings of ${action.person}` : `Cancel the meetings of ${action.person}`,
    todo: action.input?.to
      ? `In ${action.app}, make ${heirOf(action)} the host of the meetings to come that ${accountOf(action)} invited to, and cancel those nobody needs.`
      : `In ${action.app}, cancel the meetings to come that ${accountOf(action)} invited to, recurring ones too, and free their rooms.`,
  }),
  'rotate-secret': (action) => ({
    title: `Change ${action.label ?? 'the shared passwords'} in ${action.app}`,
    todo: `${action.person} knew or could read ${action.label ?? 'shared passwords'} in ${action.app}. Change each password and key in it. Do not write any of them down here.`,
  }),
  'list-owned': (action) => ({
    title: `Look what runs by itself for ${action.person} in ${action.app}`,
    todo: `In ${action.app}, look for programs, tokens, groups and scheduled things that belong to ${accountOf(action)}. Let what is needed run under an account that stays; end the rest.`,
  }),
  'take-over': (action) => ({
    title: `Take over ${action.label ?? 'what runs by itself'} in ${action.app}`,
    todo: `${action.label ?? 'Something that runs by itself'} in ${action.app} belonged to ${action.person}. Let it run under an account that stays, with tokens of its own, or switch it off.`,
  }),
  'take-licence': (action) => ({
    title: `Free ${action.label ?? 'the licence'} of ${action.person} in ${action.app}`,
    todo: `In ${action.app}, take ${action.label ?? 'the licence'} from ${accountOf(action)}, and look that no data goes with it.`,
  }),
  'delete-account': (action) => ({
    title: `Delete the account of ${action.person} in ${action.app}`,
    todo: `In ${action.app}, delete ${accountOf(action)}. ${action.input?.because ?? ''}`.trim(),
  }),
  'revoke-app-grant': (action) => ({
    title: `Take from ${action.label ?? 'a program'} what it may do for ${action.person} in ${action.app}`,
    todo: `In ${action.app}, among the connected apps of ${accountOf(action)}, remove ${action.label ?? 'the program'}.`,
  }),
};

/** What a person is asked to do where no machine can. */
export const dataAsk = (kind: DataKind, action: Asked) => asks[kind](action);
