import './design/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Groundcrew } from './shell/groundcrew.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id root.');
createRoot(root).render(
  <StrictMode>
    <Groundcrew />
  </StrictMode>,
);
