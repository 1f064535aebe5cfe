import type { ReactNode } from 'react';
import { OutsideSheet } from '../shell/outside-sheet.tsx';

/** One step of getting in. When the heading changes (the next step), it takes the focus and is read. */
export function Outside({ title, lede, children }: { title: string; lede?: ReactNode; children?: ReactNode }) {
  return (
    <OutsideSheet title={title} lede={lede} narrow moved={title}>
      {children}
    </OutsideSheet>
  );
}
