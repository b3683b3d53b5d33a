export type { MatrixEnvironment, MatrixRequest } from './matrix.ts';
export { runMatrix } from './matrix.ts';
export { bestFirst, cautionOf } from './recommend.ts';
