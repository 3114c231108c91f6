import { InvalidInputError } from '#core';
import type { PointError } from '#execute';
import type { PreparedClaim } from '#reproduce';

/** A claim with its points, of which only the number counts here. */
interface Owner {
  readonly claim: Pick<PreparedClaim['claim'], 'id' | 'preset'>;
  readonly points: readonly unknown[];
}

/** An error about a point with the claim that it belongs to. */
export function errorOfClaim({ message, path, point }: PointError, prepared: readonly Owner[]): InvalidInputError {
  const owners = prepared.flatMap(({ claim, points }) => points.map(() => claim));
  return new InvalidInputError(`claim ${owners[point].id}, presets/${owners[point].preset}: ${message}`, path);
}
