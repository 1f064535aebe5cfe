import { Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './dialog.module.css';
import { useFocusBack } from './focus-back.ts';

type DialogProps = {
  opened: boolean;
  onClose: () => void;
  /** A question or a deed, as its heading. */
  title: string;
  /** The heading only names it: its content speaks for itself. */
  titleUnseen?: boolean;
  /** Content up to the edges. */
  bare?: boolean;
  children: ReactNode;
};

/** A dialog of 560 px: keeps the focus, closes by Esc, by *Back* of the browser and by a click beside it, gives the focus back. */
export function Dialog({ opened, onClose, title, titleUnseen = false, bare = false, children }: DialogProps) {
  useFocusBack(opened);
  useBlocker({
    disabled: !opened,
    enableBeforeUnload: false,
    shouldBlockFn: ({ action }) => {
      if (action !== 'BACK') return false;
      // The history goes forward again by itself; only then is the page the one that the dialog stands on.
      addEventListener('popstate', () => onClose(), { once: true });
      return true;
    },
  });
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={560}
      yOffset="10vh"
      padding={0}
      returnFocus={false}
      transitionProps={{ transition: 'fade-up', duration: 160, exitDuration: 100, timingFunction: 'ease-out' }}
    >
      <Modal.Overlay color="#06141A" backgroundOpacity={0.45} />
      <Modal.Content radius="xl" className={classes.content}>
        <Modal.Body className={bare ? undefined : classes.body}>
          <Modal.Title className={titleUnseen ? 'gc-unseen' : undefined}>{title}</Modal.Title>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The buttons of a dialog, the deed last: always in sight at its foot, however long the content. */
export function DialogActs({ children }: { children: ReactNode }) {
  return <div className={classes.acts}>{children}</div>;
}
