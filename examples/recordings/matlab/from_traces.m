function x = from_traces(file, sessions, window, baseline, cells)
% FROM_TRACES  Writes the input of "meander analyse" from a structure array of sessions with traces and stimuli.
%
%   x = from_traces('mouse.mat', sessions, [0 2])
%   x = from_traces('mouse.mat', sessions, [0 2], [-1 0], cells)
%
% sessions   structure array, or cell array of structures, with the fields
%              time      of the session, e.g. in days, rising
%              traces    cells x frames: dF/F or deconvolved activity
%              rate      frames per second
%              onsets    seconds from the first frame, one for each presentation
%              stimuli   what was shown: numbers, or a cell array of names
% window     [from to] in seconds after an onset, over which a response is averaged
% baseline   [from to] whose mean is subtracted; [] for none
% cells      cells x sessions, as of write_recording; without it every session has the same cells
%
% Stimuli that are not shown in every session are left out.
  if nargin < 4
    baseline = [];
  end
  if isstruct(sessions)
    sessions = num2cell(sessions);
  end
  fields = {'time', 'traces', 'rate', 'onsets', 'stimuli'};
  for d = 1:numel(sessions)
    missing = fields(~isfield(sessions{d}, fields));
    if ~isempty(missing)
      error('meander:sessions', 'session %d has no field %s', d, strjoin(missing, ', '));
    end
  end
  labels = unique(sessions{1}.stimuli);
  shown = labels;
  for d = 2:numel(sessions)
    labels = intersect(labels, unique(sessions{d}.stimuli));
    shown = union(shown, unique(sessions{d}.stimuli));
  end
  if isempty(labels)
    error('meander:stimuli', 'no stimulus is shown in every session; are the names the same in each?');
  end
  if numel(shown) > numel(labels)
    warning('meander:stimuli', '%d stimuli are not shown in every session and are left out', ...
      numel(shown) - numel(labels));
  end
  responses = cell(numel(sessions), numel(labels));
  times = zeros(1, numel(sessions));
  for d = 1:numel(sessions)
    own = sessions{d};
    times(d) = own.time;
    responses(d, :) = trial_responses(own.traces, own.rate, own.onsets, own.stimuli, labels, window, baseline);
  end
  if nargin < 5
    x = write_recording(file, responses, times, labels);
  else
    x = write_recording(file, responses, times, labels, cells);
  end
end
