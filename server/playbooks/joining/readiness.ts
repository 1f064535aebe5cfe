/** What a line of readiness is about; also the cause of a lost day. */
export const readinessKinds = ['account', 'role', 'licence', 'device', 'sign-in', 'policy', 'other'] as const;
export type ReadinessKind = (typeof readinessKinds)[number];

/** `not-yet`: its time has not come. `unknown`: no source says. */
export type ReadinessState = 'ready' | 'not-ready' | 'unknown' | 'not-yet';

/** One thing the new colleague has to be able to use: whether they can, why (not), and who can mend it. */
export type ReadinessLine = {
  key: string;
  what: string;
  kind: ReadinessKind;
  app: string | null;
  appId: string | null;
  state: ReadinessState;
  why: string;
  who: string | null;
  taskId: string | null;
};

export type Readiness = {
  state: ReadinessState;
  ready: number;
  total: number;
  missing: { what: string; why: string; who: string | null }[];
};

/** What is desired of one app, as the person's access shows it. */
export type DesiredGrant = {
  appId: string;
  app: string;
  writer: string;
  entitlement: string | null;
  kind: string | null;
  is: 'held' | 'missing' | 'suspended' | 'unknown' | 'evidenced';
  asOf: string | null;
  words: string;
  /** Entitlements they hold in the app instead, by name. */
  others: string[];
  owner: string | null;
  /** What is under way about it: in which words, and who was asked. */
  open: { words: string; who: string | null; taskId: string | null } | null;
};

/** A step of the run without whose result the person is not ready. */
export type DesiredTask = {
  key: string;
  title: string;
  kind: ReadinessKind;
  status: string;
  /** Until when it is to be done, in words and as an instant; null while nobody was asked. */
  due: { at: string; words: string } | null;
  /** It depends on an answer that nobody has given. */
  isUndecided: boolean;
  taskId: string | null;
  who: string | null;
};

/** Judges one grant: usable means that the account is open and holds what the rule says, not that somebody created it. */
export function judgeGrant(grant: DesiredGrant, opening: { isOpen: boolean; words: string }): ReadinessLine {
  const kind: ReadinessKind = grant.entitlement === null ? 'account' : /licen[cs]e|seat/.test(grant.kind ?? '') ? 'licence' : 'role';
  const line = {
    key: `${grant.appId}/${grant.entitlement ?? ''}`,
    what: grant.entitlement === null ? grant.app : `${grant.app} as ${grant.entitlement}`,
    kind,
    app: grant.app,
    appId: grant.appId,
    who: grant.open?.who ?? grant.owner,
    taskId: grant.open?.taskId ?? null,
  };
  if (grant.is === 'held') return { ...line, state: 'ready', why: 'By a fresh read.' };
  if (grant.is === 'evidenced') return { ...line, state: 'ready', why: 'Done by hand, with evidence.' };
  if (!opening.isOpen) return { ...line, state: 'not-yet', why: opening.words };
  if (grant.open) return { ...line, state: 'not-ready', why: grant.open.words };
  if (grant.is === 'unknown') return { ...line, state: 'unknown', why: grant.words };
  if (grant.is === 'suspended') return { ...line, state: 'not-ready', why: 'The account is there, and suspended.' };
  if (grant.entitlement !== null && grant.others.length > 0)
    return { ...line, state: 'not-ready', why: `The account is there with another role: ${grant.others.join(', ')}.` };
  return { ...line, state: 'not-ready', why: grant.words };
}

const overStatuses = ['done', 'overridden', 'skipped', 'refused'];

/** Judges one step: done or decided is ready; before its time comes, and while it is not overdue, it is not yet. */
export function judgeTask(task: DesiredTask, now: Temporal.Instant): ReadinessLine | null {
  if (task.status === 'skipped' || task.status === 'cancelled') return null;
  const line = { key: task.key, what: task.title, kind: task.kind, app: null, appId: null, who: task.who, taskId: task.taskId };
  if (overStatuses.includes(task.status)) return { ...line, state: 'ready', why: 'Done.' };
  if (task.isUndecided) return { ...line, state: 'unknown', why: 'Whether it is needed depends on an answer that nobody has given.' };
  if (task.status === 'planned') return { ...line, state: 'not-yet', why: 'Its time has not come.' };
  if (task.due && Temporal.Instant.compare(task.due.at, now) > 0)
    return { ...line, state: 'not-yet', why: `${task.who ? `Waits for ${task.who}, due` : 'Due'} ${task.due.words}.` };
  return { ...line, state: 'not-ready', why: task.who ? `Waits for ${task.who}.` : 'Waits for somebody to do it.' };
}

/**
 * Sums lines up: not ready when one is, and from the first morning on (`hasBegun`) also when something was not begun; unknown when nobody can
 * know of one; ready only when every line is.
 */
export function summarize(lines: readonly ReadinessLine[], hasBegun: boolean): Readiness {
  const counted = lines.map((line) =>
    hasBegun && line.state === 'not-yet' ? { ...line, state: 'not-ready' as const, why: 'It has not been begun.' } : line,
  );
  const has = (state: ReadinessState) => counted.some((line) => line.state === state);
  const state = has('not-ready') ? 'not-ready' : has('not-yet') ? 'not-yet' : has('unknown') ? 'unknown' : 'ready';
  return {
    state,
    ready: counted.filter((line) => line.state === 'ready').length,
    total: counted.length,
    missing: counted
      .filter((line) => line.state === 'not-ready' || line.state === 'unknown')
      .map(({ what, why, who }) => ({ what, why, who })),
  };
}
