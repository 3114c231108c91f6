% The recording of recorded.ts, as Octave writes it. Called with the directory to write to.
function recording (directory)
  [neuron, stimulus, trial, session] = ndgrid (0:4, 0:1, 0:3, 0:2);
  x = 1000 * session + 100 * trial + 10 * stimulus + neuron + 0.25;
  x(4, :, :, 2) = NaN;
  % x(session, trial, stimulus, neuron)
  x = permute (x, [4 3 2 1]);
  single_x = single (x);
  counts = int16 (round (x - 0.25));
  counts(isnan (x)) = -1;
  truth = mod (counts, 2) == 1;
  t = [0 1 3.5];
  names = ['left '; 'right'];
  labels = {'left', 'right'};
  % One array of trial x stimulus x neuron for each session; the last has three trials.
  cells = {squeeze(x(1, :, :, :)), squeeze(x(2, :, :, :)), squeeze(x(3, 1:3, :, :))};
  % Neuron x stimulus x trial; the last has one trial, and so no third axis.
  turned = cellfun (@(c) permute (c, [3 2 1]), {cells{1}, cells{2}, cells{3}(1, :, :)}, 'UniformOutput', false);
  % Of each session a cell array of stimuli, trial x neuron; and all of them in one.
  nested = cellfun (@(c) {squeeze(c(:, 1, :)), squeeze(c(:, 2, :))}, cells, 'UniformOutput', false);
  grid = vertcat (nested{:});
  mice = struct ('name', {'a', 'b'}, 'sessions', {struct('dff', cells), struct('dff', cells)});
  s.day.activity = x;
  s.day.when = t;
  s.note = 'a mouse';
  days = struct ('activity', cells, 'rate', 5);
  c = x + 1i;
  sparse_x = sparse ([1 0; 0 2]);
  variables = {'x', 'single_x', 'counts', 'truth', 't', 'names', 'labels', 'cells', 'turned', 's', 'days', 'c', 'sparse_x'};
  for option = {'-v6', '-v7', '-hdf5'}
    ending = {'.mat', '.mat', '.h5'}{strcmp (option{1}, {'-v6', '-v7', '-hdf5'})};
    save (option{1}, fullfile (directory, ['octave' option{1} ending]), variables{:});
  end
  save ('-v7', fullfile (directory, 'only.mat'), 'x', 't', 'labels');
  save ('-v6', fullfile (directory, 'nested.mat'), 's');
  save ('-v7', fullfile (directory, 'lists.mat'), 'nested', 'grid');
  save ('-hdf5', fullfile (directory, 'lists.h5'), 'nested', 'grid');
  save ('-v7', fullfile (directory, 'grid.mat'), 'grid');
  save ('-v7', fullfile (directory, 'mice.mat'), 'mice');
  save ('-text', fullfile (directory, 'text.mat'), 'x');
  save ('-v4', fullfile (directory, 'four.mat'), 't');
end
