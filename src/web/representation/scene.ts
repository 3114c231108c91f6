// This file and shapes.ts are all that loads three.js: the page imports them when the user opens the view.
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  Line,
  LineBasicMaterial,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
  LineSegments,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Colours } from '../chart/colours.js';
import { hasGraphicsCard } from './graphics-card.js';
import { gridOf, shapeOf } from './shapes.js';

/** Samples in a trail at most. */
const MAX_TRAIL = 600;
/** Radians for each press of an arrow key, and the factor for each press of + or -. */
const TURN = 0.12;
const ZOOM = 1.15;
/** Distance of the camera from the centre, in radii of the largest sphere. */
const DISTANCE = 3.4;

interface Body {
  readonly ball: Mesh;
  readonly line: Line;
  readonly vertices: Float32Array;
}

/**
 * The representations of the probes in three directions of hidden space, with their trails, on the spheres |h| = |c|
 * of the minimum-loss manifold. Draws only when something has changed. Throws where there is no WebGL.
 */
export class SpaceScene {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(40, 1, 0.01, 1000);
  readonly #controls: OrbitControls;
  #manifold: LineSegments[] = [];
  #bodies: Body[] = [];
  #reach = 0;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement) {
    const fast = hasGraphicsCard();
    // Without a graphics card, antialiasing takes four times as long. The buffer is preserved for saving the picture.
    this.#renderer = new WebGLRenderer({ canvas, antialias: fast, alpha: true, preserveDrawingBuffer: true });
    this.#renderer.setPixelRatio(fast ? Math.min(2, devicePixelRatio) : 1);
    this.#camera.position.set(1.7, 1.2, 2.1);
    // Registered before the controls, which must not see a wheel that scrolls the page.
    canvas.addEventListener('wheel', scrollPage, { passive: true });
    this.#controls = new OrbitControls(this.#camera, canvas);
    this.#controls.enablePan = false;
    this.#controls.addEventListener('change', () => {
      this.#draw();
    });
  }

  /**
   * Draws spheres with the radii `shells` and makes a body for each probe; the camera keeps its direction and moves
   * to show all.
   */
  stage(radii: readonly number[], shells: readonly number[], colours: Colours): void {
    this.#clear();
    const reach = Math.max(...radii) || 1;
    if (reach !== this.#reach) this.#camera.position.setLength(DISTANCE * reach);
    this.#reach = reach;
    this.#manifold = shells.map((shell) => {
      const wires = gridOf(shell);
      const opacity = Math.max(0.16, 0.3 / shells.length);
      return new LineSegments(wires, new LineBasicMaterial({ color: colours.soft, transparent: true, opacity }));
    });
    this.#bodies = radii.map((_, k) => {
      const colour = new Color(colours.series[k % colours.series.length]);
      const ball = new Mesh(shapeOf(k, 0.035 * reach), new MeshBasicMaterial({ color: colour }));
      const vertices = new Float32Array(3 * MAX_TRAIL);
      const geometry = new BufferGeometry();
      geometry.setAttribute('position', new BufferAttribute(vertices, 3));
      geometry.setDrawRange(0, 0);
      const line = new Line(geometry, new LineBasicMaterial({ color: colour, transparent: true, opacity: 0.75 }));
      line.frustumCulled = false;
      return { ball, line, vertices };
    });
    this.#scene.add(...this.#manifold, ...this.#bodies.flatMap(({ ball, line }) => [ball, line]));
  }

  /** Moves the probes and their trails to their coordinates along three directions of hidden space (3 x units). */
  show(trail: readonly Float64Array[], directions: Float64Array): void {
    const latest = trail.slice(-MAX_TRAIL);
    const units = directions.length / 3;
    this.#bodies.forEach(({ ball, line, vertices }, k) => {
      latest.forEach((hidden, t) => {
        for (let axis = 0; axis < 3; axis++) {
          let coordinate = 0;
          for (let u = 0; u < units; u++) coordinate += directions[axis * units + u] * hidden[k * units + u];
          vertices[3 * t + axis] = coordinate;
        }
      });
      line.geometry.setDrawRange(0, latest.length);
      line.geometry.attributes.position.needsUpdate = true;
      ball.visible = latest.length > 0;
      const last = 3 * (latest.length - 1);
      if (ball.visible) ball.position.set(vertices[last], vertices[last + 1], vertices[last + 2]);
    });
    this.#draw();
  }

  /** The picture at a number of image pixels per pixel of the page, as a data: URL. */
  capture(pixelRatio: number): string {
    const displayRatio = this.#renderer.getPixelRatio();
    this.#renderer.setPixelRatio(pixelRatio);
    this.#render();
    const picture = this.#renderer.domElement.toDataURL();
    this.#renderer.setPixelRatio(displayRatio);
    this.#render();
    return picture;
  }

  resize(width: number, height: number): void {
    this.#renderer.setSize(width, height, false);
    this.#camera.aspect = width / height;
    this.#camera.updateProjectionMatrix();
    this.#draw();
  }

  /** Rotates or zooms at the press of a key. Returns whether the key has a meaning. */
  press(key: string): boolean {
    const { position } = this.#camera;
    const radius = position.length();
    const polar = Math.acos(position.y / radius);
    const azimuth = Math.atan2(position.x, position.z);
    const moveTo = (newRadius: number, newPolar: number, newAzimuth: number): void => {
      position.setFromSphericalCoords(newRadius, Math.min(Math.PI - 0.05, Math.max(0.05, newPolar)), newAzimuth);
    };
    if (key === 'ArrowLeft') moveTo(radius, polar, azimuth - TURN);
    else if (key === 'ArrowRight') moveTo(radius, polar, azimuth + TURN);
    else if (key === 'ArrowUp') moveTo(radius, polar - TURN, azimuth);
    else if (key === 'ArrowDown') moveTo(radius, polar + TURN, azimuth);
    else if (key === '+' || key === '=') moveTo(radius / ZOOM, polar, azimuth);
    else if (key === '-') moveTo(radius * ZOOM, polar, azimuth);
    else return false;
    this.#controls.update();
    this.#draw();
    return true;
  }

  end(): void {
    cancelAnimationFrame(this.#frame);
    this.#controls.dispose();
    this.#clear();
    this.#renderer.dispose();
  }

  #clear(): void {
    const objects = [...this.#manifold, ...this.#bodies.flatMap(({ ball, line }) => [ball, line])];
    this.#scene.remove(...objects);
    for (const { geometry, material } of objects) {
      geometry.dispose();
      for (const each of [material].flat()) each.dispose();
    }
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#render();
    });
  }

  #render(): void {
    this.#camera.lookAt(0, 0, 0);
    this.#renderer.render(this.#scene, this.#camera);
  }
}

/** The wheel scrolls the page unless the picture has the focus or Ctrl is pressed. */
function scrollPage(event: WheelEvent): void {
  if (!event.ctrlKey && document.activeElement !== event.currentTarget) event.stopImmediatePropagation();
}
