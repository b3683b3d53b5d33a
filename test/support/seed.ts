import fc from 'fast-check';

// In CI every run tries the same cases, so that a change is judged by itself and a failure can be repeated. On a
// developer's machine each run tries new ones.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_121 });
