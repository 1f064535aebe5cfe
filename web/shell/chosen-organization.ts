const key = 'groundcrew-organization';

const read = (storage: () => Storage): string | null => {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
};
const write = (storage: () => Storage, id: string) => {
  try {
    storage().setItem(key, id);
  } catch {
    // A browser that keeps nothing asks the server for the organization each time.
  }
};

let chosen: string | null | undefined;

/** The organization this tab works in: from the address (`?organization=…`, as links in mails have it), else the tab's, else the last chosen. */
export function chosenOrganization(): string | null {
  if (chosen === undefined) {
    const fromAddress = new URLSearchParams(location.search).get('organization');
    chosen = fromAddress ?? read(() => sessionStorage) ?? read(() => localStorage);
    if (fromAddress !== null) chooseOrganization(fromAddress);
  }
  return chosen;
}

/** Leaves the choice to the server: the one that was chosen is not there any more. */
export function forgetOrganization(): void {
  chosen = null;
  for (const storage of [() => sessionStorage, () => localStorage]) {
    try {
      storage().removeItem(key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}

/** Another tab keeps its own; a new one starts with this. */
export function chooseOrganization(id: string): void {
  chosen = id;
  write(() => sessionStorage, id);
  write(() => localStorage, id);
}
