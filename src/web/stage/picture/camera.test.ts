import { describe, expect, it } from 'vitest';
import { defaultCamera, moved, projector } from './camera.js';

const front = { azimuth: 0, elevation: 0, zoom: 1 };

describe('the camera', () => {
  it('shows the largest sphere whole, with what is nearer larger', () => {
    const see = projector(front, 2, 300, 200);
    expect(see(0, 0, 0)).toEqual({ x: 150, y: 100, depth: 0, scale: 1 });
    const near = see(0, 0, 2);
    expect(near).toMatchObject({ x: 150, y: 100, depth: 1 });
    expect(near.scale).toBeGreaterThan(1);
    // The outline: the widest that any point of the sphere appears.
    const widths = Array.from({ length: 181 }, (_, k) => {
      const angle = (k * Math.PI) / 180;
      return see(2 * Math.cos(angle), 0, 2 * Math.sin(angle)).x - 150;
    });
    expect(Math.max(...widths)).toBeGreaterThan(80);
    expect(Math.max(...widths)).toBeLessThan(100);
  });

  it('turns to the right and up', () => {
    const right = projector({ ...front, azimuth: Math.PI / 2 }, 1, 200, 200)(1, 0, 0);
    expect(right.depth).toBeCloseTo(1, 12);
    const up = projector({ ...front, elevation: Math.PI / 4 }, 1, 200, 200)(0, 1, 0);
    expect(up.depth).toBeGreaterThan(0.5);
    expect(up.y).toBeLessThan(100);
  });

  it('goes neither beyond the poles nor so far or near that nothing is seen', () => {
    const { elevation } = moved(defaultCamera, 0, 9);
    expect(elevation).toBeLessThan(Math.PI / 2);
    let camera = defaultCamera;
    for (let k = 0; k < 100; k++) camera = moved(camera, 0, 0, 1 / 1.15);
    expect(camera.zoom).toBe(0.5);
    for (let k = 0; k < 100; k++) camera = moved(camera, 0, 0, 1.15);
    expect(camera.zoom).toBe(4);
  });
});
