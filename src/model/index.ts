export { aliasTable } from './input/alias-table.js';
export type { AliasTable } from './input/alias-table.js';
export { cubature, cubatureSize } from './input/cubature.js';
export type { WeightedSample } from './input/cubature.js';
export { deep } from './built-in/deep.js';
export type { Dropout } from './built-in/dropout.js';
export type { Activation, DeepModel } from './built-in/deep.js';
export { deepLinear, WITHOUT_DECAY } from './built-in/deep-linear.js';
export type { DeepLinearModel } from './built-in/deep-linear.js';
export type { NetworkModel } from './built-in/network-model.js';
export { learningAlone } from './built-in/plain-two-layer.js';
export { oja, sanger } from './built-in/oja.js';
export type { OjaModel } from './built-in/oja.js';
export { maskedSimilarityMatching, similarityMatching } from './built-in/similarity-matching.js';
export type { SimilarityMatchingModel } from './built-in/similarity-matching.js';
export type {
  RuleDefinition,
  Sample,
  SampleLoss,
  SlowModel,
  StateArray,
  SymmetricFlow,
  UnitRotations,
} from './definition/rule-definition.js';
export {
  activeSynapticNoise,
  assertNoiseActs,
  drawsSamples,
  isNoisy,
  isSymmetricNoise,
  synapticVariance,
} from './definition/synaptic-noise.js';
export { learningRuleOf } from './definition/learning-rule.js';
export { Orbit, tangentSpace } from './definition/orbit.js';
export type { TangentSpace, UnitPlane } from './definition/orbit.js';
export { entryName, stateOf, stateSize, vectorOf } from './definition/state-vector.js';
export { meanFlow } from './definition/mean-flow.js';
export { mixingRotation } from './definition/mixing-rotation.js';
export { measuredLayer, responsesOf, unitsOf, withAllUnits, withoutSilentUnits } from './definition/units.js';
export { partOf, taylorState } from './definition/taylor-state.js';
export { sampleStep } from './definition/sample-step.js';
export { meanSamples, noiseSamples } from './definition/samples.js';
export type { SampleColumns } from './definition/samples.js';
export type { NoiseSource, SynapticNoise } from './definition/synaptic-noise.js';
export { changeBasis, epochSize, inputDistribution } from './input/distribution.js';
export type { InputDistribution } from './input/distribution.js';
export { stimulusBlocks } from './input/stimulus-blocks.js';
export type { StimulusBlock } from './input/stimulus-blocks.js';
export { gaussianPart } from './input/gaussian-part.js';
export type { GaussianPart } from './input/gaussian-part.js';
export { errorInputCovariance, largestSecondMoment, secondMoment } from './input/moments.js';
export { entryProbabilities, InputSampler } from './input/sampler.js';
export { Samples } from './input/samples.js';
export { readoutOf } from './readout.js';
export type { FrameReference, StateReadout } from './readout.js';
export { createReferenceStepper } from './reference-stepper.js';
export type {
  FrameProjection,
  HiddenUnitReduction,
  LearningRule,
  Loss,
  ReplicaKey,
  RotationGroup,
  RuleModel,
  StartingPoint,
  State,
} from './rule.js';
export * as ruleEntry from './own-rule/entry.js';
export { defineRule } from './own-rule/own-rule.js';
export type { OwnModel, OwnRule } from './own-rule/own-rule.js';
export { integer, list, matrix, number } from './own-rule/parameters.js';
export type {
  IntegerParameter,
  ListParameter,
  MatrixParameter,
  NumberParameter,
  ParameterValues,
  RuleParameter,
  RuleParameters,
} from './own-rule/parameters.js';
export { inPrincipalFrame } from './own-rule/principal-frame.js';
export { symmetricArrays } from './own-rule/symmetric-arrays.js';
export { readRule } from './own-rule/read-rule.js';
export { ruleError, thrownBy } from './own-rule/rule-error.js';
export {
  definitionOf,
  isKnownRule,
  isTwoLayer,
  registerOwnRule,
  registerRule,
  ruleOf,
  twoLayerModel,
} from './rules.js';
export type { CreateStepper, Stepper } from './stepper.js';
export { leftRotations } from './symmetry/left-rotations.js';
export { haarFrame, lift, randomStart, reduce } from './two-layer-sgd/hidden-size.js';
export { inputs, outputs, thetaOf, width } from './two-layer-sgd/model.js';
export type { Model } from './two-layer-sgd/model.js';
export { lossTerms, populationLoss } from './two-layer-sgd/population-loss.js';
export { twoLayerSgd } from './two-layer-sgd/rule.js';
