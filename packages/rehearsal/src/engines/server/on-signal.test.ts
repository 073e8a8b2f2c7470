import { afterEach, expect, it, vi } from 'vitest';
import { closeOnSignal } from './on-signal.js';

afterEach(() => {
  vi.restoreAllMocks();
});

it('closes what is open when the process is asked to end, and then ends by the same signal', async () => {
  const killed = vi.spyOn(process, 'kill').mockReturnValue(true);
  const closed: string[] = [];
  closeOnSignal(async () => {
    closed.push('first');
  });
  closeOnSignal(() => Promise.reject(new Error('the server is gone')));
  process.emit('SIGTERM', 'SIGTERM');
  // A second one does not hurry the first.
  process.emit('SIGTERM', 'SIGTERM');
  await vi.waitFor(() => expect(killed).toHaveBeenCalledWith(process.pid, 'SIGTERM'));
  expect(closed).toEqual(['first']);
  expect(killed).toHaveBeenCalledTimes(1);
});

it('leaves signals alone once nothing is open', () => {
  const before = process.listenerCount('SIGINT');
  const forget = closeOnSignal(async () => {});
  expect(process.listenerCount('SIGINT')).toBe(before + 1);
  forget();
  expect(process.listenerCount('SIGINT')).toBe(before);
});
