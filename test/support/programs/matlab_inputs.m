% Plain MATLAB structures of a recording that is known, turned into the input of meander analyse by the functions of
% examples/recordings/matlab. Called with their directory and the one to write to; prints what they say to bad input.
function matlab_inputs (functions, directory)
  addpath (functions);
  rand ('seed', 1); randn ('seed', 1);
  times = [0 1 2.5 4];
  trials = [5 6 4 6];
  [stimuli, cells, rate] = deal (3, 20, 10);
  code = 1 + randn (stimuli, cells);
  known = nan (4, 6, stimuli, cells);
  map = zeros (cells, 4);
  responses = cell (4, stimuli);
  sessions = struct ('time', num2cell (times));
  for d = 1:4
    code = code + 0.3 * randn (stimuli, cells);
    % Cell d was not found in session d; the others are in an order of their own.
    found = setdiff (1:cells, d);
    order = found(randperm (cells - 1));
    map(order, d) = 1:cells - 1;
    for i = 1:stimuli
      own = repmat (code(i, :), trials(d), 1) + 0.5 * randn (trials(d), cells);
      known(d, 1:trials(d), i, found) = reshape (own(:, found), 1, trials(d), 1, []);
      responses{d, i} = own(:, order);
    end
    shown = repmat (1:stimuli, 1, trials(d));
    onsets = 2 + 4 * (0:numel (shown) - 1);
    traces = 7 * ones (cells - 1, rate * (onsets(end) + 4));
    for k = 1:numel (shown)
      trial = responses{d, shown(k)}(ceil (k / stimuli), :)';
      window = rate * onsets(k) + (1:rate);
      traces(:, window) = traces(:, window) + repmat (trial, 1, rate);
    end
    names = {'a', 'b', 'c', 'once'};
    sessions(d).traces = traces;
    sessions(d).rate = rate;
    % The last presentation is cut off by the end of the session.
    sessions(d).onsets = [onsets, size(traces, 2) / rate - 0.5];
    sessions(d).stimuli = names([shown 1]);
    sessions(d).note = 'a mouse';
  end
  at = @(name) fullfile (directory, name);
  save ('-v7', at ('known.mat'), 'known');
  write_recording (at ('matrix.mat'), responses, times, {'a', 'b', 'c'}, map);
  nested = arrayfun (@(d) responses(d, :), 1:4, 'UniformOutput', false);
  write_recording (at ('nested.mat'), nested, times, 1:3, map);
  write_recording (at ('structs.mat'), struct ('responses', nested), times, 1:3, map);
  from_traces (at ('traces.mat'), sessions, [0 1], [-1 0], map);
  lost = map;
  lost(lost == 0) = NaN;
  from_traces (at ('cells.mat'), num2cell (sessions), [0 1], [-1 0], lost);

  incomplete = rmfield (sessions, {'rate', 'onsets'});
  complain (@() from_traces (at ('no.mat'), incomplete, [0 1]));
  complain (@() from_traces (at ('no.mat'), sessions, [0 0.01] + 0.01));
  complain (@() from_traces (at ('no.mat'), sessions, [0 1], [], map(:, 1:2)));
  complain (@() write_recording (at ('no.mat'), responses, times([1 3 2 4]), 1:3));
  complain (@() write_recording (at ('no.mat'), responses, times, 1:2));
  complain (@() write_recording (at ('no.mat'), responses, times, 1:3, map + 1));
  complain (@() write_recording (at ('no.mat'), responses, times, 1:3, ones (2, 4)));
  complain (@() write_recording (at ('no.mat'), sessions, times, 1:3));
  complain (@() write_recording (at ('no.mat'), known, times, 1:3));
  responses{2, 3} = zeros (0, cells - 1);
  complain (@() write_recording (at ('no.mat'), responses, times, 1:3, map));
end

function complain (of)
  try
    of ();
    disp ('nothing');
  catch problem
    disp (problem.message);
  end
end
