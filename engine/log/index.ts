export { createFileLogger, type FileLoggerOptions } from './file-logger.ts';
export { createRedactor, type Redactor } from './redactor.ts';
