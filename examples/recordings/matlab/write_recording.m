function x = write_recording(file, responses, times, labels, cells)
% WRITE_RECORDING  Writes the input of "meander analyse" from the responses of several sessions.
%
%   x = write_recording(file, responses, times, labels)
%   x = write_recording(file, responses, times, labels, cells)
%
% file       name of the MAT file to write, e.g. 'mouse.mat'
% responses  cell array, sessions x stimuli; responses{d, i} is trials x cells of session d, of any number of trials.
%            A cell array of sessions, each a cell array of stimuli, will do, and a structure array with these in its
%            field responses.
% times      of the sessions, rising
% labels     names or numbers of the stimuli
% cells      cells x sessions: which column of responses{d, i} each cell is, 0 or NaN where it was not found (as
%            cell_registered_struct.cell_to_index_map of CellReg). Without it every session has the same cells.
%
% x is session x trial x stimulus x neuron, NaN where a cell was not found or a trial was not shown. In a terminal:
%   npx meander analyse mouse.mat --key x --axes session,trial,stimulus,neuron --times times --labels labels --unit day
  responses = as_matrix(responses);
  [sessions, stimuli] = size(responses);
  if numel(times) ~= sessions || any(diff(times(:)) <= 0)
    error('meander:times', '%d times for %d sessions, expected one for each, rising', numel(times), sessions);
  end
  if numel(labels) ~= stimuli
    error('meander:labels', '%d labels for %d stimuli, expected one for each', numel(labels), stimuli);
  end
  counts = zeros(sessions, 1);
  trials = 0;
  for d = 1:sessions
    widths = cellfun(@(own) size(own, 2), responses(d, :));
    if any(widths ~= widths(1))
      error('meander:cells', 'session %d has stimuli of %s cells, expected the same cells for each', ...
        d, mat2str(unique(widths)));
    end
    counts(d) = widths(1);
    lengths = cellfun(@(own) size(own, 1), responses(d, :));
    if any(lengths == 0)
      error('meander:trials', 'session %d has no trial of stimulus %d: leave it out of every session', ...
        d, find(lengths == 0, 1));
    end
    trials = max(trials, max(lengths));
  end
  if nargin < 5
    if any(counts ~= counts(1))
      error('meander:cells', 'the sessions have %s cells; say by cells which cell is which in each', mat2str(counts'));
    end
    cells = repmat((1:counts(1))', 1, sessions);
  end
  if size(cells, 2) ~= sessions
    error('meander:cells', 'cells has %d columns, expected one for each of %d sessions', size(cells, 2), sessions);
  end
  x = nan(sessions, trials, stimuli, size(cells, 1));
  for d = 1:sessions
    found = cells(:, d) >= 1;
    columns = cells(found, d);
    if any(columns > counts(d))
      error('meander:cells', 'column %d of cells has the cell %d, and session %d has %d cells', ...
        d, max(columns), d, counts(d));
    end
    if numel(unique(columns)) < numel(columns)
      error('meander:cells', 'column %d of cells has a cell twice, expected each once', d);
    end
    for i = 1:stimuli
      own = responses{d, i};
      x(d, 1:size(own, 1), i, found) = reshape(own(:, columns), 1, size(own, 1), 1, []);
    end
  end
  times = double(times(:)');
  if ~iscell(labels)
    labels = arrayfun(@(label) sprintf('%g', label), labels(:)', 'UniformOutput', false);
  end
  % Version 7 ends at 2 GB.
  if numel(x) * 8 < 2^31
    save(file, '-v7', 'x', 'times', 'labels');
  else
    save(file, '-v7.3', 'x', 'times', 'labels');
  end
end

function matrix = as_matrix(responses)
  if isstruct(responses)
    if ~isfield(responses, 'responses')
      error('meander:responses', 'the structure array has no field responses; it has %s', ...
        strjoin(fieldnames(responses)', ', '));
    end
    responses = {responses.responses};
  end
  if ~iscell(responses)
    error('meander:responses', 'responses is a %s, expected a cell array of sessions x stimuli', class(responses));
  end
  if all(cellfun(@iscell, responses(:)))
    lengths = cellfun(@numel, responses(:));
    if any(lengths ~= lengths(1))
      error('meander:responses', 'the sessions have %s stimuli, expected the same in each', mat2str(lengths'));
    end
    rows = cellfun(@(own) reshape(own, 1, []), responses(:), 'UniformOutput', false);
    responses = vertcat(rows{:});
  end
  matrix = responses;
end
