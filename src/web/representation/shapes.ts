import { BoxGeometry, BufferAttribute, BufferGeometry, ConeGeometry, OctahedronGeometry, SphereGeometry } from 'three';

/**
 * The body of probe k, of size r. It resembles the symbol in the charts, so that more probes than colours can be
 * told apart.
 */
export function shapeOf(k: number, r: number): BufferGeometry {
  const shapes = [
    () => new SphereGeometry(r, 20, 14),
    () => new BoxGeometry(1.7 * r, 1.7 * r, 1.7 * r),
    () => new ConeGeometry(1.15 * r, 2 * r, 20),
    () => new OctahedronGeometry(1.3 * r),
    () => new ConeGeometry(1.15 * r, 2 * r, 20).rotateX(Math.PI),
  ];
  return shapes[k % shapes.length]();
}

/** Grid lines on a sphere. */
const PARALLELS = 12;
const MERIDIANS = 24;

/** The meridians and parallels of a sphere as line segments. */
export function gridOf(radius: number): BufferGeometry {
  const vertices: number[] = [];
  const at = (polar: number, azimuth: number): void => {
    const ring = radius * Math.sin(polar);
    vertices.push(ring * Math.sin(azimuth), radius * Math.cos(polar), ring * Math.cos(azimuth));
  };
  const [polar, azimuth] = [Math.PI / PARALLELS, (2 * Math.PI) / MERIDIANS];
  for (let i = 0; i < PARALLELS; i++) {
    for (let j = 0; j < MERIDIANS; j++) {
      at(i * polar, j * azimuth);
      at((i + 1) * polar, j * azimuth);
      if (i === 0) continue;
      at(i * polar, j * azimuth);
      at(i * polar, (j + 1) * azimuth);
    }
  }
  return new BufferGeometry().setAttribute('position', new BufferAttribute(Float32Array.from(vertices), 3));
}
