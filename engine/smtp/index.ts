export { ehloNameFor } from './ehlo-name.ts';
export { runMatrix } from './matrix/index.ts';
export { runMechanisms } from './mechanisms.ts';
export type { ResolvedAddress, Resolver, ServiceRecord } from './resolver.ts';
export { recordLookups, systemResolver } from './resolver.ts';
export { runTest } from './run.ts';
export { serverKindOf } from './server-kind.ts';
export type { TestEnvironment, TestRequest } from './session.ts';
