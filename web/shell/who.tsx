import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { chooseOrganization } from './chosen-organization.ts';
import { endSession, type Session } from './session.ts';
import classes from './who.module.css';

/** Who I am and for whom: the organization (several: a switch), light or dark, signing out. */
export function Who({ session }: { session: Session }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const name = session.organization?.name ?? 'no organization yet';
  const signOut = async () => {
    await endSession();
    location.assign('/sign-in');
  };
  return (
    <div className={classes.who}>
      <b>{session.name}</b>
      <p>
        {session.role}, {name}
      </p>
      <div className={classes.acts}>
        {session.organizations.length > 1 && (
          <Menu position="top-start">
            <Menu.Target>
              <button type="button">Another organization</button>
            </Menu.Target>
            <Menu.Dropdown>
              {session.organizations.map((organization) => (
                <Menu.Item
                  key={organization.id}
                  aria-current={organization.id === session.organization?.id || undefined}
                  onClick={() => switchTo(organization.id)}
                >
                  {organization.name}
                  {organization.sample && <span className="gc-dimmed"> · sample</span>}
                  {organization.id === session.organization?.id && <span className="gc-dimmed"> · you are here</span>}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        <button type="button" onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
          Light or dark
        </button>
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </div>
    </div>
  );
}

// Everything on the page belongs to the organization before: the page starts anew, so that nothing of it stays.
const switchTo = (id: string) => {
  chooseOrganization(id);
  location.assign('/');
};
