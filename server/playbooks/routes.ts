import { joiningRoutes } from './routes/joining-routes.ts';
import {
  moveLeavingRoute,
  pauseRunRoute,
  previewLeavingRoute,
  rescindLeavingRoute,
  resumeRunRoute,
  startLeavingRoute,
} from './routes/leaving-routes.ts';
import {
  checkPlaybookRoute,
  getPlaybookRoute,
  getPlaybookVersionRoute,
  getRunPictureRoute,
  listPlaybooksRoute,
  savePlaybookRoute,
  tryPlaybookRoute,
} from './routes/playbook-routes.ts';
import { downloadProofJson, downloadProofPdf, getProof, getSigningKey, signProofSection } from './routes/proof-routes.ts';
import {
  chooseHeirRoute,
  confirmHandoverRoute,
  decideDataRoute,
  getLeaverPlaybook,
  getRunRoute,
  listRunsRoute,
  overrideHandoverRoute,
  overrideStepRoute,
  retryStepRoute,
} from './routes/run-routes.ts';
import { welcomeRoutes } from './routes/welcome-routes.ts';

export const playbooksRoutes = {
  ...joiningRoutes,
  ...welcomeRoutes,
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
  decideData: decideDataRoute,
  confirmHandover: confirmHandoverRoute,
  overrideHandover: overrideHandoverRoute,
  getLeaverPlaybook,
  listPlaybooks: listPlaybooksRoute,
  getPlaybook: getPlaybookRoute,
  getPlaybookVersion: getPlaybookVersionRoute,
  checkPlaybook: checkPlaybookRoute,
  tryPlaybook: tryPlaybookRoute,
  savePlaybook: savePlaybookRoute,
  getRunPicture: getRunPictureRoute,
  getProof,
  signProofSection,
  downloadProofJson,
  downloadProofPdf,
  getSigningKey,
};
