import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '../shell/call.ts';
import classes from './identity.module.css';
import { ProblemOf } from './problem-of.tsx';

/** Goes to the company's provider. `name`: the company, or the domain of an address where its name is not to be told. */
export function CompanyButton({ organizationId, name, next }: { organizationId: string; name: string; next?: string }) {
  const begin = useMutation({
    mutationFn: () => call('beginCompanySignIn', { params: { organizationId }, body: { next } }),
    onSuccess: ({ address }) => location.assign(address),
  });
  return (
    <>
      <div className={classes.acts}>
        <Button variant="filled" loading={begin.isPending || begin.isSuccess} onClick={() => begin.mutate()}>
          Sign in with {name}
        </Button>
      </div>
      <ProblemOf error={begin.error} />
    </>
  );
}
