import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { View } from '../views/view.js';
import type { SpaceScene } from './scene.js';
import { Space, type SpaceProps } from './space.js';

/** The representations in three dimensions; the scene is loaded when the user asks for it. */
export function SpaceView(props: SpaceProps): ComponentChildren {
  const { point } = props;
  const [isOpen, setOpen] = useState(false);
  const [scene, setScene] = useState<SpaceScene | null>(null);
  const modes = point.singularValues.length;
  return (
    <View
      id="space"
      title="Hidden representations in 3D"
      sentence={
        modes <= 3
          ? 'Each probe moves on its sphere of minimum loss, and fluctuates a little around it.'
          : `Three of ${modes} directions, chosen to separate the probes: each moves on a sphere of minimum loss, and appears inside the projection of that sphere.`
      }
      docs="theory"
      capture={scene && ((pixelRatio) => scene.capture(pixelRatio))}
    >
      {isOpen ? (
        <Space {...props} scene={scene} setScene={setScene} />
      ) : (
        <p class="empty stage">
          <button
            type="button"
            onClick={() => {
              setOpen(true);
            }}
          >
            Show in 3D
          </button>
        </p>
      )}
    </View>
  );
}
