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

/** Samples in the longest trail. */
const LONGEST = 600;
/** Radians of one press of an arrow key, and the factor of one press of + or -. */
const TURN = 0.12;
const ZOOM = 1.15;
/** From the centre to the eye, in radii of the largest sphere. */
const DISTANCE = 3.4;

interface Body {
  readonly ball: Mesh;
  readonly line: Line;
  readonly places: Float32Array;
}

/**
 * The representations of the stimuli in the first three hidden directions, with their trails, on the spheres |h| = |c| of the
 * minimum-loss manifold. Draws when something has changed, and never otherwise. Throws where there is no WebGL.
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
    // Kept until read, so that the picture can be saved. Smooth edges take a processor four times as long.
    this.#renderer = new WebGLRenderer({ canvas, antialias: fast, alpha: true, preserveDrawingBuffer: true });
    this.#renderer.setPixelRatio(fast ? Math.min(2, devicePixelRatio) : 1);
    this.#camera.position.set(1.7, 1.2, 2.1);
    // Before the controls listen: a wheel that scrolls the page is not for them.
    canvas.addEventListener('wheel', leaveToPage, { passive: true });
    this.#controls = new OrbitControls(this.#camera, canvas);
    this.#controls.enablePan = false;
    this.#controls.addEventListener('change', () => {
      this.#draw();
    });
  }

  /** Draws spheres of these radii, and makes a body for each stimulus; the view turns no further, but shows all of them. */
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
      const places = new Float32Array(3 * LONGEST);
      const geometry = new BufferGeometry();
      geometry.setAttribute('position', new BufferAttribute(places, 3));
      geometry.setDrawRange(0, 0);
      const line = new Line(geometry, new LineBasicMaterial({ color: colour, transparent: true, opacity: 0.75 }));
      line.frustumCulled = false;
      return { ball, line, places };
    });
    this.#scene.add(...this.#manifold, ...this.#bodies.flatMap(({ ball, line }) => [ball, line]));
  }

  /** Places the first stimuli and their trails, as seen along three directions of hidden space (3 x units). */
  show(trail: readonly Float64Array[], directions: Float64Array): void {
    const latest = trail.slice(-LONGEST);
    const units = directions.length / 3;
    this.#bodies.forEach(({ ball, line, places }, k) => {
      latest.forEach((hidden, t) => {
        for (let axis = 0; axis < 3; axis++) {
          let place = 0;
          for (let u = 0; u < units; u++) place += directions[axis * units + u] * hidden[k * units + u];
          places[3 * t + axis] = place;
        }
      });
      line.geometry.setDrawRange(0, latest.length);
      line.geometry.attributes.position.needsUpdate = true;
      ball.visible = latest.length > 0;
      const last = 3 * (latest.length - 1);
      if (ball.visible) ball.position.set(places[last], places[last + 1], places[last + 2]);
    });
    this.#draw();
  }

  /** The picture at a number of image pixels per pixel of the page, as a data: URL. */
  capture(pixelRatio: number): string {
    const usual = this.#renderer.getPixelRatio();
    this.#renderer.setPixelRatio(pixelRatio);
    this.#render();
    const picture = this.#renderer.domElement.toDataURL();
    this.#renderer.setPixelRatio(usual);
    this.#render();
    return picture;
  }

  resize(width: number, height: number): void {
    this.#renderer.setSize(width, height, false);
    this.#camera.aspect = width / height;
    this.#camera.updateProjectionMatrix();
    this.#draw();
  }

  /** Turns or approaches with the keyboard. Returns whether the key means something. */
  press(key: string): boolean {
    const { position } = this.#camera;
    const radius = position.length();
    const polar = Math.acos(position.y / radius);
    const azimuth = Math.atan2(position.x, position.z);
    const to = (newRadius: number, newPolar: number, newAzimuth: number): void => {
      position.setFromSphericalCoords(newRadius, Math.min(Math.PI - 0.05, Math.max(0.05, newPolar)), newAzimuth);
    };
    if (key === 'ArrowLeft') to(radius, polar, azimuth - TURN);
    else if (key === 'ArrowRight') to(radius, polar, azimuth + TURN);
    else if (key === 'ArrowUp') to(radius, polar - TURN, azimuth);
    else if (key === 'ArrowDown') to(radius, polar + TURN, azimuth);
    else if (key === '+' || key === '=') to(radius / ZOOM, polar, azimuth);
    else if (key === '-') to(radius * ZOOM, polar, azimuth);
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
    const things = [...this.#manifold, ...this.#bodies.flatMap(({ ball, line }) => [ball, line])];
    this.#scene.remove(...things);
    for (const { geometry, material } of things) {
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

/** A wheel over a picture that nobody has chosen scrolls the page. */
function leaveToPage(event: WheelEvent): void {
  if (!event.ctrlKey && document.activeElement !== event.currentTarget) event.stopImmediatePropagation();
}
