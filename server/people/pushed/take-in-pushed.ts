import { isTimeZone } from '../../identity/index.ts';
import { type Context, runUndoably } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { addPerson, type NewPerson } from '../add-person.ts';
import { changePerson } from '../change-person.ts';
import type { PersonRecord } from '../import/person-record.ts';
import { employmentTypeOf } from '../import/read-words.ts';
import { ensurePlaces } from '../imports/ensure-places.ts';

/** What a directory says of a person. What is absent it does not say. `department` is a name, `employmentType` the directory's own word. */
export type PushedValues = {
  givenName?: string;
  familyName?: string;
  preferredName?: string;
  employeeNumber?: string;
  title?: string;
  employmentType?: string;
  department?: string;
  costCentre?: string;
  timeZone?: string;
  workAddress?: string;
  managerId?: string;
};

/** `problem`: what the roster refused, in words for the lead; nothing of it was kept then. */
export type TakenIn = { personId: string | null; problem: string | null };

/** Adds the person whom a directory pushes. */
export function addPushed(ctx: Context, values: PushedValues): Promise<TakenIn> {
  return keepOrSay(ctx, async (inner) => addPerson(inner, { givenName: 'Unnamed', ...(await fieldsOf(inner, values)) }, 'directory'));
}

/**
 * Takes changes of a directory over. A work address that is another one is never replaced: task links and invitations go there, so a person
 * decides. `onlyUnknown` leaves what the roster knows.
 */
export async function changePushed(ctx: Context, personId: string, values: PushedValues, { onlyUnknown = false } = {}): Promise<TakenIn> {
  const taken = await keepOrSay(ctx, async (inner) => {
    const stands = await inner.db.selectFrom('people_people').selectAll().where('id', '=', personId).executeTakeFirstOrThrow();
    if (stands.erased_at) return personId;
    const fields = await fieldsOf(inner, values);
    const known: Record<keyof typeof fields, unknown> = {
      givenName: stands.given_name,
      familyName: stands.family_name,
      preferredName: stands.preferred_name,
      employeeNumber: stands.employee_number,
      title: stands.title,
      employmentType: stands.employment_type,
      departmentId: stands.department_id,
      costCentre: stands.cost_centre,
      timeZone: stands.time_zone,
      workAddress: stands.work_address,
      managerId: stands.manager_id,
    };
    const change = Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => {
        const has = known[name as keyof typeof fields];
        return value !== has && (has === null || !(onlyUnknown || name === 'workAddress'));
      }),
    );
    if (Object.keys(change).length > 0) await changePerson(inner, personId, change);
    return personId;
  });
  return { personId, problem: taken.problem };
}

type Fields = Pick<
  NewPerson,
  | 'familyName'
  | 'preferredName'
  | 'employeeNumber'
  | 'title'
  | 'employmentType'
  | 'departmentId'
  | 'costCentre'
  | 'timeZone'
  | 'workAddress'
  | 'managerId'
> & { givenName?: string };

async function fieldsOf(ctx: Context, { department, employmentType, timeZone, ...values }: PushedValues): Promise<Fields> {
  const type = employmentType === undefined ? null : employmentTypeOf(employmentType);
  const places = department === undefined ? null : await ensurePlaces(ctx, [{ department } as PersonRecord]);
  return {
    ...values,
    ...(type === null ? {} : { employmentType: type }),
    ...(timeZone !== undefined && isTimeZone(timeZone) ? { timeZone } : {}),
    ...(places ? { departmentId: places.departmentId(department) } : {}),
  };
}

/** Whatever the roster refuses must not refuse the directory: it would learn from the answer what it did not push. */
function keepOrSay(ctx: Context, work: (inner: Context) => Promise<string>): Promise<TakenIn> {
  return runUndoably(
    ctx,
    async (inner): Promise<TakenIn> => {
      try {
        return { personId: await work(inner), problem: null };
      } catch (error) {
        if (error instanceof Refusal) return { personId: null, problem: error.problems[0]?.message ?? error.message };
        // A number or address that another transaction has just given to somebody.
        if ((error as { code?: string }).code === '23505')
          return { personId: null, problem: 'Its address or employee number is somebody else’s.' };
        throw error;
      }
    },
    ({ problem }) => problem === null,
  );
}
