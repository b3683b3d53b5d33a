import { create } from 'zustand';

/** The profile, by the key of its editor, whose matrix is open; null for none. */
export const useOpenMatrix = create<{ key: string | null }>(() => ({ key: null }));

/** Opens the matrix of a profile, or closes it with null. */
export function openMatrix(key: string | null): void {
  useOpenMatrix.setState({ key });
}
