import { Button, Menu } from '@mantine/core';
import type { Act } from './act.tsx';
import { PlaceLink } from './place-link.tsx';

/** The acts that did not get a button of their own, behind the word “More”. */
export function MoreMenu({ label = 'More', items }: { label?: string; items: Act[] }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">{label}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map((item) =>
          item.to === undefined ? (
            <Menu.Item key={item.label} onClick={item.onClick} disabled={item.disabled}>
              {item.label}
            </Menu.Item>
          ) : (
            <Menu.Item key={item.label} component={PlaceLink} to={item.to}>
              {item.label}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
