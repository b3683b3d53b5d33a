export { ehloNameFor } from './ehlo-name.ts';
export type { ResolvedAddress, Resolver } from './resolver.ts';
export { systemResolver } from './resolver.ts';
export { runTest } from './run.ts';
export { serverKindOf } from './server-kind.ts';
export type { TestEnvironment, TestRequest } from './session.ts';
