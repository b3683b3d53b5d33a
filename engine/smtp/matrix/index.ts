export type { MatrixEnvironment, MatrixRequest } from './matrix.ts';
export { runMatrix } from './matrix.ts';
export { compareRanks, TRUST } from './rank.ts';
export { bestFirst, cautionOf } from './recommend.ts';
export { Slots } from './slots.ts';
export type { Trial, TrialEnvironment } from './trial.ts';
export { tryOut } from './trial.ts';
