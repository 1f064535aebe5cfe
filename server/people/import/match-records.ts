import { addressesOf, bareNumber, type Identity, identityOf, indexBy } from './identity-keys.ts';
import { type ExistingPerson, nameOf, type PersonRecord } from './person-record.ts';

/** Whom a record is about: somebody who is here, somebody new (null), or it cannot be told (`refused`, with whom it may touch). */
export type Match = { person: ExistingPerson | null } | { refused: string; field: string; touches: ExistingPerson[] };

/** Finds existing people for records and refused rows: employee number, then work address, then alias; names only where nothing else is said. */
export function personMatcher(existing: ExistingPerson[]): {
  match(record: PersonRecord): Match;
  touchedBy(seen: Identity): ExistingPerson[];
} {
  const identities = new Map(existing.map((person) => [person, identityOf(person)]));
  const of = (person: ExistingPerson) => identities.get(person) as Identity;
  const one = (pick: (identity: Identity) => string | null) =>
    indexBy(existing, (person) => [pick(of(person))].filter((key) => key !== null));
  const byNumber = one((identity) => identity.number);
  const byBare = one(({ number }) => (number === null ? null : bareNumber(number)));
  const byWork = one((identity) => identity.address);
  const byAny = indexBy(existing, (person) => addressesOf(of(person)));
  const byPersonal = one((identity) => identity.personal);
  const byName = one((identity) => identity.name);

  function match(record: PersonRecord): Match {
    const identity = identityOf(record);
    const exact = identity.number === null ? [] : (byNumber.get(identity.number) ?? []);
    const alike = exact.length > 0 || identity.number === null ? [] : (byBare.get(bareNumber(identity.number) ?? '') ?? []);
    const numbered = exact.length > 0 ? exact : alike;
    const addressed = [...new Set(addressesOf(identity).flatMap((address) => byWork.get(address) ?? byAny.get(address) ?? []))];
    const found = [...new Set([...numbered, ...addressed])];
    if (found.length > 1) return disagreement(record, identity, numbered, addressed, found);
    const [person] = found;
    if (person !== undefined && alike.length > 0 && !addressed.includes(person)) return zerosApart(record, identity, person);
    if (person !== undefined) return numbered.length > 0 ? sameNumber(record, identity, person) : sameAddress(record, identity, person);
    if (identity.number !== null || addressesOf(identity).length > 0) return { person: null };
    return byPersonalOrName(record, identity);
  }

  function sameNumber(record: PersonRecord, identity: Identity, person: ExistingPerson): Match {
    const known = of(person);
    const otherName =
      record.givenName !== undefined &&
      record.familyName !== undefined &&
      differs(record.givenName, person.givenName) &&
      differs(record.familyName, person.familyName);
    const otherAddress = identity.address !== null && known.address !== null && !addressesOf(known).includes(identity.address);
    if (!otherName || !otherAddress) return { person };
    return {
      refused: `employee number ${record.employeeNumber} is ${nameOf(person)}'s here, with another name and another address. If the number was given anew, change ${nameOf(person)}'s number first.`,
      field: 'employeeNumber',
      touches: [person],
    };
  }

  /** Numbers that differ in leading zeros only are one number where nothing else contradicts it. */
  function zerosApart(record: PersonRecord, identity: Identity, person: ExistingPerson): Match {
    const known = of(person);
    const otherName = identity.name !== null && known.name !== null && identity.name !== known.name;
    const otherAddress = identity.address !== null && known.address !== null;
    if (!otherName && !otherAddress) return { person };
    return {
      refused: `employee number ${record.employeeNumber} may be ${person.employeeNumber} of ${nameOf(person)}, whose ${otherName ? 'name' : 'address'} is another. Spreadsheet programs cut leading zeros off: write the number as it stands here, or with all its digits.`,
      field: 'employeeNumber',
      touches: [person],
    };
  }

  function sameAddress(record: PersonRecord, identity: Identity, person: ExistingPerson): Match {
    const known = of(person);
    if (identity.number === null || known.number === null) return { person };
    return {
      refused: `the address is ${nameOf(person)}'s here, whose employee number is ${person.employeeNumber}; the row says ${record.employeeNumber}. Mend the number here or in the file.`,
      field: 'employeeNumber',
      touches: [person],
    };
  }

  function byPersonalOrName(record: PersonRecord, identity: Identity): Match {
    const personal = identity.personal === null ? [] : (byPersonal.get(identity.personal) ?? []);
    const found = personal.length > 0 ? personal : identity.name === null ? [] : (byName.get(identity.name) ?? []);
    if (found.length < 2) return { person: found[0] ?? null };
    return {
      refused: `${found.length} people here are called ${nameOf(record)}. Add an employee number or a work address.`,
      field: 'name',
      touches: found,
    };
  }

  function touchedBy(seen: Identity): ExistingPerson[] {
    const byKeys = [
      ...(seen.number === null ? [] : (byNumber.get(seen.number) ?? byBare.get(bareNumber(seen.number) ?? '') ?? [])),
      ...addressesOf(seen).flatMap((address) => byAny.get(address) ?? byPersonal.get(address) ?? []),
      ...(seen.personal === null ? [] : (byPersonal.get(seen.personal) ?? [])),
    ];
    if (byKeys.length > 0) return [...new Set(byKeys)];
    return seen.name === null ? [] : (byName.get(seen.name) ?? []);
  }

  return { match, touchedBy };
}

const differs = (one: string, other: string | null): boolean => other !== null && one.toLowerCase() !== other.toLowerCase();

function disagreement(
  record: PersonRecord,
  identity: Identity,
  numbered: ExistingPerson[],
  addressed: ExistingPerson[],
  found: ExistingPerson[],
): Match {
  const whose = (people: ExistingPerson[]) => people.map((person) => `${nameOf(person)}'s`).join(' and ');
  const parts = [
    ...(numbered.length > 0 ? [`employee number ${record.employeeNumber} is ${whose(numbered)} here`] : []),
    ...(addressed.length > 0
      ? [`${addressesOf(identity).join(', ')} ${addressesOf(identity).length > 1 ? 'are' : 'is'} ${whose(addressed)}`]
      : []),
  ];
  return {
    refused: `${parts.join(' and ')}. One row can be about one person only.`,
    field: numbered.length > 0 ? 'employeeNumber' : 'workAddress',
    touches: found,
  };
}
