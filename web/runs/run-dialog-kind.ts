import type { Handover, ProofLineAnswer, ProofSectionAnswer, RunAction, RunStep } from './run-state.ts';

/** What a run page may open above itself. */
export type RunDialogKind =
  | { kind: 'lines'; title: string; lines: ProofLineAnswer[] }
  | { kind: 'actions'; title: string; actions: RunAction[] }
  | { kind: 'steps'; title: string; steps: RunStep[] }
  | { kind: 'history'; action: RunAction }
  | { kind: 'by-hand'; action: RunAction }
  | { kind: 'step'; step: RunStep }
  | { kind: 'handovers'; handovers: Handover[] }
  | { kind: 'sign'; section: ProofSectionAnswer }
  | { kind: 'check' }
  | { kind: 'pause' }
  | { kind: 'rescind' }
  | { kind: 'dates' };

export type OpenDialog = (dialog: RunDialogKind) => void;
