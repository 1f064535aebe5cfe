import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { cssVariables } from '../design/css-variables.ts';
import { theme } from '../design/theme.ts';
import { pages } from './pages.ts';
import { queryClient } from './query-client.ts';
import { routerOf } from './router.tsx';

const router = routerOf(pages);
// The name under which before-paint.js reads the choice.
const colorScheme = localStorageColorSchemeManager({ key: 'mantine-color-scheme-value' });

/** The whole page: theme, what was read, router. */
export function Groundcrew() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} colorSchemeManager={colorScheme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
