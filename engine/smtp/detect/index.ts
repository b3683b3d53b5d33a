export type { DetectEnvironment, DetectRequest } from './detect.ts';
export { runDetect } from './detect.ts';
export { readQuery } from './query.ts';
