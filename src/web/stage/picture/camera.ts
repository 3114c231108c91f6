/** From where the codes are seen. */
export interface Camera {
  /** Angles of the direction to the viewer, rad: around the upright axis, and above the horizon. */
  readonly azimuth: number;
  readonly elevation: number;
  /** 1 shows the largest sphere whole. */
  readonly zoom: number;
}

export const defaultCamera: Camera = { azimuth: 0.68, elevation: 0.42, zoom: 1 };

/** Closer, the spheres would lie behind the viewer; further away, they could not be told from nothing. */
const ZOOMS = [0.5, 4] as const;
const STEEPEST = Math.PI / 2 - 0.05;
/** Distance of the viewer from the centre, in radii of the largest sphere, and how much of the picture that sphere takes. */
const DISTANCE = 4.2;
const SHARE = 0.86;

const between = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** A camera turned by some angles and zoomed by a factor, within what can be seen. */
export const moved = ({ azimuth, elevation, zoom }: Camera, right: number, up: number, factor = 1): Camera => ({
  azimuth: azimuth + right,
  elevation: between(elevation + up, -STEEPEST, STEEPEST),
  zoom: between(zoom * factor, ...ZOOMS),
});

/** A place in the picture. */
export interface Seen {
  /** px. */
  readonly x: number;
  readonly y: number;
  /** Towards the viewer, from -1 (the far side of the largest sphere) to 1. */
  readonly depth: number;
  /** By how much things there appear larger than at the centre. */
  readonly scale: number;
}

/** Where things are seen in a picture of `width` x `height` px; `reach` is the radius of the largest sphere. */
export function projector(
  { azimuth, elevation, zoom }: Camera,
  reach: number,
  width: number,
  height: number,
): (x: number, y: number, z: number) => Seen {
  const [ca, sa, ce, se] = [Math.cos(azimuth), Math.sin(azimuth), Math.cos(elevation), Math.sin(elevation)];
  // The outline of a sphere is seen under a larger angle than its radius at the centre.
  const size = (zoom * SHARE * 0.5 * Math.min(width, height) * Math.sqrt(DISTANCE ** 2 - 1)) / DISTANCE / reach;
  return (x, y, z) => {
    const right = ca * x - sa * z;
    const level = sa * x + ca * z;
    const up = ce * y - se * level;
    const near = se * y + ce * level;
    const scale = DISTANCE / (DISTANCE - near / reach);
    return { x: width / 2 + size * scale * right, y: height / 2 - size * scale * up, depth: near / reach, scale };
  };
}
