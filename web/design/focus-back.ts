import { useLayoutEffect } from 'react';

// Where a dialog that has just closed wants the focus: one that opens in its place gives it back there.
let pending: { place: HTMLElement | null; timer: ReturnType<typeof setTimeout> } | null = null;

/** Where the focus goes once a dialog has closed: what opened it, or the button of the menu in which that stood. */
function openerOf(active: Element | null): HTMLElement | null {
  if (!(active instanceof HTMLElement) || active === document.body) return null;
  // A menu is named by its button, and gone with its entries once one was chosen.
  const button = document.getElementById(active.closest('[role="menu"]')?.getAttribute('aria-labelledby') ?? '');
  return button ?? active;
}

// A menu without motion is gone before the dialog that its entry opened is there: then only this still knows.
let lastPlace: HTMLElement | null = null;
document.addEventListener('focusin', ({ target }) => {
  lastPlace = openerOf(target instanceof Element ? target : null);
});

const isNowhere = (active: Element | null, before: Element | null) => active === null || active === document.body || active === before;

/** Gives the focus back when what was opened has closed or is gone; to the page as a whole where its opener is gone too. */
export function useFocusBack(opened: boolean): void {
  useLayoutEffect(() => {
    if (!opened) return;
    const opener = openerOf(document.activeElement) ?? pending?.place ?? lastPlace;
    clearTimeout(pending?.timer);
    pending = null;
    return () => {
      const atClose = document.activeElement;
      const timer = setTimeout(() => {
        pending = null;
        if (!isNowhere(document.activeElement, atClose)) return;
        const place = opener?.isConnected === true ? opener : document.getElementById('main');
        place?.focus({ preventScroll: true });
      }, 10);
      pending = { place: opener, timer };
    };
  }, [opened]);
}
