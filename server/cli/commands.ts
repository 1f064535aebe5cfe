import type { Command } from 'commander';
import { addApplyCommand } from './apply-command.ts';
import { addBackupCommand } from './backup-command.ts';
import { addContinueCommand } from './continue-command.ts';
import { addHireCommand } from './hire-command.ts';
import { addImportCommand } from './import-command.ts';
import { addInitCommand } from './init-command.ts';
import { addLeaveCommand } from './leave-command.ts';
import { addOpenapiCommand } from './openapi-command.ts';
import { addPlanCommand } from './plan-command.ts';
import { addProofCommand } from './proof-command.ts';
import { addPullCommand } from './pull-command.ts';
import { addPushCommand } from './push-command.ts';
import { addRestoreCommand } from './restore-command.ts';
import { addRunsCommand, addTasksCommand } from './runs-command.ts';
import { addSampleCommand } from './sample-command.ts';
import { addSignInCommand } from './sign-in-command.ts';
import { addSyncCommand } from './sync-command.ts';
import { addTokenCommand } from './token-command.ts';
import { addVerifyCommand } from './verify-command.ts';

/** Every command, one line each, in the order of --help. */
export const commands: ((program: Command) => void)[] = [
  addInitCommand,
  addSignInCommand,
  addTokenCommand,
  addSampleCommand,
  addPushCommand,
  addPullCommand,
  addImportCommand,
  addSyncCommand,
  addPlanCommand,
  addApplyCommand,
  addHireCommand,
  addLeaveCommand,
  addProofCommand,
  addRunsCommand,
  addTasksCommand,
  addBackupCommand,
  addRestoreCommand,
  addContinueCommand,
  addVerifyCommand,
  addOpenapiCommand,
];
