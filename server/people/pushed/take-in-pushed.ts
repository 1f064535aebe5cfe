import { isTimeZone } from '../../identity/index.ts';
import { type Context, runUndoably } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { addPerson, type NewPerson } from '../add-person.ts';
import { changePerson } from '../change-person.ts';
import type { PersonRecord } from '../import/person-record.ts';
import { employmentTypeOf } from '../import/read-words.ts';
import { ensurePlaces } from '../imports/ensure-places.ts';
import { mayWrite } from '../sources/may-write.ts';
import { noteSource, type SourceOf } from '../sources/note-source.ts';
import { recordTold } from '../sources/record-told.ts';
import { standingFor } from '../sources/standing.ts';
import type { Told, ToldField } from '../sources/told-fields.ts';

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
export async function addPushed(ctx: Context, source: SourceOf, values: PushedValues): Promise<TakenIn> {
  const taken = await keepOrSay(ctx, async (inner) =>
    addPerson(inner, { givenName: 'Unnamed', ...(await fieldsOf(inner, values)) }, 'directory'),
  );
  if (taken.personId !== null) await recordTold(ctx, await noteSource(ctx, source), taken.personId, toldOf(values));
  return taken;
}

/**
 * Takes changes of a directory over, where no stronger source tells otherwise. A work address that is another one is never replaced: task links and invitations go
 * there, so a person decides. `onlyUnknown` leaves what the roster knows.
 */
export async function changePushed(
  ctx: Context,
  source: SourceOf,
  personId: string,
  values: PushedValues,
  { onlyUnknown = false } = {},
): Promise<TakenIn> {
  const sourceId = await noteSource(ctx, source);
  const standing = (await standingFor(ctx, [personId]))(personId);
  const told = toldOf(values);
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
        if (value === has || (has !== null && (onlyUnknown || name === 'workAddress'))) return false;
        const field = fieldOf[name as keyof typeof fieldOf] ?? (name as ToldField);
        const said = told[field];
        return said === undefined || mayWrite({ source: sourceId, field, value: said, stands: has as string | null }, standing) === 'write';
      }),
    );
    if (Object.keys(change).length > 0) await changePerson(inner, personId, change);
    return personId;
  });
  await recordTold(ctx, sourceId, personId, told);
  return { personId, problem: taken.problem };
}

const fieldOf = { departmentId: 'department', managerId: 'manager' } as const;

function toldOf({ employmentType, managerId, timeZone, ...values }: PushedValues): Told {
  const type = employmentType === undefined ? null : employmentTypeOf(employmentType);
  return {
    ...values,
    ...(type === null ? {} : { employmentType: type }),
    ...(timeZone !== undefined && isTimeZone(timeZone) ? { timeZone } : {}),
    ...(managerId === undefined ? {} : { manager: managerId }),
  };
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
