import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dialog.module.css';

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

/** A dialog of 560 px: keeps the focus, closes by Esc and by a click beside it, gives the focus back. */
export function Dialog({ opened, onClose, title, titleUnseen = false, bare = false, children }: DialogProps) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={560}
      yOffset="10vh"
      padding={0}
      transitionProps={{ transition: 'fade-up', duration: 160, exitDuration: 100, timingFunction: 'ease-out' }}
    >
      <Modal.Overlay color="#06141A" backgroundOpacity={0.45} />
      <Modal.Content radius="xl">
        <Modal.Body className={bare ? undefined : classes.body}>
          <Modal.Title className={titleUnseen ? 'gc-unseen' : undefined}>{title}</Modal.Title>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
