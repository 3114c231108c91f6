import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { View } from '../views/view.js';
import type { SpaceScene } from './scene.js';
import { Space, type SpaceProps } from './space.js';

/** The representations in three dimensions; the scene is loaded when the user asks for it. */
export function SpaceView(props: SpaceProps): ComponentChildren {
  const { point } = props;
  const [wanted, setWanted] = useState(false);
  const [scene, setScene] = useState<SpaceScene | null>(null);
  const modes = point.singularValues.length;
  return (
    <View
      id="space"
      title="The hidden representation in space"
      sentence={
        modes <= 3
          ? 'Each stimulus turns on its sphere of minimal loss, trembling a little around it.'
          : `Three of ${modes} directions, in which the stimuli lie apart: each turns on a sphere of minimal loss, and is seen inside the sphere’s shadow.`
      }
      docs="theory"
      capture={scene && ((pixelRatio) => scene.capture(pixelRatio))}
    >
      {wanted ? (
        <Space {...props} scene={scene} setScene={setScene} />
      ) : (
        <p class="empty stage">
          <button
            type="button"
            onClick={() => {
              setWanted(true);
            }}
          >
            Show in 3D
          </button>
        </p>
      )}
    </View>
  );
}
