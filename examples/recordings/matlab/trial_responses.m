function responses = trial_responses(traces, rate, onsets, stimuli, labels, window, baseline)
% TRIAL_RESPONSES  Responses to each presentation of each stimulus in one session.
%
%   responses = trial_responses(traces, rate, onsets, stimuli, labels, window)
%   responses = trial_responses(traces, rate, onsets, stimuli, labels, window, baseline)
%
% traces     cells x frames
% rate       frames per second; frame k (from 1 on) is at (k - 1)/rate seconds
% onsets     seconds, one for each presentation
% stimuli    which stimulus each presentation showed: numbers, or a cell array of names
% labels     the stimuli, in the order that is wanted: numbers, or a cell array of names
% window     [from to] in seconds after the onset, over which a response is averaged
% baseline   [from to] whose mean is subtracted; leave it out for none
%
% responses{i} is trials x cells, for stimulus labels(i). Presentations that reach beyond the recording are left out.
  if nargin < 7
    baseline = [];
  end
  if numel(onsets) ~= numel(stimuli)
    error('meander:trials', '%d onsets and %d stimuli, expected one stimulus for each onset', ...
      numel(onsets), numel(stimuli));
  end
  if ~(isscalar(rate) && rate > 0)
    error('meander:rate', 'the rate must be one number of frames per second above 0');
  end
  frames = size(traces, 2);
  responses = cell(1, numel(labels));
  for i = 1:numel(labels)
    if iscell(labels)
      shown = find(strcmp(stimuli, labels{i}));
    else
      shown = find(stimuli == labels(i));
    end
    own = nan(numel(shown), size(traces, 1));
    complete = true(1, numel(shown));
    for k = 1:numel(shown)
      inside = frames_between(onsets(shown(k)), window, rate, 'window');
      before = [];
      if ~isempty(baseline)
        before = frames_between(onsets(shown(k)), baseline, rate, 'baseline');
      end
      used = [inside before];
      if min(used) < 1 || max(used) > frames
        complete(k) = false;
        continue
      end
      own(k, :) = mean(traces(:, inside), 2)';
      if ~isempty(before)
        own(k, :) = own(k, :) - mean(traces(:, before), 2)';
      end
    end
    responses{i} = own(complete, :);
  end
end

function frames = frames_between(onset, window, rate, name)
  frames = (ceil((onset + window(1)) * rate - 1e-6) + 1):ceil((onset + window(2)) * rate - 1e-6);
  if isempty(frames)
    error('meander:window', 'the %s of %g to %g s holds no frame at %g frames per second', ...
      name, window(1), window(2), rate);
  end
end
