import {
  moveLeavingRoute,
  pauseRunRoute,
  previewLeavingRoute,
  rescindLeavingRoute,
  resumeRunRoute,
  startLeavingRoute,
} from './routes/leaving-routes.ts';
import { downloadProofJson, downloadProofPdf, getProof, getSigningKey, signProofSection } from './routes/proof-routes.ts';
import {
  chooseHeirRoute,
  confirmHandoverRoute,
  getLeaverPlaybook,
  getRunRoute,
  listRunsRoute,
  overrideHandoverRoute,
  overrideStepRoute,
  retryStepRoute,
} from './routes/run-routes.ts';

export const playbooksRoutes = {
  previewLeaving: previewLeavingRoute,
  startLeaving: startLeavingRoute,
  moveLeaving: moveLeavingRoute,
  pauseRun: pauseRunRoute,
  resumeRun: resumeRunRoute,
  rescindLeaving: rescindLeavingRoute,
  listRuns: listRunsRoute,
  getRun: getRunRoute,
  retryStep: retryStepRoute,
  overrideStep: overrideStepRoute,
  chooseHeir: chooseHeirRoute,
  confirmHandover: confirmHandoverRoute,
  overrideHandover: overrideHandoverRoute,
  getLeaverPlaybook,
  getProof,
  signProofSection,
  downloadProofJson,
  downloadProofPdf,
  getSigningKey,
};
