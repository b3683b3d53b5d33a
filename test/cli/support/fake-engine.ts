import type { Engine } from '../../../engine/index.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../../shared/contract.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import { fail, type Result } from '../../../shared/result.ts';

/** Answers by request name; what is not listed fails. */
export type FakeHandlers = {
  [N in RequestName]?: (
    input: RequestInput<N>,
    options: { signal?: AbortSignal; onEvent?: (event: unknown) => void },
  ) => Promise<Result<RequestOutput<N>>>;
};

type AnyHandler = (input: unknown, options: unknown) => Promise<Result<unknown>>;

/** An engine that answers from a list, for what the real one cannot be brought to do. */
export function fakeEngine(handlers: FakeHandlers): Engine {
  const dispatch: Engine['dispatch'] = async (name, input, options = {}) => {
    const handler = handlers[name as RequestName] as AnyHandler | undefined;
    return handler ? handler(input, options) : fail(appErrorOf('NOT_AVAILABLE', { what: name, instead: '' }));
  };
  return {
    dispatch,
    client: dispatch as Engine['client'],
    exportText: async () => fail(appErrorOf('NOT_AVAILABLE', { what: 'exportText', instead: '' })),
    currentRefreshToken: (token) => token,
    close: async () => {},
  };
}

export function emptyFakeEngine(): Engine {
  return fakeEngine({});
}
